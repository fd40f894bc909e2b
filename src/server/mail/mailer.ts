/** How does a mail leave, and what is known when it does not? */

import type {ComposedLetter} from './letter.js';
import type {WatchedTransport} from './smtp.js';

/** A mail as a transport sends it: the shape of nodemailer's. */
export interface OutgoingMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The same for every try, so that a mailbox may know two copies for one. */
  readonly messageId: string;
}

/**
 * Something that sends mail: a nodemailer transporter fits, and so does a function around a
 * provider's HTTP interface. It rejects when it did not send.
 */
export interface MailTransport {
  sendMail(mail: OutgoingMail): Promise<unknown>;
}

/**
 * How a try ended. `later`: it was certainly not taken and may be tried again. `never`: the server
 * does not take it, however often. `unsure`: it was handed over and then nothing more was heard.
 */
export type Delivered =
  | {readonly ended: 'sent'}
  | {
      readonly ended: 'later' | 'never' | 'unsure';
      /** A code. What the server said stays here: it repeats addresses. */
      readonly problem: string;
      /** Whether the next mail would fare no better. */
      readonly isDown: boolean;
    };

/** Sends a mail once. Never rejects, and takes 45 seconds at most. */
export type Mailer = (to: string, letter: ComposedLetter, id: string) => Promise<Delivered>;

/** Ms for one mail. */
const deadline = 45_000;

/** What an error of nodemailer's says. */
interface MailError {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

function judge(error: unknown, mayHaveBeenTaken: () => boolean): Delivered {
  const {code = 'ERROR', responseCode = 0, command = ''} = Object(error) as MailError;
  const problem = responseCode ? `${code} ${responseCode}` : code;
  // A no to this address or this mail. A no to us, by name or password, is a matter of the set-up.
  if (responseCode >= 500 && /^(RCPT|DATA)/.test(command))
    return {ended: 'never', problem, isDown: false};
  if (responseCode) return {ended: 'later', problem, isDown: !/^(RCPT|DATA)/.test(command)};
  return {ended: mayHaveBeenTaken() ? 'unsure' : 'later', problem, isDown: true};
}

/**
 * Opens a way to send: an `smtp:` or `smtps:` URL, or a transport of the site's own. Each step of the
 * conversation with a mail server may take `patience` ms.
 */
export function openMailer(
  from: string,
  transport: string | MailTransport,
  host: string,
  patience = 10_000,
): Mailer {
  let opened: Promise<WatchedTransport> | undefined;
  const open = async (url: string) => {
    // Where mail leaves in another way, nodemailer need not be there.
    opened ??= import('./smtp.js').then(({openSmtp}) => openSmtp(url, patience));
    return await opened;
  };

  return async (to, letter, id) => {
    const messageId = `<${id}@${host}>`;
    let mayHaveBeenTaken = () => false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('late')), deadline);
    });
    const send = async () => {
      if (typeof transport === 'string') {
        const watched = await open(transport);
        mayHaveBeenTaken = () => watched.handedOver(messageId);
        await watched.sendMail({...letter, from, to, messageId});
      } else {
        mayHaveBeenTaken = () => true;
        await transport.sendMail({...letter, from, to, messageId});
      }
    };
    try {
      await Promise.race([send(), late]);
      return {ended: 'sent'};
    } catch (error) {
      return judge(error, mayHaveBeenTaken);
    } finally {
      clearTimeout(timer);
    }
  };
}
