/** Declares the facts about gifts that a companion stores, without names and addresses. */

import type {Frequency} from './offer.js';
import type {Money} from './money.js';

/** Where a gift came from, as read back from the provider's metadata. */
export interface GiftSource {
  readonly offer?: string;
  readonly campaign?: string;
  readonly experiment?: string;
  readonly arm?: string;
  readonly exposure?: string;
  /** The holdback arm, `holdback@500:control`: comparing its arms shows what asking itself brings. */
  readonly holdback?: string;
  readonly holdbackExposure?: string;
  readonly placement?: string;
  readonly page?: string;
  readonly attempt?: string;
}

/** One payment. A recurring gift has one for its start, and one for each renewal or change that is paid. */
export interface Gift {
  readonly kind: 'gift';
  /** The id of the invoice of a recurring payment, or of a single payment. */
  readonly id: string;
  /** Of two reports of the same fact the higher rank wins. */
  readonly rank: number;
  readonly state: 'pending' | 'failed' | 'paid';
  readonly frequency: Frequency;
  readonly amount: Money;
  readonly source: GiftSource;
  readonly subscription?: string;
  readonly customer?: string;
  /** Whether it is a later payment, a renewal or one for a changed plan, rather than the start. */
  readonly renewal: boolean;
  /** Epoch ms. */
  readonly at: number;
}

/** The current state of a recurring gift. */
export interface Subscription {
  readonly kind: 'subscription';
  readonly id: string;
  /** Increases with every update; an ended gift has `endedRank`, the highest. */
  readonly rank: number;
  /**
   * `pending`: not paid yet. `past-due`: a renewal failed and may still be paid. `ended` is final, even
   * if older reports arrive later.
   */
  readonly state: 'pending' | 'active' | 'past-due' | 'paused' | 'ended';
  /** How often it is paid now. */
  readonly frequency: Frequency;
  /** The amount of each period. */
  readonly amount: Money;
  readonly source: GiftSource;
  readonly customer?: string;
  /** The end of the current period. Epoch ms. */
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

/** The total refunded of one payment, and whether the payer disputes it. */
export interface GiftRefund {
  readonly kind: 'refund';
  /** The id of the charge. */
  readonly id: string;
  /** Increases with every update. */
  readonly rank: number;
  /** The id of the gift. */
  readonly gift: string;
  /** The sum refunded so far. A failed refund is subtracted again. */
  readonly amount: Money;
  /** A `lost` dispute takes the whole gift, whatever `amount` says. */
  readonly dispute?: 'open' | 'won' | 'lost';
  /** When it was first reported. Epoch ms. */
  readonly at: number;
}

export type GiftFact = Gift | Subscription | GiftRefund;
