/** Declares a table's upkeep: its retention, and the export and erasure of a person's rows. */

/** The person whom a request for export or erasure concerns. */
export interface Person {
  /** Their address as they wrote it. Each table normalizes it as it stores addresses. */
  readonly address: string;
  /** The hashes of the address, for tables that store hashes; empty without secrets. */
  readonly names: readonly string[];
  /** Their customer ids at Stripe, as far as known. */
  readonly customers: readonly string[];
}

/** The upkeep of one table. Each part of a store contributes its own to `Store.upkeep`. */
export interface RetentionPolicy {
  readonly table: string;
  /** How long a row is kept, as text for people: `35 days after the event`. */
  readonly retention: string;
  /** Deletes expired rows and resolves with how many. Idempotent and safe in concurrent processes. */
  deleteExpired(now: number): Promise<number>;
  /** Resolves with everything the table contains about a person. */
  export?(person: Person): Promise<readonly object[]>;
  /** Erases a person and resolves with how many rows were deleted or changed. Idempotent. */
  erase?(person: Person): Promise<number>;
}
