/** Reads the current state of a recurring gift or a charge from Stripe's objects. */

import type Stripe from 'stripe';
import {endedRank, type GiftRefund, type Subscription} from 'reader-support/core';
import {
  frequencyOf,
  frequencyOfPrice,
  isOurs,
  moneyFromMetadata,
  sourceOfMetadata,
} from '../stripe/index.js';

/** A fact without its rank. `undefined` where Stripe's object does not belong to the kit. */
export type FactStanding<Fact> = Omit<Fact, 'rank'> | undefined;

const states: Readonly<Record<string, Subscription['state']>> = {
  incomplete: 'pending',
  incomplete_expired: 'ended',
  trialing: 'active',
  active: 'active',
  past_due: 'past-due',
  unpaid: 'past-due',
  paused: 'paused',
  canceled: 'ended',
};

const ms = (seconds: number) => seconds * 1000;
const idOf = (reference: string | {readonly id: string}) =>
  typeof reference === 'string' ? reference : reference.id;

/** Reads a subscription. Throws a `RangeError` when it belongs to the kit but has an unexpected shape. */
export function subscriptionStanding(
  subscription: Stripe.Subscription,
): FactStanding<Subscription> {
  const {id, metadata, customer, status} = subscription;
  if (!isOurs(metadata)) return undefined;
  const [item] = subscription.items.data;
  const chosen = frequencyOf(metadata);
  // The metadata says what the reader chose; the price says what is paid since the plan was changed.
  const frequency = chosen && (frequencyOfPrice(item?.price.recurring) ?? chosen);
  const amount = moneyFromMetadata(
    (item?.price.unit_amount ?? 0) * (item?.quantity ?? 1),
    item?.price.currency ?? '',
  );
  const state = Object.hasOwn(states, status) ? states[status] : undefined;
  if (!item || !frequency || !amount || !state)
    throw new RangeError('expected a subscription of the kit but received another shape');
  const endsAt =
    subscription.cancel_at ?? (subscription.cancel_at_period_end ? item.current_period_end : null);
  const endedAt = subscription.ended_at ?? subscription.canceled_at;
  return {
    kind: 'subscription',
    ...{id, state, frequency, amount, source: sourceOfMetadata(metadata), customer: idOf(customer)},
    paidUntil: ms(item.current_period_end),
    ...(state !== 'ended' && endsAt !== null && {endsAt: ms(endsAt)}),
    ...(state === 'ended' && {endedAt: ms(endedAt ?? item.current_period_end)}),
    at: ms(subscription.start_date),
  };
}

/** Returns the rank of a new state: one more than the stored rank; a final state ranks above all. */
export function nextRank(rank: number | undefined, isOver: boolean): number {
  return isOver ? endedRank : (rank ?? 0) + 1;
}

const won = ['won', 'warning_closed', 'prevented'];

/** Combines all disputes of a charge: lost if any was lost, otherwise open while any is open. */
export function disputeOf(
  disputes: readonly {readonly status: string}[],
): GiftRefund['dispute'] | undefined {
  if (!disputes.length) return undefined;
  if (disputes.some(({status}) => status === 'lost')) return 'lost';
  return disputes.every(({status}) => won.includes(status)) ? 'won' : 'open';
}

/** Reads a charge of the kit. Throws a `RangeError` when its currency is unknown. */
export function refundStanding(
  {id, amount_refunded: minor, currency}: Stripe.Charge,
  gift: string,
  disputes: readonly {readonly status: string}[],
  at: number,
): Omit<GiftRefund, 'rank'> {
  const amount = moneyFromMetadata(minor, currency);
  if (!amount) throw new RangeError('expected a charge in a known currency but received another');
  const dispute = disputeOf(disputes);
  return {kind: 'refund', id, gift, amount, ...(dispute && {dispute}), at};
}
