/** What does a table owe to the people in it? A length of time, and an answer to each of them. */

/** Whom a request for export or erasure is about. */
export interface Person {
  /** Their address as they wrote it. Whoever stores one knows how it is spelled there. */
  readonly address: string;
  /** What the address is called in tables that keep a hash of it; none where there is no secret. */
  readonly names: readonly string[];
  /** Their ids at Stripe, as far as somebody looked them up. */
  readonly customers: readonly string[];
}

/** The upkeep of one table. Each part of a store contributes its own to `Store.upkeep`. */
export interface Upkeep {
  readonly table: string;
  /** How long a row is kept, in words, for people to read: `35 days after the event`. */
  readonly kept: string;
  /** Deletes what has been kept for long enough; answers how many rows. Idempotent, in any number of copies. */
  sweep(now: number): Promise<number>;
  /** Everything the table holds about a person. */
  export?(person: Person): Promise<readonly object[]>;
  /** Forgets a person; answers how many rows were deleted or changed. Idempotent. */
  erase?(person: Person): Promise<number>;
}
