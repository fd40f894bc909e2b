/** What does a database keep of passes? No address: only what an address hashes to. */

/** One row for each gift that lets somebody in. */
export interface SupportRow {
  /** What a pass names. Random. */
  readonly id: string;
  /** The subscription of a recurring gift, the payment of a single one. */
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
