/** What did a reader give, when did it end, and what was given back? Facts a companion keeps; no names, no addresses. */

import type {Frequency} from './offer.js';
import type {Money} from './money.js';

/** Where a gift came from, as read back from the provider's metadata. */
export interface GiftSource {
  readonly offer?: string;
  readonly campaign?: string;
  readonly experiment?: string;
  readonly arm?: string;
  readonly exposure?: string;
  /** `holdback@500:control`: what asking itself earns is known from gifts of readers who were asked, and of those who were not. */
  readonly holdback?: string;
  readonly holdbackExposure?: string;
  readonly placement?: string;
  readonly page?: string;
  readonly attempt?: string;
}

/** One payment. A recurring gift has one for its start and one for each renewal. */
export interface Gift {
  readonly kind: 'gift';
  /** The invoice of a recurring payment, the payment of a single one. */
  readonly id: string;
  /** Says which of two reports of the same fact is the better one: the higher. */
  readonly rank: number;
  readonly state: 'pending' | 'failed' | 'paid';
  readonly frequency: Frequency;
  readonly amount: Money;
  readonly source: GiftSource;
  readonly subscription?: string;
  readonly customer?: string;
  /** Whether it is a renewal rather than a start. */
  readonly renewal: boolean;
  /** Epoch ms. */
  readonly at: number;
}

/** A recurring gift, as it stands. */
export interface Subscription {
  readonly kind: 'subscription';
  readonly id: string;
  /** Counts the looks at it; the look that finds it ended has `endedRank`, which nothing outdoes. */
  readonly rank: number;
  /**
   * `pending`: never paid yet. `past-due`: a renewal could not be paid, and may still be. `ended` is
   * final: nothing that arrives late brings it back.
   */
  readonly state: 'pending' | 'active' | 'past-due' | 'paused' | 'ended';
  readonly frequency: Frequency;
  /** What each period costs. */
  readonly amount: Money;
  readonly source: GiftSource;
  readonly customer?: string;
  /** The end of the present period. Epoch ms. */
  readonly paidUntil: number;
  /** When it will end, if the reader has cancelled it. Epoch ms. */
  readonly endsAt?: number;
  /** When it ended. Epoch ms. */
  readonly endedAt?: number;
  /** When it began. Epoch ms. */
  readonly at: number;
}

/** The rank of a subscription that has ended. */
export const endedRank: number = Number.MAX_SAFE_INTEGER;

/** What was given back of one payment, in all, and whether the payer disputes it. */
export interface GiftRefund {
  readonly kind: 'refund';
  /** The charge. */
  readonly id: string;
  /** Counts the looks at it. */
  readonly rank: number;
  /** The gift it belongs to. */
  readonly gift: string;
  /** The sum given back so far. A refund that fails takes its part away again. */
  readonly amount: Money;
  /** A dispute that is `lost` took the whole gift, whatever `amount` says. */
  readonly dispute?: 'open' | 'won' | 'lost';
  /** When it was first heard of. Epoch ms. */
  readonly at: number;
}

export type GiftFact = Gift | Subscription | GiftRefund;
