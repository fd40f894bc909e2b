/** A real mail server for tests, with everything it took, parsed; and with all the ways it can go wrong. */

import type {AddressInfo} from 'node:net';
import {simpleParser, type ParsedMail} from 'mailparser';
import {SMTPServer} from 'smtp-server';

/** How the next mails are met. */
export type Mood =
  /** Takes it. */
  | 'well'
  /** Has no such mailbox. */
  | 'refuse'
  /** Asks to come again. */
  | 'busy'
  /** Takes the text and never answers. */
  | 'swallow'
  /** Takes the text and hangs up. */
  | 'hang-up'
  /** Hangs up at the greeting. */
  | 'closed';

export interface Mailbox {
  /** For `mail.transport`. */
  readonly url: string;
  /** Whatever was taken, in order. */
  readonly mails: readonly ParsedMail[];
  mood: Mood;
  /** The first link in the text of the last mail to an address. */
  link(address: string): string;
  stop(): Promise<void>;
}

/** An error as the server answers it. */
const no = (responseCode: number) => Object.assign(new Error('no'), {responseCode});

/** Starts a mail server on a free port, or on one where it was before. */
export async function aMailbox(port = 0): Promise<Mailbox> {
  const mails: ParsedMail[] = [];
  const box: Pick<Mailbox, 'mood'> = {mood: 'well'};
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    closeTimeout: 10,
    onConnect(_session, done) {
      done(box.mood === 'closed' ? no(421) : null);
    },
    onRcptTo(_address, _session, done) {
      done(box.mood === 'refuse' ? no(550) : box.mood === 'busy' ? no(451) : null);
    },
    onData(stream, session, done) {
      void (async () => {
        const mail = await simpleParser(stream);
        const {mood} = box;
        if (mood === 'well' || mood === 'hang-up') mails.push(mail);
        if (mood === 'hang-up') {
          for (const connection of server.connections)
            if (connection.session.id === session.id) connection.close();
          return;
        }
        if (mood !== 'swallow') done(null);
      })();
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  server.on('error', () => undefined);
  const taken = (server.server.address() as AddressInfo).port;
  return Object.assign(box, {
    url: `smtp://127.0.0.1:${taken}`,
    mails,
    link(address: string) {
      const mail = mails.findLast(one => toOf(one) === address);
      return /https?:\/\/\S+/.exec(mail?.text ?? '')?.[0] ?? '';
    },
    stop: () =>
      new Promise<void>(resolve => {
        server.close(() => resolve());
      }),
  });
}

/** Whom a mail is for. */
export function toOf({to}: ParsedMail): string | undefined {
  return (Array.isArray(to) ? to[0] : to)?.text;
}
