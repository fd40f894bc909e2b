/** Decides whether a gift gives access, and until when. Pure: the caller passes the facts and the time. */

import type {Frequency} from 'reader-support/core';
import type {SupportFacts} from './pass-store.js';

const day = 86_400_000;

/** How long gifts give access, in ms. */
export interface PassRules {
  /** How long a single gift gives access; 0: never. */
  readonly once: number;
  /** How long a recurring gift gives access after the end of a period that was not renewed. */
  readonly grace: number;
}

/** The verdict; a refusal has a reason. */
export type PassStanding =
  | {readonly holds: true; readonly until: number; readonly frequency: Frequency | undefined}
  | {readonly holds: false; readonly reason: 'ended' | 'refunded' | 'lapsed'};

/** How long a paid checkout counts before its webhook arrives. Stripe retries for three days. */
const webhookDelay = 3 * day;

const periods: Readonly<Record<Frequency, number>> = {
  once: 0,
  monthly: 31 * day,
  annual: 366 * day,
};

/** Returns until when a gift gives access, before refunds and cancellations. Epoch ms. */
function paidUntil(
  {subscription, gift}: SupportFacts,
  isRecurring: boolean,
  seenAt: number,
  {once, grace}: PassRules,
): number {
  if (subscription && subscription.state !== 'pending') {
    const {state, paidUntil: end, endsAt = Infinity} = subscription;
    // At Stripe a period begins when it is billed. While past due, only the last payment counts.
    if (state === 'past-due' && gift)
      return Math.min(Math.min(end, gift.at + periods[gift.frequency]) + grace, endsAt);
    // A cancelled gift ends when the reader chose, without grace.
    if (subscription.endsAt !== undefined) return endsAt;
    return end + (state === 'paused' ? 0 : grace);
  }
  if (!gift) return seenAt + (isRecurring ? webhookDelay : Math.min(webhookDelay, once));
  return isRecurring ? gift.at + periods[gift.frequency] + grace : gift.at + once;
}

/** Judges a support by the stored facts of its gift. `seenAt` is when the support was first recorded. */
export function passStandingOf(
  facts: SupportFacts,
  isRecurring: boolean,
  seenAt: number,
  rules: PassRules,
  now: number,
): PassStanding {
  const {subscription, gift, refunded, lost} = facts;
  if (subscription?.state === 'ended') return {holds: false, reason: 'ended'};
  // A period paid by a coupon or a credit cost nothing, so nothing of it can be refunded.
  const isGivenBack = gift && refunded > 0 && refunded >= gift.amount.minor;
  if (gift && (lost || isGivenBack)) return {holds: false, reason: 'refunded'};
  const until = paidUntil(facts, isRecurring, seenAt, rules);
  if (until <= now) return {holds: false, reason: 'lapsed'};
  return {holds: true, until, frequency: subscription?.frequency ?? gift?.frequency};
}
