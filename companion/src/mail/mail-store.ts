/** Declares the mail store: what is kept of reminders and queued mail, and what an implementation must guarantee. */

import type {MailKind, MailRow, ReminderRow} from './mail-tables.js';

/** A mail to send. */
export interface NewMail {
  readonly id: string;
  readonly kind: MailKind;
  readonly sealed: string;
  readonly addressHash: string;
  /** The hash of the mailbox, under which requests are counted. Default: `addressHash`. */
  readonly mailboxHash?: string;
  readonly reminder?: string;
  /** Epoch ms: when to send it, and when to stop trying. */
  readonly due: number;
  readonly until: number;
}

/** A mail that a worker has claimed. */
export type ClaimedMail = Pick<
  MailRow,
  'id' | 'kind' | 'sealed' | 'address_hash' | 'reminder' | 'due' | 'until' | 'tries'
>;

/** A reminder that was requested but not confirmed yet. */
export interface NewReminder {
  readonly id: string;
  readonly tokenHash: string;
  readonly sealed: string;
  readonly locale: string;
  readonly page: string;
  readonly choice: string;
  readonly due: number;
  readonly minutesEast: number;
  /** The hashes of the address under each secret, because a refusal may be older than the current one. */
  readonly names: readonly string[];
}

/** How often mail may go to one address: `gap` ms apart, and `max` in any window of `windowMs`. */
export interface MailLimit {
  readonly gap: number;
  readonly max: number;
  readonly windowMs: number;
}

/**
 * The companion's store of mail. Every method may reject. Several processes share it, so everything
 * that must happen once is decided here, in one statement.
 */
export interface MailStore {
  /**
   * Queues a mail (with the reminder it asks to confirm), unless its address has had too many mails or,
   * for reminders, has refused them. Takes the same time and writes as much either way.
   */
  ask(mail: NewMail, limit: MailLimit, now: number, reminder?: NewReminder): Promise<boolean>;

  /** Finds the reminder with this token. */
  reminder(tokenHash: string): Promise<ReminderRow | undefined>;

  /**
   * Confirms a reminder: queues its mail, once, and drops other reminders of the same address, given as
   * its hashes (`names`).
   */
  confirm(reminder: string, mail: NewMail, names: readonly string[], now: number): Promise<boolean>;

  /** Ends a reminder and blocks further reminders to the address. Idempotent. */
  stop(reminder: string, now: number): Promise<void>;

  /** Deletes everything stored about an address, except its hash in the list of refusals. */
  erase(addressHashes: readonly string[], now: number): Promise<number>;

  /** Claims due mails: no other worker may take them before `lease` (epoch ms). */
  claim(claim: string, now: number, lease: number, most: number): Promise<ClaimedMail[]>;

  /** Records that a mail is being handed over. `false`: the claim was lost, or the mail was withdrawn. */
  begin(mail: string, claim: string, now: number): Promise<boolean>;

  /** Records that the mail server accepted the mail. */
  sent(mail: string, now: number): Promise<void>;

  /** Records that the mail was not sent, and schedules the next try. */
  retry(mail: string, problem: string, due: number): Promise<void>;

  /** Ends the tries and deletes the address. */
  giveUp(mail: string, state: 'unsure' | 'failed', problem: string): Promise<void>;

  /**
   * Resolves mails whose worker died while handing them over. Reminders become `unsure`, since the reader
   * was promised exactly one; others are retried. Resolves with how many became unsure.
   */
  settle(now: number): Promise<number>;
}
