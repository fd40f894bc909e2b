/** What does an event of Stripe's say about gifts? Read with suspicion: an endpoint may speak another API version. */

import * as z from 'zod';
import type {Gift} from '../../core/money/gift.js';
import {frequencyOf, isOurs, moneyOf, sourceOf} from '../checkout/metadata.js';
import {paidCheckout, type PaidCheckout} from '../checkout/paid-checkout.js';

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
 * What an event says. `news`: a payment, or that something has changed which must be looked at again,
 * because events come in any order and what they hold may be old. `not-ours`: of a kind, or about a
 * payment, that is not the kit's. `unreadable`: it should have said something but is not shaped as we
 * know it.
 */
export type Reading =
  | {
      readonly type: 'news';
      readonly gift?: Gift;
      /** Who paid, to be let in. */
      readonly paid?: PaidCheckout;
      readonly look?: LookAt;
      readonly alert?: string;
    }
  | {readonly type: 'not-ours'}
  | {readonly type: 'unreadable'};

/** What to ask Stripe about. */
export interface LookAt {
  readonly kind: 'subscription' | 'charge';
  readonly id: string;
}

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

const failedInvoiceShape = invoiceShape.pick({parent: true});
const subscriptionShape = z.object({id: z.string(), metadata});
const chargeShape = z.object({id: z.string(), payment_intent: reference});
const ofChargeShape = z.object({charge: reference});

const notOurs: Reading = {type: 'not-ours'};
const unreadable: Reading = {type: 'unreadable'};

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
  const gift: Gift = {
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
  const paid = state === 'paid' ? paidCheckout(event.data.object) : undefined;
  return {type: 'news', gift, ...(paid && {paid})};
}

function giftOfInvoice(event: StripeEvent): Reading {
  const invoice = invoiceShape.safeParse(event.data.object).data;
  if (!invoice) return unreadable;
  const details = invoice.parent?.subscription_details;
  if (!details || !isOurs(details.metadata)) return notOurs;
  const amount = moneyOf(invoice.amount_paid, invoice.currency);
  const frequency = frequencyOf(details.metadata);
  if (!amount || !frequency) return unreadable;
  const gift: Gift = {
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
  // A start is told of by an event of its own. With a renewal the end of the period moves.
  return gift.renewal && gift.subscription
    ? {type: 'news', gift, look: {kind: 'subscription', id: gift.subscription}}
    : {type: 'news', gift};
}

function failureOfInvoice(event: StripeEvent): Reading {
  const invoice = failedInvoiceShape.safeParse(event.data.object).data;
  if (!invoice) return unreadable;
  const details = invoice.parent?.subscription_details;
  if (!details || !isOurs(details.metadata)) return notOurs;
  if (!details.subscription) return unreadable;
  return {type: 'news', look: {kind: 'subscription', id: details.subscription}};
}

function changeOfSubscription(event: StripeEvent): Reading {
  const subscription = subscriptionShape.safeParse(event.data.object).data;
  if (!subscription) return unreadable;
  if (!isOurs(subscription.metadata)) return notOurs;
  return {type: 'news', look: {kind: 'subscription', id: subscription.id}};
}

// A single payment hands its metadata to its charge; a subscription's does not, and since 2025 a
// charge does not name its invoice either. So whose it is comes out when it is looked at.
function changeOfCharge(event: StripeEvent): Reading {
  const charge = chargeShape.safeParse(event.data.object).data;
  if (!charge) return unreadable;
  return charge.payment_intent ? {type: 'news', look: {kind: 'charge', id: charge.id}} : notOurs;
}

/** Refunds, disputes and warnings name their charge. */
function changeAtCharge(event: StripeEvent): Reading {
  const object = ofChargeShape.safeParse(event.data.object).data;
  if (!object) return unreadable;
  // What was given back in another way than to a card has no charge, and was not taken by the kit.
  return object.charge ? {type: 'news', look: {kind: 'charge', id: object.charge}} : notOurs;
}

const alarmAtCharge = (event: StripeEvent): Reading => {
  const reading = changeAtCharge(event);
  return reading.type === 'news' ? {...reading, alert: event.type} : reading;
};

const readers: Readonly<Record<string, (event: StripeEvent) => Reading>> = {
  'checkout.session.completed': giftOfSession,
  'checkout.session.async_payment_succeeded': giftOfSession,
  'checkout.session.async_payment_failed': giftOfSession,
  'invoice.paid': giftOfInvoice,
  'invoice.payment_failed': failureOfInvoice,
  'invoice.payment_action_required': failureOfInvoice,
  'customer.subscription.created': changeOfSubscription,
  'customer.subscription.updated': changeOfSubscription,
  'customer.subscription.paused': changeOfSubscription,
  'customer.subscription.resumed': changeOfSubscription,
  'customer.subscription.deleted': changeOfSubscription,
  'charge.refunded': changeOfCharge,
  'charge.refund.updated': changeAtCharge,
  'refund.created': changeAtCharge,
  'refund.updated': changeAtCharge,
  'refund.failed': changeAtCharge,
  'charge.dispute.created': alarmAtCharge,
  'charge.dispute.updated': changeAtCharge,
  'charge.dispute.closed': changeAtCharge,
  'charge.dispute.funds_withdrawn': changeAtCharge,
  'charge.dispute.funds_reinstated': changeAtCharge,
  'radar.early_fraud_warning.created': alarmAtCharge,
};

/** Reads an event. Pure; never throws. */
export function readingOf(event: StripeEvent): Reading {
  const read = Object.hasOwn(readers, event.type) ? readers[event.type] : undefined;
  return read?.(event) ?? notOurs;
}
