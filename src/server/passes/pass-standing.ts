/** Does a gift let its reader in, and until when? Pure: the caller passes the facts and the time. */

import type {Frequency} from '../../core/money/offer.js';
import type {SupportFacts} from './pass-store.js';

const day = 86_400_000;

/** How long after what, in ms. */
export interface PassRules {
  /** How long a single gift lets its reader in; 0: not at all. */
  readonly once: number;
  /** How long a recurring gift does after the end of a period whose renewal has not come. */
  readonly grace: number;
}

/** A refusal says why. */
export type Standing =
  | {readonly holds: true; readonly until: number; readonly frequency: Frequency | undefined}
  | {readonly holds: false; readonly because: 'ended' | 'refunded' | 'lapsed'};

/** How long the word of a checkout counts while its webhook has not come. Stripe tries for three days. */
const patience = 3 * day;

const periods: Readonly<Record<Frequency, number>> = {
  once: 0,
  monthly: 31 * day,
  annual: 366 * day,
};

/** Until when the facts let in, refunds and ends aside. Epoch ms. */
function paidUntil(
  {subscription, gift}: SupportFacts,
  isRecurring: boolean,
  seenAt: number,
  {once, grace}: PassRules,
): number {
  if (subscription && subscription.state !== 'pending') {
    const {state, paidUntil: end, endsAt = Infinity} = subscription;
    // At Stripe a period begins when it is billed. While it is owed, the last payment says what was paid.
    if (state === 'past-due' && gift)
      return Math.min(Math.min(end, gift.at + periods[gift.frequency]) + grace, endsAt);
    // A reader who has cancelled has said themselves when it ends.
    if (subscription.endsAt !== undefined) return endsAt;
    return end + (state === 'paused' ? 0 : grace);
  }
  if (!gift) return seenAt + (isRecurring ? patience : Math.min(patience, once));
  return isRecurring ? gift.at + periods[gift.frequency] + grace : gift.at + once;
}

/** Judges a support by what the store knows of its gift. `seenAt` is when the support was first heard of. */
export function standingOf(
  facts: SupportFacts,
  isRecurring: boolean,
  seenAt: number,
  rules: PassRules,
  now: number,
): Standing {
  const {subscription, gift, refunded, lost} = facts;
  if (subscription?.state === 'ended') return {holds: false, because: 'ended'};
  // A period that a coupon or a credit has paid cost nothing, and nothing of it can be given back.
  const isGivenBack = gift && refunded > 0 && refunded >= gift.amount.minor;
  if (gift && (lost || isGivenBack)) return {holds: false, because: 'refunded'};
  const until = paidUntil(facts, isRecurring, seenAt, rules);
  if (until <= now) return {holds: false, because: 'lapsed'};
  return {holds: true, until, frequency: subscription?.frequency ?? gift?.frequency};
}
