/** Declares the store of passes: what is kept, and what an implementation must guarantee. */

import type {Gift, Subscription} from 'reader-support/core';

/** A gift that gives access. */
export interface Support {
  /** The subject of a pass. */
  readonly id: string;
  /** The id of the subscription, or of the payment of a single gift. */
  readonly ref: string;
  readonly customer?: string;
  readonly addressHash?: string;
  /** When it was first recorded. Epoch ms. */
  readonly at: number;
}

/** The facts about a support's gift. */
export interface SupportFacts {
  /** The recurring gift in its current state. */
  readonly subscription: Subscription | undefined;
  /** Its last successful payment, or the single gift. */
  readonly gift: Pick<Gift, 'state' | 'amount' | 'at' | 'frequency'> | undefined;
  /** How much of that payment was refunded, in minor units. */
  readonly refunded: number;
  /** Whether a dispute over that payment was lost. */
  readonly lost: boolean;
}

/** The companion's store of passes. Every method may reject. */
export interface PassStore {
  /** Adds a support, or completes the stored one. Resolves with its id. */
  add(support: Omit<Support, 'id'>): Promise<string>;
  find(id: string): Promise<Support | undefined>;
  /** Finds every support of an address. */
  of(addressHashes: readonly string[]): Promise<readonly Support[]>;
  facts(ref: string): Promise<SupportFacts>;

  /** Records that the pass of a checkout was fetched, and resolves with the time of the first fetch. */
  claim(session: string, now: number): Promise<number>;

  /** Stores a link under the hash of its token. */
  addLink(link: {
    readonly tokenHash: string;
    readonly support: string;
    readonly expires: number;
  }): Promise<void>;
  /** Uses a link up and resolves with its support's id. Of several concurrent calls only one succeeds. */
  useLink(tokenHash: string, now: number): Promise<string | undefined>;
}
