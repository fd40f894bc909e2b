/** Runs a real mail server for tests, which parses what it accepts and can fail in every way. */

import type {AddressInfo} from 'node:net';
import {simpleParser, type ParsedMail} from 'mailparser';
import {SMTPServer} from 'smtp-server';

/** How the server treats the next mails. */
export type Mood =
  /** Accepts the mail. */
  | 'well'
  /** Answers that the mailbox does not exist. */
  | 'refuse'
  /** Answers that the client should retry. */
  | 'busy'
  /** Receives the text and never answers. */
  | 'swallow'
  /** Receives the text and closes the connection. */
  | 'hang-up'
  /** Closes the connection at the greeting. */
  | 'closed';

export interface Mailbox {
  /** For `mail.transport`. */
  readonly url: string;
  /** The accepted mails, in order. */
  readonly mails: readonly ParsedMail[];
  mood: Mood;
  /** The first link in the text of the last mail to an address. */
  link(address: string): string;
  stop(): Promise<void>;
}

/** Creates an error that the server answers. */
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

/** Returns the recipient of a mail. */
export function toOf({to}: ParsedMail): string | undefined {
  return (Array.isArray(to) ? to[0] : to)?.text;
}
