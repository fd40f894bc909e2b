/** Which mails go out now, and what follows when one does not? */

import {composeLetter, type ComposedLetter} from './letter.js';
import {readMailAddress} from './mail-address.js';
import type {Mailer} from './mailer.js';
import type {ClaimedMail, MailStore} from './mail-store.js';
import type {LogEntry} from '../options.js';
import type {PassStore} from '../passes/pass-store.js';
import type {Passes} from '../passes/passes.js';
import {freshToken, tokenHash, type Secrets} from '../secrets.js';
import {speak} from './words/index.js';

const minute = 60_000;

/** How long a copy may work on mails before others take them to be its heirs. Longer than a mail takes. */
const lease = 2 * minute;

/** How many mails go out side by side. */
const sideBySide = 5;

/** How long nothing is tried after the mail server was found to be down. */
const pause = 30_000;

/** How long a link to get in again works. */
export const linkLasts: number = 30 * minute;

/** Ms before the next try, by how many there were. */
export function waitAfter(tries: number): number {
  const waits = [1, 5, 15, 60, 240, 720];
  return (waits[Math.min(tries, waits.length) - 1] ?? 1) * minute;
}

/** What a mail needs, as it is sealed into its row. */
export interface MailContent {
  readonly address: string;
  readonly locale: string;
  readonly page: string;
  /** Of the reminder. */
  readonly token?: string;
  readonly date?: number;
  readonly minutesEast?: number;
}

/** What mails are sent with. */
export interface OutboxParts {
  readonly site: string;
  readonly basePath: string;
  /** The publication's name. */
  readonly name: string;
  readonly store: MailStore;
  readonly mailer: Mailer;
  readonly secrets: Secrets;
  /** Where passes are in use. */
  readonly passes: {readonly office: Passes; readonly store: PassStore} | undefined;
  readonly log: (entry: LogEntry) => void;
  readonly now: () => number;
}

/** Makes the worker: each call sends what is due and answers how many mails went out. */
export function openOutbox(parts: OutboxParts): () => Promise<number> {
  const {site, basePath, name, store, mailer, secrets, passes, log, now} = parts;
  const home = `${site}${basePath}`;
  let pausedUntil = 0;

  /** What a mail says; `undefined` when there is nobody it should go to. */
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
    // Whoever gave before the secrets were rolled is known by a hash of that time.
    const key = readMailAddress(content.address)?.key;
    const names = key === undefined ? [] : await secrets.hashes('address', key);
    const support = await passes?.office.of([mail.address_hash, ...names]);
    if (kind === 'remind') {
      // Who gives meanwhile is not asked again.
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
    // From here to `sent()` nobody can know whether it went out: see docs/reminders.md.
    if (!(await store.begin(id, claim, now()))) return 0;
    const result = await mailer(content.address, letter, id);
    if (result.ended === 'sent') {
      await store.sent(id, now());
      return 1;
    }
    const {ended, problem, isDown} = result;
    if (isDown) pausedUntil = now() + pause;
    if (ended === 'never') return await giveUp('failed', problem);
    // The reader was promised one reminder. Of the other mails a second one does no harm.
    if (ended === 'unsure' && kind === 'remind') return await giveUp('unsure', problem);
    tell(problem);
    await store.retry(id, problem, now() + waitAfter(tries));
    return 0;
  }

  /** One mail that cannot be worked on must not keep the others from it. */
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
      sent += all.reduce((sum, one) => sum + one, 0);
    }
    return sent;
  }

  // One turn at a time. Whoever asks while one is under way is served by the one that follows it.
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
