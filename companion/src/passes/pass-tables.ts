/** Declares the database tables of passes. They hold hashes of addresses, never addresses. */

/** One row for each gift that gives access. */
export interface SupportRow {
  /** The subject of a pass. Random. */
  readonly id: string;
  /** The id of the subscription, or of the payment of a single gift. */
  readonly ref: string;
  readonly customer: string | null;
  readonly address_hash: string | null;
  readonly at: number;
}

/** One row for each link that was mailed. */
export interface PassLinkRow {
  readonly token_hash: string;
  readonly support: string;
  readonly expires: number;
  readonly used_at: number | null;
}

/** One row for each checkout whose reader has fetched their pass. */
export interface PassClaimRow {
  readonly session: string;
  readonly at: number;
}

/** The tables of passes. */
export interface PassTables {
  readonly supports: SupportRow;
  readonly pass_links: PassLinkRow;
  readonly pass_claims: PassClaimRow;
}

declare module '../database/tables.js' {
  interface Tables extends PassTables {}
}
