/** Sends the mails that are due, and decides what follows when one cannot be sent. */

import {composeLetter, type ComposedLetter} from './email-template.js';
import {readMailAddress} from './mail-address.js';
import type {Mailer} from './mailer.js';
import type {ClaimedMail, MailStore} from './mail-store.js';
import type {LogEntry} from '../http/settings.js';
import {freshToken, tokenHash, type Secrets} from '../database/secrets.js';
import {speak} from './translations/index.js';

const minute = 60_000;

/** How long a claim lasts before other processes may take over. Longer than sending a mail takes. */
const lease = 2 * minute;

/** How many mails are sent in parallel. */
const sideBySide = 5;

/** How long to wait after the mail server was found to be down. */
const pause = 30_000;

/** How long a link that restores access is valid. */
export const linkLasts: number = 30 * minute;

/** Returns the ms before the next try, by the number of tries so far. */
export function waitAfter(tries: number): number {
  const waits = [1, 5, 15, 60, 240, 720];
  return (waits[Math.min(tries, waits.length) - 1] ?? 1) * minute;
}

/** The content of a mail, which is stored encrypted in its row. */
export interface MailContent {
  readonly address: string;
  readonly locale: string;
  readonly page: string;
  /** The token of the reminder. */
  readonly token?: string;
  readonly date?: number;
  readonly minutesEast?: number;
}

/** Makes links that let a supporter in again. */
export interface RestoreLinks {
  readonly passService: {of(names: readonly string[]): Promise<{readonly id: string} | undefined>};
  readonly store: {
    addLink(link: {
      readonly tokenHash: string;
      readonly support: string;
      readonly expires: number;
    }): Promise<void>;
  };
}

/** What the outbox needs. */
export interface OutboxParts {
  readonly site: string;
  readonly basePath: string;
  /** The publication's name. */
  readonly name: string;
  readonly store: MailStore;
  readonly mailer: Mailer;
  readonly secrets: Secrets;
  /** Present where passes are enabled. */
  readonly passes: RestoreLinks | undefined;
  readonly log: (entry: LogEntry) => void;
  readonly now: () => number;
}

/** Creates the worker: each call sends the due mails and resolves with how many were sent. */
export function openOutbox(parts: OutboxParts): () => Promise<number> {
  const {site, basePath, name, store, mailer, secrets, passes, log, now} = parts;
  const home = `${site}${basePath}`;
  let pausedUntil = 0;

  /** Composes a mail; `undefined` when it should not be sent. */
  async function compose(
    mail: ClaimedMail,
    content: MailContent,
  ): Promise<ComposedLetter | undefined> {
    const {kind} = mail;
    const {locale, page, token = '', date, minutesEast} = content;
    const spoken = speak(locale);
    const filling = {
      minutes: linkLasts / minute,
      ...(date !== undefined && {date}),
      ...(minutesEast !== undefined && {minutesEast}),
    };
    const stop = `${home}/reminders/${token}`;
    if (kind === 'confirm')
      return await composeLetter({kind, spoken, site: name, link: stop, stop, filling});
    // Supporters who gave before the secrets were rotated are stored under an older hash.
    const key = readMailAddress(content.address)?.key;
    const names = key === undefined ? [] : await secrets.hashes('address', key);
    const support = await passes?.passService.of([mail.address_hash, ...names]);
    if (kind === 'remind') {
      // A reader who has given in the meantime is not reminded.
      if (support) return undefined;
      return await composeLetter({kind, spoken, site: name, link: `${site}${page}`, stop, filling});
    }
    if (!passes || !support) return undefined;
    const once = freshToken();
    const expires = now() + linkLasts;
    await passes.store.addLink({tokenHash: await tokenHash(once), support: support.id, expires});
    const link = `${home}/access/restore/${once}?lang=${spoken.language}`;
    return await composeLetter({kind, spoken, site: name, link, filling});
  }

  async function send(mail: ClaimedMail, claim: string): Promise<number> {
    const {id, kind, sealed, until, tries} = mail;
    const tell = (problem: string) => log({at: 'mail', problem, detail: {kind, mail: id}});
    const giveUp = async (state: 'unsure' | 'failed', problem: string) => {
      tell(state === 'unsure' ? 'unsure' : 'given-up');
      await store.giveUp(id, state, problem);
      return 0;
    };
    const time = now();
    if (until <= time) return await giveUp('failed', 'too-late');
    const content =
      sealed === null ? undefined : ((await secrets.open(sealed)) as MailContent | undefined);
    if (!content) return await giveUp('failed', 'unreadable');
    const letter = await compose(mail, content);
    if (!letter) {
      await store.sent(id, time);
      return 0;
    }
    // Between here and `sent()`, a crash leaves it unknown whether the mail was sent: see docs/reminders.md.
    if (!(await store.begin(id, claim, now()))) return 0;
    const result = await mailer(content.address, letter, id);
    if (result.ended === 'sent') {
      await store.sent(id, now());
      return 1;
    }
    const {ended, problem, isDown} = result;
    if (isDown) pausedUntil = now() + pause;
    if (ended === 'never') return await giveUp('failed', problem);
    // The reader was promised one reminder. A duplicate of the other mails does no harm.
    if (ended === 'unsure' && kind === 'remind') return await giveUp('unsure', problem);
    tell(problem);
    await store.retry(id, problem, now() + waitAfter(tries));
    return 0;
  }

  /** Sends one mail. An error must not stop the others. */
  async function trySend(mail: ClaimedMail, claim: string): Promise<number> {
    try {
      return await send(mail, claim);
    } catch (error) {
      log({
        at: 'mail',
        problem: 'failed',
        detail: {mail: mail.id, type: error instanceof Error ? error.name : typeof error},
      });
      return 0;
    }
  }

  async function turn(): Promise<number> {
    let sent = 0;
    const unsure = await store.settle(now());
    if (unsure) log({at: 'mail', problem: 'unsure', detail: {mails: unsure}});
    while (now() >= pausedUntil) {
      const claim = crypto.randomUUID();
      const time = now();
      const mails = await store.claim(claim, time, time + lease, sideBySide);
      if (!mails.length) break;
      const all = await Promise.all(mails.map(mail => trySend(mail, claim)));
      sent += all.reduce((sum, count) => sum + count, 0);
    }
    return sent;
  }

  // One run at a time. A call during a run is served by the run that follows it.
  let present: Promise<number> = Promise.resolve(0);
  let following: Promise<number> | undefined;
  let isIdle = true;
  return async () => {
    if (following) return await following;
    const begin = async () => {
      following = undefined;
      isIdle = false;
      try {
        return await turn();
      } finally {
        isIdle = true;
      }
    };
    if (isIdle) return await (present = begin());
    following = present.then(begin, begin);
    present = following;
    return await following;
  };
}
