/** Reads what a Stripe event says about gifts, tolerating endpoints with another API version. */

import * as z from 'zod';
import type {Gift} from 'reader-support/core';
import {
  frequencyOf,
  frequencyOfInvoice,
  isOurs,
  moneyFromMetadata,
  paidCheckout,
  type PaidCheckout,
  sourceOfMetadata,
} from '../stripe/index.js';
import {subscriptionOfInvoice} from './invoice-subscription.js';

/** The fields that every event has. */
export interface StripeEvent {
  readonly id: string;
  readonly type: string;
  /** Epoch seconds. */
  readonly created: number;
  readonly livemode: boolean;
  /** The API version that decides the shape of the object: the endpoint's, not the companion's. */
  readonly api_version?: string | null | undefined;
  /** The connected account of the event; absent for the site's own account. */
  readonly account?: string | null | undefined;
  readonly data: {readonly object?: unknown};
}

const eventShape: z.ZodType<StripeEvent> = z.object({
  id: z.string().min(1).max(255),
  type: z.string().max(255),
  created: z.int(),
  livemode: z.boolean(),
  api_version: z.string().max(64).nullish().catch(undefined),
  account: z.string().nullish(),
  // The object may be missing; the event itself is still recorded.
  data: z.object({object: z.unknown().optional()}).catch({}),
});

/** Reads the common fields of an event; `undefined` when the body is not one. */
export function readEvent(body: unknown): StripeEvent | undefined {
  return eventShape.safeParse(body).data;
}

/**
 * What an event means. `news`: a payment, or a change whose current state must be fetched, because
 * events arrive in any order and may hold old state. `not-ours`: an event of another kind, or about a
 * payment that does not belong to the kit. `unreadable`: an event of a known kind with an unexpected
 * shape.
 */
export type Reading =
  | {
      readonly type: 'news';
      readonly gift?: Gift;
      /** The paid checkout, for the payer's access. */
      readonly paid?: PaidCheckout;
      readonly look?: LookAt;
      readonly alert?: string;
    }
  | {readonly type: 'not-ours'}
  | {readonly type: 'unreadable'};

/** The object to fetch from Stripe. */
export interface LookAt {
  readonly kind: 'subscription' | 'charge';
  readonly id: string;
}

const money = {minor: z.int().min(0), currency: z.string()};
const metadata = z.record(z.string(), z.string()).nullish();
/** A reference: an id, or the object itself where Stripe expanded it. */
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
});

const subscriptionShape = z.object({id: z.string(), metadata});
const chargeShape = z.object({id: z.string(), payment_intent: reference});
const ofChargeShape = z.object({charge: reference});

const notOurs: Reading = {type: 'not-ours'};
const unreadable: Reading = {type: 'unreadable'};

// How much a report of a gift knows: a session more than an invoice, paid over failed over pending.
const ranks = {pending: 0, failed: 1, invoice: 2, session: 3} as const;

function giftOfSession(event: StripeEvent): Reading {
  const session = sessionShape.safeParse(event.data.object).data;
  if (!session) return unreadable;
  if (!isOurs(session.metadata)) return notOurs;
  const amount = moneyFromMetadata(session.amount_total, session.currency);
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
    source: sourceOfMetadata(session.metadata),
    ...(session.subscription && {subscription: session.subscription}),
    ...(session.customer && {customer: session.customer}),
    renewal: false,
    at: event.created * 1000,
  };
  const paid = state === 'paid' ? paidCheckout(event.data.object) : undefined;
  return {type: 'news', gift, ...(paid && {paid})};
}

const lookAtSubscription = (id: string): LookAt => ({kind: 'subscription', id});

function giftOfInvoice(event: StripeEvent): Reading {
  const subscription = subscriptionOfInvoice(event.data.object);
  if (subscription === undefined) return unreadable;
  if (!subscription || !isOurs(subscription.metadata)) return notOurs;
  const invoice = invoiceShape.safeParse(event.data.object).data;
  if (!invoice) return unreadable;
  const amount = moneyFromMetadata(invoice.amount_paid, invoice.currency);
  const chosen = frequencyOf(subscription.metadata);
  if (!amount || !chosen) return unreadable;
  const {billing_reason: reason} = invoice;
  // Every payment after the first, for a period or for a changed plan.
  const renewal = typeof reason === 'string' && reason !== 'subscription_create';
  const look = renewal && subscription.id ? lookAtSubscription(subscription.id) : undefined;
  // A plan may be changed without a payment, with a credit for instance.
  if (look && reason === 'subscription_update' && amount.minor === 0) return {type: 'news', look};
  const gift: Gift = {
    kind: 'gift',
    id: invoice.id,
    rank: ranks.invoice,
    state: 'paid',
    frequency: (renewal && frequencyOfInvoice(event.data.object)) || chosen,
    amount,
    source: sourceOfMetadata(subscription.metadata),
    ...(subscription.id && {subscription: subscription.id}),
    ...(invoice.customer && {customer: invoice.customer}),
    renewal,
    at: event.created * 1000,
  };
  // A new subscription has an event of its own. A renewal moves the end of the period.
  return {type: 'news', gift, ...(look && {look})};
}

function failureOfInvoice(event: StripeEvent): Reading {
  const subscription = subscriptionOfInvoice(event.data.object);
  if (subscription === undefined) return unreadable;
  if (!subscription || !isOurs(subscription.metadata)) return notOurs;
  if (!subscription.id) return unreadable;
  return {type: 'news', look: lookAtSubscription(subscription.id)};
}

function changeOfSubscription(event: StripeEvent): Reading {
  const subscription = subscriptionShape.safeParse(event.data.object).data;
  if (!subscription) return unreadable;
  if (!isOurs(subscription.metadata)) return notOurs;
  return {type: 'news', look: lookAtSubscription(subscription.id)};
}

// A single payment copies its metadata to its charge; a subscription does not, and since 2025 a
// charge does not name its invoice either. So the owner is known only after fetching the charge.
function changeOfCharge(event: StripeEvent): Reading {
  const charge = chargeShape.safeParse(event.data.object).data;
  if (!charge) return unreadable;
  return charge.payment_intent ? {type: 'news', look: {kind: 'charge', id: charge.id}} : notOurs;
}

/** Reads a refund, a dispute or a warning, which name their charge. */
function changeAtCharge(event: StripeEvent): Reading {
  const object = ofChargeShape.safeParse(event.data.object).data;
  if (!object) return unreadable;
  // A refund without a charge did not go to a card and does not belong to the kit.
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

/** The events that say something about gifts. */
export const heardEvents: readonly string[] = Object.keys(readers);

/** Reads an event. Pure; never throws. */
export function readingOf(event: StripeEvent): Reading {
  const read = Object.hasOwn(readers, event.type) ? readers[event.type] : undefined;
  return read?.(event) ?? notOurs;
}
