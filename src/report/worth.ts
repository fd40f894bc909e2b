/** How much does a gift count for in an experiment? By what was declared before the start. */

import type {Goal} from '../core/experiments/experiment.js';
import {minorUnits, type Money} from '../core/money/money.js';
import type {Frequency} from '../core/money/offer.js';

/** A goal with nothing left open. */
export interface Scale {
  readonly currency: string;
  readonly months: number;
  /** Minor units of `currency`; what one reader counts for at most. */
  readonly cap: number;
  readonly rates: Readonly<Record<string, number>>;
}

/** What a goal leaves open: twelve months, and no reader counts for more than 250 units. */
export function scaleOf(goal: Goal | undefined, currency: string): Scale {
  const known = goal?.currency ?? currency;
  const cap = 250 * 10 ** minorUnits(known).digits;
  return {currency: known, months: goal?.months ?? 12, cap, rates: {}, ...withoutUndefined(goal)};
}

const withoutUndefined = (goal: Goal | undefined): Partial<Scale> =>
  Object.fromEntries(Object.entries(goal ?? {}).filter(([, value]) => value !== undefined));

/** A gift as it stands today: single, or recurring with what was paid of it so far. */
export interface StandingGift {
  readonly frequency: Frequency;
  /** One payment. */
  readonly amount: Money;
  /** Payments made so far. */
  readonly payments: number;
  /** Whether it will bring no more payments. */
  readonly ended: boolean;
  /** Given back in all, in minor units of the amount's currency. */
  readonly refunded: number;
}

/** Minor units of one currency in those of another; a whole number, so that sums are exact. */
function convert(minor: number, from: string, to: string, rate: number): number {
  return Math.round(minor * rate * 10 ** (minorUnits(to).digits - minorUnits(from).digits));
}

/**
 * What a gift counts for, in minor units of the scale's currency: a recurring one what it brings in
 * the scale's months, one that ended what it brought, and nobody what was given back. `undefined`
 * when no rate was declared for its currency.
 */
export function worthOf(gift: StandingGift, scale: Scale): number | undefined {
  const {frequency, amount, payments, ended, refunded} = gift;
  const rate = amount.currency === scale.currency ? 1 : scale.rates[amount.currency];
  if (rate === undefined) return undefined;
  const perYear = {once: 0, annual: 1, monthly: 12}[frequency];
  const expected = Math.max((perYear * scale.months) / 12, 1);
  const counted = ended || perYear === 0 ? Math.min(payments, expected) : expected;
  const minor = Math.max(amount.minor * counted - refunded, 0);
  return convert(minor, amount.currency, scale.currency, rate);
}
