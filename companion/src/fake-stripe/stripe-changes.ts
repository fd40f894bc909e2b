/** Changes the plan of a subscription, as the portal, a schedule or the dashboard do. */

import {happened, type Account, type Happening} from './stripe-account.js';
import {freshId} from './stripe-id.js';
import {bill, priceOfItem, type Billed} from './stripe-invoices.js';
import type {ItemObject, PriceObject} from './stripe-objects.js';
import {chargeOf} from './stripe-payments.js';
import {periodEnd} from './stripe-period.js';
import {StripeRefusal} from './stripe-refusal.js';

/** What changes; the rest stays. */
export interface PlanChange {
  readonly minor?: number;
  readonly interval?: 'month' | 'year';
  /** Bills the difference at once. Always so where the interval changes, as that starts a new period. */
  readonly billed?: boolean;
}

/** Replaces the item of a subscription by one with another price. */
export function change(
  account: Account,
  id: string,
  {minor, interval, billed = false}: PlanChange,
): Happening[] {
  const subscription = account.subscription(id);
  const [before] = subscription.items.data;
  if (subscription.status === 'canceled' || !before)
    throw new StripeRefusal('A canceled subscription is not changed');
  const now = account.seconds();
  const oldInterval = before.price.recurring?.interval ?? 'month';
  const isNewPeriod = interval !== undefined && interval !== oldInterval;
  const price = account.keep<PriceObject>({
    ...before.price,
    id: freshId('price'),
    created: now,
    recurring: {interval: interval ?? oldInterval, interval_count: 1},
    unit_amount: minor ?? before.price.unit_amount,
  });
  const item: ItemObject = {
    ...before,
    id: freshId('si'),
    price,
    created: now,
    ...(isNewPeriod && {
      current_period_start: now,
      current_period_end: periodEnd(now, interval, now),
    }),
  };
  Object.assign(subscription, {items: {...subscription.items, data: [item]}});
  if (isNewPeriod) subscription.billing_cycle_anchor = now;
  const updated = () => happened('customer.subscription.updated', subscription);
  if (!isNewPeriod && !billed) return [updated()];

  const {current_period_start: start, current_period_end: end} = before;
  const share = (end - now) / (end - start);
  const left = (of: ItemObject, sign: 1 | -1): Billed => ({
    ...{item: of, start: now, end, proration: true},
    amount: sign * Math.round(priceOfItem(of) * share),
  });
  const whole: Billed = {
    ...{item, amount: priceOfItem(item), proration: false},
    ...{start: item.current_period_start, end: item.current_period_end},
  };
  const {invoice, intent} = bill(account, subscription, 'subscription_update', 'succeeded', [
    left(before, -1),
    isNewPeriod ? whole : left(item, 1),
  ]);
  return [
    ...(invoice.amount_paid ? [happened('charge.succeeded', chargeOf(account, intent))] : []),
    happened('invoice.paid', invoice),
    updated(),
  ];
}
