/** What does an event of Stripe's say about gifts? Read with suspicion: an endpoint may speak another API version. */

import * as z from 'zod';
import type {Gift, GiftFact, GiftSource} from '../core/gift.js';
import type {Money} from '../core/money.js';
import {isCurrency} from '../core/currencies.js';
import {frequencies, type Frequency} from '../core/offer.js';

/** What every event has. */
export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  /** Epoch seconds. */
  readonly created: number;
  readonly livemode: boolean;
  /** The connected account it happened in, when it is not ours. */
  readonly account?: string | null | undefined;
  readonly data: {readonly object?: unknown};
}

const eventShape: z.ZodType<StripeEvent> = z.object({
  id: z.string().min(1).max(255),
  type: z.string().max(255),
  created: z.int(),
  livemode: z.boolean(),
  account: z.string().nullish(),
  // Whatever it is about may be missing; that it happened is still worth a note.
  data: z.object({object: z.unknown().optional()}).catch({}),
});

/** Reads what every event has; `undefined` when it is not one. */
export function readEvent(body: unknown): StripeEvent | undefined {
  return eventShape.safeParse(body).data;
}

/**
 * What an event says. `not-ours`: of a kind, or about a payment, that is not the kit's.
 * `unreadable`: it should have said something but is not shaped as we know it.
 * `refund-of`: a refund whose gift can only be found by asking Stripe which invoice the payment paid.
 */
export type Reading =
  | {readonly type: 'fact'; readonly fact: GiftFact}
  | {readonly type: 'refund-of'; readonly payment: string; readonly fact: GiftFact}
  | {readonly type: 'not-ours'}
  | {readonly type: 'unreadable'};

const money = {minor: z.int().min(0), currency: z.string()};
const metadata = z.record(z.string(), z.string()).nullish();
/** A reference: an id, or the object itself where it was expanded. */
const reference = z
  .union([z.string(), z.object({id: z.string()})])
  .nullish()
  .transform(value => (typeof value === 'object' ? value?.id : value));

const sessionShape = z.object({
  id: z.string(),
  mode: z.string(),
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  amount_total: money.minor,
  currency: money.currency,
  metadata,
  customer: reference,
  invoice: reference,
  payment_intent: reference,
  subscription: reference,
});

const invoiceShape = z.object({
  id: z.string(),
  amount_paid: money.minor,
  currency: money.currency,
  billing_reason: z.string().nullish(),
  customer: reference,
  parent: z
    .object({
      subscription_details: z.object({subscription: reference, metadata}).nullish(),
    })
    .nullable(),
});

const subscriptionShape = z.object({
  id: z.string(),
  ended_at: z.int().nullish(),
  canceled_at: z.int().nullish(),
  metadata,
});

const chargeShape = z.object({
  id: z.string(),
  amount_refunded: money.minor,
  currency: money.currency,
  payment_intent: reference,
  metadata,
});

const notOurs: Reading = {type: 'not-ours'};
const unreadable: Reading = {type: 'unreadable'};

type Metadata = Readonly<Record<string, string>> | null | undefined;

/** Whether the kit made it. A site's other payments arrive at the same endpoint. */
export function isOurs(values: Metadata): boolean {
  return values?.['rs'] === '1';
}

function moneyOf(minor: number, currency: string): Money | undefined {
  const code = currency.toUpperCase();
  return isCurrency(code) ? {minor, currency: code} : undefined;
}

function frequencyOf(values: Metadata): Frequency | undefined {
  return frequencies.find(frequency => frequency === values?.['rs_frequency']);
}

function sourceOf(values: Metadata): GiftSource {
  const names = [
    'offer',
    'campaign',
    'experiment',
    'arm',
    'exposure',
    'placement',
    'page',
    'attempt',
  ] as const;
  return Object.fromEntries(
    names.flatMap(name => {
      const value = values?.[`rs_${name}`];
      return value ? [[name, value]] : [];
    }),
  );
}

