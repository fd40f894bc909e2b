/** Starts, renews and ends subscriptions. */

import type Stripe from 'stripe';
import {happened, type Account, type Checkout, type Happening} from './stripe-account.js';
import {freshId} from './stripe-id.js';
import {bill} from './stripe-invoices.js';
import type {ItemObject, SubscriptionObject} from './stripe-objects.js';
import {chargeOf} from './stripe-payments.js';
import {periodEnd} from './stripe-period.js';
import {StripeRefusal} from './stripe-refusal.js';

/** Starts the subscription of a session. */
export function subscribe(
  account: Account,
  {params, price, quantity}: Checkout,
  customer: string,
  status: SubscriptionObject['status'],
): SubscriptionObject {
  const start = account.seconds();
  const id = freshId('sub');
  const item: ItemObject = {
    id: freshId('si'),
    object: 'subscription_item',
    created: start,
    current_period_start: start,
    current_period_end: periodEnd(start, price.recurring?.interval ?? 'month', start),
    metadata: {},
    price,
    quantity,
    subscription: id,
  };
  const subscription = account.keep<SubscriptionObject>({
    id,
    object: 'subscription',
    billing_cycle_anchor: start,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: null,
    collection_method: 'charge_automatically',
    created: start,
    currency: price.currency,
    customer,
    description: params.subscription_data?.description ?? null,
    ended_at: null,
    items: {
      object: 'list',
      data: [item],
      has_more: false,
      url: `/v1/subscription_items?subscription=${id}`,
    },
    latest_invoice: null,
    livemode: false,
    metadata: {...(params.subscription_data?.metadata as Stripe.Metadata | undefined)},
    start_date: start,
    status,
    trial_end: null,
  });
  account.subscriptions.set(id, subscription);
  return subscription;
}

/** Starts the next period: it is paid or declined, or the subscription ends as scheduled. */
export function renew(account: Account, id: string, outcome: 'paid' | 'declined'): Happening[] {
  const subscription = account.subscription(id);
  if (subscription.status === 'canceled')
    throw new StripeRefusal('A canceled subscription is not renewed');
  if (subscription.cancel_at_period_end) return cancel(account, id, 'now');
  const [item] = subscription.items.data;
  if (item) {
    const start = item.current_period_end;
    const interval = item.price.recurring?.interval ?? 'month';
    item.current_period_start = start;
    item.current_period_end = periodEnd(start, interval, subscription.billing_cycle_anchor);
  }
  const paid = outcome === 'paid';
  const {invoice, intent} = bill(
    account,
    subscription,
    'subscription_cycle',
    paid ? 'succeeded' : 'requires_payment_method',
  );
  subscription.status = paid ? 'active' : 'past_due';
  return [
    happened(paid ? 'charge.succeeded' : 'charge.failed', chargeOf(account, intent)),
    happened(paid ? 'invoice.paid' : 'invoice.payment_failed', invoice),
    happened('customer.subscription.updated', subscription),
  ];
}

/** Ends a subscription now or at the end of its period, or undoes the cancellation (`never`). */
export function cancel(
  account: Account,
  id: string,
  when: 'now' | 'period-end' | 'never',
): Happening[] {
  const subscription = account.subscription(id);
  if (subscription.status === 'canceled')
    throw new StripeRefusal(`No such subscription: '${id}'`, {
      status: 404,
      code: 'resource_missing',
      param: 'id',
    });
  if (when !== 'now') {
    const end = subscription.items.data[0]?.current_period_end ?? null;
    subscription.cancel_at_period_end = when === 'period-end';
    subscription.cancel_at = when === 'period-end' ? end : null;
    subscription.canceled_at = when === 'period-end' ? account.seconds() : null;
    return [happened('customer.subscription.updated', subscription)];
  }
  Object.assign(subscription, {
    status: 'canceled',
    canceled_at: subscription.canceled_at ?? account.seconds(),
    ended_at: account.seconds(),
    cancellation_details: {comment: null, feedback: null, reason: 'cancellation_requested'},
  });
  return [happened('customer.subscription.deleted', subscription)];
}
