/** Sends mail over SMTP with nodemailer, and tracks whether the text of a mail was handed over. */

import type {Transporter} from 'nodemailer';
import {missingPackage} from '../database/missing-package.js';
import type {MailTransport} from './mail-transport.js';

/** A transport that knows how far the last try of a mail got. */
export interface WatchedTransport extends MailTransport {
  /** Whether the text of the mail was handed over in the last try. */
  handedOver(messageId: string): boolean;
  close(): void;
}

/** Loads the mailer, or rejects with an error that says how to install it. */
export function loadNodemailer(): Promise<typeof import('nodemailer')> {
  return import('nodemailer').catch(missingPackage('nodemailer', 'mail by SMTP'));
}

/** Opens an `smtp:` or `smtps:` URL. Every step of the conversation may take `timeoutMs` ms. */
export function openSmtp(url: string, timeoutMs: number): WatchedTransport {
  const begun = new Set<string>();
  let opened: Promise<Transporter> | undefined;

  // Imported on demand: edge runtimes have no sockets and send mail over HTTP.
  async function open(): Promise<Transporter> {
    const {createTransport} = await loadNodemailer();
    const transporter = createTransport({
      url,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
      // The content of a mail must never read local files or fetch URLs.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    // The server can only have accepted a mail whose text it began to receive, so opening it is tracked.
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
