/** Declares the shapes of Stripe's objects as of 2026-10-28.endive. */

import type Stripe from 'stripe';

/** Picks the fields that the companion reads, with the SDK's types; references are ids until expanded. */
type Kept<T, Fields extends keyof T, References extends string = never> = Pick<
  T,
  Exclude<Fields, References>
> & {[name in References]: string | null};

export type SessionObject = Kept<
  Stripe.Checkout.Session,
  | 'id'
  | 'object'
  | 'amount_subtotal'
  | 'amount_total'
  | 'cancel_url'
  | 'client_reference_id'
  | 'client_secret'
  | 'created'
  | 'currency'
  | 'customer_details'
  | 'customer_email'
  | 'expires_at'
  | 'livemode'
  | 'locale'
  | 'metadata'
  | 'mode'
  | 'payment_method_types'
  | 'payment_status'
  | 'status'
  | 'submit_type'
  | 'success_url'
  | 'ui_mode'
  | 'url',
  'customer' | 'invoice' | 'payment_intent' | 'subscription'
> &
  Pick<Stripe.Checkout.Session, 'redirect_on_completion' | 'return_url'>;

export type CustomerObject = Kept<
  Stripe.Customer,
  'id' | 'object' | 'created' | 'email' | 'livemode' | 'metadata' | 'name'
>;

export type PriceObject = Kept<
  Stripe.Price,
  | 'id'
  | 'object'
  | 'active'
  | 'created'
  | 'currency'
  | 'livemode'
  | 'metadata'
  | 'type'
  | 'unit_amount',
  'product'
> & {readonly recurring: {readonly interval: Interval; readonly interval_count: number} | null};

export type ItemObject = Kept<
  Stripe.SubscriptionItem,
  'id' | 'object' | 'created' | 'metadata' | 'quantity' | 'subscription'
> & {readonly price: PriceObject; current_period_start: number; current_period_end: number};

export interface List<T> {
  readonly object: 'list';
  readonly data: readonly T[];
  readonly has_more: boolean;
  readonly url: string;
}

export type SubscriptionObject = Kept<
  Stripe.Subscription,
  | 'id'
  | 'object'
  | 'billing_cycle_anchor'
  | 'cancel_at'
  | 'cancel_at_period_end'
  | 'canceled_at'
  | 'cancellation_details'
  | 'collection_method'
  | 'created'
  | 'currency'
  | 'description'
  | 'ended_at'
  | 'livemode'
  | 'metadata'
  | 'start_date'
  | 'status'
  | 'trial_end',
  'latest_invoice'
> & {readonly customer: string; readonly items: List<ItemObject>};

export type PaymentIntentObject = Kept<
  Stripe.PaymentIntent,
  | 'id'
  | 'object'
  | 'amount'
  | 'amount_received'
  | 'created'
  | 'currency'
  | 'description'
  | 'livemode'
  | 'metadata'
  | 'status',
  'customer' | 'latest_charge'
>;

export type ChargeObject = Kept<
  Stripe.Charge,
  | 'id'
  | 'object'
  | 'amount'
  | 'amount_captured'
  | 'amount_refunded'
  | 'captured'
  | 'created'
  | 'currency'
  | 'description'
  | 'disputed'
  | 'livemode'
  | 'metadata'
  | 'paid'
  | 'refunded'
  | 'status',
  'customer' | 'payment_intent'
>;

/** A line of an invoice: what is paid for a period, or a credit for what is left of one. */
export interface InvoiceLineObject {
  readonly id: string;
  readonly object: 'line_item';
  readonly amount: number;
  readonly currency: string;
  readonly metadata: Record<string, string>;
  readonly parent: {
    readonly type: 'subscription_item_details';
    readonly subscription_item_details: {
      readonly proration: boolean;
      readonly subscription: string;
      readonly subscription_item: string;
    };
  };
  readonly period: {readonly start: number; readonly end: number};
}

export type InvoiceObject = Kept<
  Stripe.Invoice,
  | 'id'
  | 'object'
  | 'amount_due'
  | 'amount_paid'
  | 'amount_remaining'
  | 'attempted'
  | 'billing_reason'
  | 'collection_method'
  | 'created'
  | 'currency'
  | 'customer_email'
  | 'livemode'
  | 'metadata'
  | 'parent'
  | 'period_end'
  | 'period_start'
  | 'status'
  | 'status_transitions'
  | 'subtotal'
  | 'total',
  'customer'
> & {readonly lines: List<InvoiceLineObject>};

export type InvoicePaymentObject = Kept<
  Stripe.InvoicePayment,
  | 'id'
  | 'object'
  | 'amount_paid'
  | 'amount_requested'
  | 'created'
  | 'currency'
  | 'is_default'
  | 'livemode'
  | 'status'
> & {
  readonly invoice: string;
  readonly payment: {readonly type: 'payment_intent'; readonly payment_intent: string};
};

export type RefundObject = Kept<
  Stripe.Refund,
  'id' | 'object' | 'amount' | 'created' | 'currency' | 'metadata' | 'reason' | 'status',
  'charge' | 'payment_intent'
>;

export type DisputeObject = Kept<
  Stripe.Dispute,
  'id' | 'object' | 'amount' | 'created' | 'currency' | 'livemode' | 'reason' | 'status',
  'charge' | 'payment_intent'
>;

export interface PortalObject {
  readonly id: string;
  readonly object: 'billing_portal.session';
  readonly created: number;
  readonly customer: string;
  readonly livemode: boolean;
  readonly return_url: string | null;
  readonly url: string;
}

export type Interval = 'day' | 'week' | 'month' | 'year';