// How good a report of a gift is. The session knows more than the invoice; paid outdoes failed outdoes pending.
const ranks = {pending: 0, failed: 1, invoice: 2, session: 3} as const;

function giftOfSession(event: StripeEvent): Reading {
  const session = sessionShape.safeParse(event.data.object).data;
  if (!session) return unreadable;
  if (!isOurs(session.metadata)) return notOurs;
  const amount = moneyOf(session.amount_total, session.currency);
  const frequency = frequencyOf(session.metadata);
  const id = frequency === 'once' ? session.payment_intent : session.invoice;
  if (!amount || !frequency || !id) return unreadable;

  const failed = event.type === 'checkout.session.async_payment_failed';
  const unpaid = session.payment_status === 'unpaid';
  const state: Gift['state'] = failed ? 'failed' : unpaid ? 'pending' : 'paid';
  const fact: Gift = {
    kind: 'gift',
    id,
    rank: state === 'paid' ? ranks.session : ranks[state],
    state,
    frequency,
    amount,
    source: sourceOf(session.metadata),
    ...(session.subscription && {subscription: session.subscription}),
    ...(session.customer && {customer: session.customer}),
    renewal: false,
    at: event.created * 1000,
  };
  return {type: 'fact', fact};
}

function giftOfInvoice(event: StripeEvent): Reading {
  const invoice = invoiceShape.safeParse(event.data.object).data;
  if (!invoice) return unreadable;
  const details = invoice.parent?.subscription_details;
  if (!details || !isOurs(details.metadata)) return notOurs;
  const amount = moneyOf(invoice.amount_paid, invoice.currency);
  const frequency = frequencyOf(details.metadata);
  if (!amount || !frequency) return unreadable;
  const fact: Gift = {
    kind: 'gift',
    id: invoice.id,
    rank: ranks.invoice,
    state: 'paid',
    frequency,
    amount,
    source: sourceOf(details.metadata),
    ...(details.subscription && {subscription: details.subscription}),
    ...(invoice.customer && {customer: invoice.customer}),
    renewal: invoice.billing_reason === 'subscription_cycle',
    at: event.created * 1000,
  };
  return {type: 'fact', fact};
}

function endOfSubscription(event: StripeEvent): Reading {
  const subscription = subscriptionShape.safeParse(event.data.object).data;
  if (!subscription) return unreadable;
  if (!isOurs(subscription.metadata)) return notOurs;
  const ended = subscription.ended_at ?? subscription.canceled_at ?? event.created;
  return {type: 'fact', fact: {kind: 'end', id: subscription.id, rank: 0, at: ended * 1000}};
}

function refundOfCharge(event: StripeEvent): Reading {
  const charge = chargeShape.safeParse(event.data.object).data;
  const amount = charge && moneyOf(charge.amount_refunded, charge.currency);
  if (!amount) return unreadable;
  const payment = charge.payment_intent;
  if (!payment) return notOurs;
  const {id, amount_refunded: rank} = charge;
  const at = event.created * 1000;
  const fact: GiftFact = {kind: 'refund', id, rank, gift: payment, amount, at};
  // A single payment hands its metadata to its charge; a subscription's does not, and since 2025
  // a charge does not name its invoice either.
  return isOurs(charge.metadata) ? {type: 'fact', fact} : {type: 'refund-of', payment, fact};
}

const readers: Readonly<Record<string, (event: StripeEvent) => Reading>> = {
  'checkout.session.completed': giftOfSession,
  'checkout.session.async_payment_succeeded': giftOfSession,
  'checkout.session.async_payment_failed': giftOfSession,
  'invoice.paid': giftOfInvoice,
  'customer.subscription.deleted': endOfSubscription,
  'charge.refunded': refundOfCharge,
};

/** Reads an event. Pure; never throws. */
export function readingOf(event: StripeEvent): Reading {
  const read = Object.hasOwn(readers, event.type) ? readers[event.type] : undefined;
  return read?.(event) ?? notOurs;
}
