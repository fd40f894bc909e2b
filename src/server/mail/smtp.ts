/** How is a mail handed to an SMTP server? With nodemailer, watched. */

import type {Transporter} from 'nodemailer';
import type {MailTransport} from './mailer.js';

/** A transport that knows how far the last try of a mail came. */
export interface WatchedTransport extends MailTransport {
  /** Whether the text of the mail has been handed over since the try began. */
  handedOver(messageId: string): boolean;
  close(): void;
}

/** Opens an `smtp:` or `smtps:` URL. Every step of the conversation may take `patience` ms. */
export function openSmtp(url: string, patience: number): WatchedTransport {
  const begun = new Set<string>();
  let opened: Promise<Transporter> | undefined;

  // Imported when it is needed: a runtime at the edge has no sockets, and mails go by HTTP there.
  async function open(): Promise<Transporter> {
    const {createTransport} = await import('nodemailer');
    const transporter = createTransport({
      url,
      connectionTimeout: patience,
      greetingTimeout: patience,
      socketTimeout: patience,
      dnsTimeout: patience,
      // Whatever a mail says, nothing is read from our disk or fetched for it.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    // A server can only have taken a mail whose text began to flow, and it flows when it is asked for.
    transporter.use('stream', ({message}, done) => {
      const id = message.messageId();
      const create = message.createReadStream.bind(message);
      message.createReadStream = options => {
        const stream = create(options);
        const pipe = stream.pipe.bind(stream);
        stream.pipe = (to, how) => {
          begun.add(id);
          return pipe(to, how);
        };
        return stream;
      };
      done();
    });
    return transporter;
  }

  return {
    async sendMail(mail) {
      begun.delete(mail.messageId);
      const transporter = await (opened ??= open());
      await transporter.sendMail({...mail, headers: {...mail.headers}});
    },
    handedOver: id => begun.delete(id),
    close: () =>
      void opened?.then(
        transporter => transporter.close(),
        () => undefined,
      ),
  };
}
