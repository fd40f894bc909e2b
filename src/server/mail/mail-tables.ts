/** What does a database keep of reminders and of mail on its way? Addresses only sealed, and only until they are not needed. */

/** What a mail is for. */
export type MailKind = 'confirm' | 'remind' | 'restore';

/** One row for each mail that has not been sent. */
export interface MailRow {
  readonly id: string;
  readonly kind: MailKind;
  /** What the mail needs, its address included, sealed; `null` once it will not be tried again. */
  readonly sealed: string | null;
  readonly address_hash: string;
  /** The reminder it belongs to. */
  readonly reminder: string | null;
  /** When it goes out, or is tried again. */
  readonly due: number;
  /** When trying ends. */
  readonly until: number;
  readonly tries: number;
  /**
   * `claimed`: a copy of the companion works on it. `sending`: it has been handed to the mail server,
   * or is about to be. `unsure`: nobody knows whether the server took it. `failed`: given up.
   */
  readonly state: 'waiting' | 'claimed' | 'sending' | 'unsure' | 'failed';
  /** Which work claimed it, and until when nobody else may. */
  readonly claim: string | null;
  readonly lease: number;
  /** Our word for what went wrong last. */
  readonly problem: string | null;
  readonly at: number;
}

/** One row for each reminder that was asked for. */
export interface ReminderRow {
  readonly id: string;
  readonly token_hash: string;
  readonly address_hash: string;
  /** The address, sealed; `null` once it is in a mail, or no longer needed. */
  readonly sealed: string | null;
  readonly locale: string;
  /** The path of the page it was asked for on. */
  readonly page: string;
  readonly choice: string;
  readonly due: number;
  /** How far the reader's clock is ahead of UTC, so that the day is theirs. */
  readonly minutes_east: number;
  readonly state: 'asked' | 'confirmed' | 'sent' | 'stopped';
  readonly asked_at: number;
  /** When the reader of the address agreed: the proof of consent. */
  readonly confirmed_at: number | null;
  readonly ended_at: number | null;
}

/** How often one address was written to, per kind of mail. */
export interface MailQuotaRow {
  readonly key: string;
  /** How often it was asked for. */
  readonly tries: number;
  /** Whose request was granted last. */
  readonly granted: string;
  readonly last_at: number;
  /** When the present window began, and how many were granted in it. */
  readonly since: number;
  readonly times: number;
}

/** Addresses that want no reminders, hashed. Kept for good. */
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
