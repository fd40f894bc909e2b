/** What must be remembered of reminders and of mail on its way, and what must whoever remembers it promise? */

import type {MailKind, MailRow, ReminderRow} from './mail-tables.js';

/** A mail that shall go out. */
export interface NewMail {
  readonly id: string;
  readonly kind: MailKind;
  readonly sealed: string;
  readonly addressHash: string;
  readonly reminder?: string;
  /** Epoch ms: when it goes out, and when trying ends. */
  readonly due: number;
  readonly until: number;
}

/** A mail that has been claimed. */
export type ClaimedMail = Pick<
  MailRow,
  'id' | 'kind' | 'sealed' | 'address_hash' | 'reminder' | 'due' | 'until' | 'tries'
>;

/** A reminder that is asked for and not agreed to yet. */
export interface NewReminder {
  readonly id: string;
  readonly tokenHash: string;
  readonly sealed: string;
  readonly locale: string;
  readonly page: string;
  readonly choice: string;
  readonly due: number;
  readonly minutesEast: number;
  /** What the address hashes to under each secret, as a no may be older than the present one. */
  readonly names: readonly string[];
}

/** How often one address may be written to: `gap` ms apart, and `most` in any window of `within` ms. */
export interface MailLimit {
  readonly gap: number;
  readonly most: number;
  readonly within: number;
}

/**
 * The companion's memory of mail. Every method may reject. Copies of the companion share it, so
 * whatever must happen once is decided here, in one statement.
 */
export interface MailStore {
  /**
   * Keeps a mail (with the reminder it asks to confirm), unless its address has been written to too
   * often or, for reminders, wants none. Takes the same time and writes as much either way.
   */
  ask(mail: NewMail, limit: MailLimit, now: number, reminder?: NewReminder): Promise<boolean>;

  /** The reminder with this token. */
  reminder(tokenHash: string): Promise<ReminderRow | undefined>;

  /**
   * The reader of the address agrees: keeps the reminder's mail, once, and drops the reminders that
   * are kept under any of its names.
   */
  confirm(reminder: string, mail: NewMail, names: readonly string[], now: number): Promise<boolean>;

  /** Ends a reminder and keeps the address from being reminded ever again. May be repeated. */
  stop(reminder: string, now: number): Promise<void>;

  /** Takes away everything kept of an address, but for its hash among those that want no reminders. */
  erase(addressHashes: readonly string[], now: number): Promise<number>;

  /** Claims mails that are due: nobody else may work on them before `lease`, epoch ms. */
  claim(claim: string, now: number, lease: number, most: number): Promise<ClaimedMail[]>;

  /** Notes that a mail is handed over now. `false`: it is not ours any more, or was taken back. */
  begin(mail: string, claim: string, now: number): Promise<boolean>;

  /** The mail server took it. */
  sent(mail: string, now: number): Promise<void>;

  /** It was not sent; try again when due. */
  retry(mail: string, problem: string, due: number): Promise<void>;

  /** It will not be tried again: the address is forgotten. */
  giveUp(mail: string, state: 'unsure' | 'failed', problem: string): Promise<void>;

  /**
   * Looks after mails whose worker died while it handed them over. Reminders become `unsure`, since
   * the reader was promised one; the others are tried again. Answers how many became unsure.
   */
  settle(now: number): Promise<number>;
}
