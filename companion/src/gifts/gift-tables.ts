/** Declares the database tables of gifts: money in minor units, times in epoch ms, booleans as 1 and 0. */

import type {Frequency, Gift, Subscription} from 'reader-support/core';
import type {SourceColumns} from '../stripe/index.js';
import type {EventOutcome} from './gift-store.js';

/** One row for each Stripe event, so that it is processed once. Its content is not stored: it may be personal. */
export interface WebhookEventRow {
  readonly id: string;
  readonly type: string;
  /** When it happened at Stripe. */
  readonly created: number;
  /** When it was first received. */
  readonly received: number;
  /** How often processing was started. */
  readonly tries: number;
  /** `null` until processing has finished. */
  readonly outcome: EventOutcome | null;
  /** The code of the last error; `null` when there was none. */
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

/** One row for each recurring gift, in its current state. */
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

/** One row for each charge that was refunded or disputed, at least in part. */
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

declare module '../database/tables.js' {
  interface Tables extends GiftTables {}
}
