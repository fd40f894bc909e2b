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

/** The end of a recurring gift. Final: nothing that arrives late brings it back. */
export interface GiftEnd {
  readonly kind: 'end';
  /** The subscription. */
  readonly id: string;
  readonly rank: number;
  /** Epoch ms. */
  readonly at: number;
}

/** What was given back of one payment, in all. */
export interface GiftRefund {
  readonly kind: 'refund';
  /** The charge. */
  readonly id: string;
  /** The sum given back so far: it only ever grows. */
  readonly rank: number;
  /** The gift it belongs to. */
  readonly gift: string;
  readonly amount: Money;
  /** Epoch ms. */
  readonly at: number;
}

export type GiftFact = Gift | GiftEnd | GiftRefund;
