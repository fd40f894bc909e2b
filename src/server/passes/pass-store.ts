/** What must be remembered so that supporters are let in, and what must whoever remembers it promise? */

import type {Gift, Subscription} from '../../core/money/gift.js';

/** A gift that lets somebody in. */
export interface Support {
  /** What a pass names. */
  readonly id: string;
  /** The subscription of a recurring gift, the payment of a single one. */
  readonly ref: string;
  readonly customer?: string;
  readonly addressHash?: string;
  /** When it was first heard of. Epoch ms. */
  readonly at: number;
}

/** What the gifts say about a support. */
export interface SupportFacts {
  /** The recurring gift, as it stands. */
  readonly subscription: Subscription | undefined;
  /** Its last payment that went through, or the single gift. */
  readonly gift: Pick<Gift, 'state' | 'amount' | 'at' | 'frequency'> | undefined;
  /** What was given back of that payment, in minor units. */
  readonly refunded: number;
  /** Whether a dispute took it all. */
  readonly lost: boolean;
}

/** The companion's memory of passes. Every method may reject. */
export interface PassStore {
  /** Keeps a support, unless it is known already; what was not known of it is added. Answers its id. */
  add(support: Omit<Support, 'id'>): Promise<string>;
  find(id: string): Promise<Support | undefined>;
  /** Whatever somebody with this address gives. */
  of(addressHashes: readonly string[]): Promise<readonly Support[]>;
  facts(ref: string): Promise<SupportFacts>;

  /** Notes that the pass of a checkout was fetched: when it was first. */
  claim(session: string, now: number): Promise<number>;

  /** Keeps a link, by the hash of its token. */
  addLink(link: {
    readonly tokenHash: string;
    readonly support: string;
    readonly expires: number;
  }): Promise<void>;
  /** Uses a link up and answers whose it was. Of any number of tries one succeeds. */
  useLink(tokenHash: string, now: number): Promise<string | undefined>;
}
