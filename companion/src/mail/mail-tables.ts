/** Declares the database tables of mail. Addresses are encrypted and deleted as soon as possible. */

/** The purpose of a mail. */
export type MailKind = 'confirm' | 'remind' | 'restore';

/** One row for each mail that has not been sent. */
export interface MailRow {
  readonly id: string;
  readonly kind: MailKind;
  /** The encrypted content, including the address; `null` once the mail will not be retried. */
  readonly sealed: string | null;
  readonly address_hash: string;
  /** The reminder it belongs to. */
  readonly reminder: string | null;
  /** When to send it, or to try again. */
  readonly due: number;
  /** When to stop trying. */
  readonly until: number;
  readonly tries: number;
  /**
   * `claimed`: a worker is preparing it. `sending`: it is being handed to the mail server, or was.
   * `unsure`: it is unknown whether the server accepted it. `failed`: given up.
   */
  readonly state: 'waiting' | 'claimed' | 'sending' | 'unsure' | 'failed';
  /** Which worker claimed it, and when the claim expires. */
  readonly claim: string | null;
  readonly lease: number;
  /** The code of the last error. */
  readonly problem: string | null;
  readonly at: number;
}

/** One row for each requested reminder. */
export interface ReminderRow {
  readonly id: string;
  readonly token_hash: string;
  readonly address_hash: string;
  /** The encrypted address; `null` once it is in a mail, or no longer needed. */
  readonly sealed: string | null;
  readonly locale: string;
  /** The path of the page where it was requested. */
  readonly page: string;
  readonly choice: string;
  readonly due: number;
  /** How far the reader's clock is ahead of UTC, in minutes, to find the reader's day. */
  readonly minutes_east: number;
  readonly state: 'asked' | 'confirmed' | 'sent' | 'stopped';
  readonly asked_at: number;
  /** When the owner of the address confirmed: the proof of consent. */
  readonly confirmed_at: number | null;
  readonly ended_at: number | null;
}

/** How often mail went to one address, per kind of mail. */
export interface MailQuotaRow {
  readonly key: string;
  /** How often it was requested. */
  readonly tries: number;
  /** The request that was granted last. */
  readonly granted: string;
  readonly last_at: number;
  /** When the current window began, and how many were granted in it. */
  readonly since: number;
  readonly times: number;
}

/** Hashed addresses that refused reminders. Kept indefinitely. */
export interface MailRefusalRow {
  readonly address_hash: string;
  readonly at: number;
}

/** The tables of mail. */
export interface MailTables {
  readonly mails: MailRow;
  readonly reminders: ReminderRow;
  readonly mail_quotas: MailQuotaRow;
  readonly mail_refusals: MailRefusalRow;
}

declare module '../database/tables.js' {
  interface Tables extends MailTables {}
}
