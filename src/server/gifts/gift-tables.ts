/** What does a database keep of gifts? Money in minor units, times in epoch ms, yes and no as 1 and 0. */

import type {Gift, Subscription} from '../../core/money/gift.js';
import type {Frequency} from '../../core/money/offer.js';
import type {EventOutcome} from '../store/store.js';

/** Where a gift came from, a column each, so that a report can group by any of them. */
export interface SourceColumns {
  readonly offer: string | null;
  readonly campaign: string | null;
  readonly experiment: string | null;
  readonly arm: string | null;
  readonly exposure: string | null;
  readonly holdback: string | null;
  readonly holdback_exposure: string | null;
  readonly placement: string | null;
  readonly page: string | null;
  readonly attempt: string | null;
}

/** One row for each event of Stripe's, so that it is worked on once. Never what it said: that may be personal. */
export interface WebhookEventRow {
  readonly id: string;
  readonly type: string;
  /** When it happened at Stripe. */
  readonly created: number;
  /** When it was first heard of. */
  readonly received: number;
  /** How often work on it was begun. */
  readonly tries: number;
  /** `null` while work on it has not ended. */
  readonly outcome: EventOutcome | null;
  /** Our word for what went wrong last; `null` when nothing did. */
  readonly problem: string | null;
}

/** One row for each payment. */
export interface GiftRow extends SourceColumns {
  readonly id: string;
  readonly rank: number;
  readonly state: Gift['state'];
  readonly frequency: Frequency;
  readonly minor: number;
  readonly currency: string;
  readonly subscription: string | null;
  readonly customer: string | null;
  readonly renewal: number;
  readonly at: number;
}

/** One row for each recurring gift, as it stands. */
export interface SubscriptionRow extends SourceColumns {
  readonly id: string;
  readonly rank: number;
  readonly state: Subscription['state'];
  readonly frequency: Frequency;
  readonly minor: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly paid_until: number;
  readonly ends_at: number | null;
  readonly ended_at: number | null;
  readonly at: number;
}

/** One row for each charge of which something was given back or disputed. */
export interface RefundRow {
  readonly id: string;
  readonly rank: number;
  readonly gift: string;
  readonly minor: number;
  readonly currency: string;
  readonly dispute: 'open' | 'won' | 'lost' | null;
  readonly at: number;
}

/** The tables of webhooks and gifts. */
export interface GiftTables {
  readonly webhook_events: WebhookEventRow;
  readonly gifts: GiftRow;
  readonly subscriptions: SubscriptionRow;
  readonly refunds: RefundRow;
}
