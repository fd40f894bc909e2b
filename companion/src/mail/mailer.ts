/** Sends a mail once and reports precisely how a failed try ended. */

import type {ComposedLetter} from './email-template.js';
import type {MailTransport} from './mail-transport.js';
import type {WatchedTransport} from './smtp.js';

/**
 * The result of a try. `later`: certainly not accepted, may be retried. `never`: permanently refused by
 * the server. `unsure`: handed over, but the server never confirmed it.
 */
export type Delivered =
  | {readonly ended: 'sent'}
  | {
      readonly ended: 'later' | 'never' | 'unsure';
      /** A code. The server's own message is dropped, because it may repeat addresses. */
      readonly problem: string;
      /** Whether the next mail would fail in the same way. */
      readonly isDown: boolean;
    };

/** Sends a mail once, within 45 seconds. Never rejects. */
export type Mailer = (to: string, letter: ComposedLetter, id: string) => Promise<Delivered>;

/** How long one mail may take, in ms. */
const deadline = 45_000;

/** The fields of nodemailer's errors. */
interface MailError {
  readonly code?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

function judge(error: unknown, mayHaveBeenTaken: () => boolean): Delivered {
  const {code = 'ERROR', responseCode = 0, command = ''} = Object(error) as MailError;
  const problem = responseCode ? `${code} ${responseCode}` : code;
  // The server refused this recipient or mail. A failed login is an error of the set-up instead.
  if (responseCode >= 500 && /^(RCPT|DATA)/.test(command))
    return {ended: 'never', problem, isDown: false};
  if (responseCode) return {ended: 'later', problem, isDown: !/^(RCPT|DATA)/.test(command)};
  return {ended: mayHaveBeenTaken() ? 'unsure' : 'later', problem, isDown: true};
}

/**
 * Opens a mailer for an `smtp:` or `smtps:` URL, or for the site's own transport. Each step of an SMTP
 * conversation may take `timeoutMs` ms.
 */
export function openMailer(
  from: string,
  transport: string | MailTransport,
  host: string,
  timeoutMs = 10_000,
): Mailer {
  let opened: Promise<WatchedTransport> | undefined;
  const open = async (url: string) => {
    // Sites with another transport need not install nodemailer.
    opened ??= import('./smtp.js').then(({openSmtp}) => openSmtp(url, timeoutMs));
    return await opened;
  };

  return async (to, letter, id) => {
    const messageId = `<${id}@${host}>`;
    let mayHaveBeenTaken = () => false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<never>((_, reject) => {
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
      await Promise.race([send(), timeout]);
      return {ended: 'sent'};
    } catch (error) {
      return judge(error, mayHaveBeenTaken);
    } finally {
      clearTimeout(timer);
    }
  };
}
