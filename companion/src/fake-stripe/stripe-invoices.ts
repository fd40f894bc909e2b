/** Bills the periods of subscriptions and collects the payments. */

import type {Account} from './stripe-account.js';
import {freshId} from './stripe-id.js';
import type {
  CustomerObject,
  InvoiceLineObject,
  InvoiceObject,
  InvoicePaymentObject,
  ItemObject,
  PaymentIntentObject,
  SubscriptionObject,
} from './stripe-objects.js';
import {pay, type PaymentStatus} from './stripe-payments.js';
import {missing} from './stripe-refusal.js';

/** An invoice with its attempted payment. */
export interface Bill {
  readonly invoice: InvoiceObject;
  readonly intent: PaymentIntentObject;
}

type Reason = 'subscription_create' | 'subscription_cycle' | 'subscription_update';

/** What a line bills: a period, or what is left of one, which is a credit where it was paid before. */
export interface Billed {
  readonly item: ItemObject;
  readonly amount: number;
  readonly start: number;
  readonly end: number;
  readonly proration: boolean;
}

/** Returns what an item costs in a period. */
export const priceOfItem = (item: ItemObject | undefined): number =>
  (item?.price.unit_amount ?? 0) * (item?.quantity ?? 1);

function lineOf({currency, id, metadata}: SubscriptionObject, billed: Billed): InvoiceLineObject {
  const {item, amount, start, end, proration} = billed;
  return {
    id: freshId('il'),
    object: 'line_item',
    amount,
    currency,
    metadata: {...metadata},
    parent: {
      type: 'subscription_item_details',
      subscription_item_details: {proration, subscription: id, subscription_item: item.id},
    },
    period: {start, end},
  };
}

/** Returns what the current period of a subscription costs. */
const currentPeriod = ({items}: SubscriptionObject): Billed[] =>
  items.data.map(item => ({
    item,
    amount: priceOfItem(item),
    start: item.current_period_start,
    end: item.current_period_end,
    proration: false,
  }));

function write(
  account: Account,
  subscription: SubscriptionObject,
  reason: Reason,
  paid: boolean,
  billed: readonly Billed[],
): InvoiceObject {
  const [item] = subscription.items.data;
  // A credit that is left over is kept for later invoices, which the fake does not do.
  const amount = Math.max(
    0,
    billed.reduce((sum, line) => sum + line.amount, 0),
  );
  const {currency, customer, id, metadata} = subscription;
  const now = account.seconds();
  return account.keep<InvoiceObject>({
    id: freshId('in'),
    object: 'invoice',
    amount_due: amount,
    amount_paid: paid ? amount : 0,
    amount_remaining: paid ? 0 : amount,
    attempted: true,
    billing_reason: reason,
    collection_method: 'charge_automatically',
    created: now,
    currency,
    customer,
    customer_email: account.get<CustomerObject>(customer, 'customer').email,
    lines: {
      object: 'list',
      data: billed.map(line => lineOf(subscription, line)),
      has_more: false,
      url: `/v1/invoices/lines?subscription=${id}`,
    },
    livemode: false,
    metadata: {},
    parent: {
      type: 'subscription_details',
      quote_details: null,
      subscription_details: {subscription: id, metadata: {...metadata}},
    },
    period_start: item?.current_period_start ?? now,
    period_end: item?.current_period_end ?? now,
    status: paid ? 'paid' : 'open',
    status_transitions: {
      finalized_at: now,
      marked_uncollectible_at: null,
      paid_at: paid ? now : null,
      voided_at: null,
    },
    subtotal: amount,
    total: amount,
  });
}

/** Creates an invoice of a subscription, by default for its current period, and attempts its payment. */
export function bill(
  account: Account,
  subscription: SubscriptionObject,
  reason: Reason,
  status: PaymentStatus,
  billed: readonly Billed[] = currentPeriod(subscription),
): Bill {
  const paid = status === 'succeeded';
  const invoice = write(account, subscription, reason, paid, billed);
  const {currency, customer} = subscription;
  const amount = invoice.amount_due;
  // At Stripe neither the subscription's metadata nor the invoice's number reaches the payment.
  const description =
    reason === 'subscription_create' ? 'Subscription creation' : 'Subscription update';
  const intent = pay(account, {amount, currency, customer, metadata: {}, description, status});
  const payment = account.keep<InvoicePaymentObject>({
    id: freshId('inpay'),
    object: 'invoice_payment',
    amount_paid: paid ? amount : null,
    amount_requested: amount,
    created: account.seconds(),
    currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: {type: 'payment_intent', payment_intent: intent.id},
    status: paid ? 'paid' : 'open',
  });
  account.invoicePayments.set(payment.id, payment);
  subscription.latest_invoice = invoice.id;
  return {invoice, intent};
}

/** Marks an invoice as paid and returns its payment. */
export function payInvoice(account: Account, invoice: InvoiceObject): PaymentIntentObject {
  Object.assign(invoice, {
    status: 'paid',
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    status_transitions: {...invoice.status_transitions, paid_at: account.seconds()},
  });
  for (const payment of account.invoicePayments.values())
    if (payment.invoice === invoice.id) {
      Object.assign(payment, {status: 'paid', amount_paid: payment.amount_requested});
      return account.get<PaymentIntentObject>(payment.payment.payment_intent, 'payment_intent');
    }
  throw missing('invoice payment', invoice.id);
}
