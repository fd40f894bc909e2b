/** Computes the value of a gift in an experiment, by the goal declared before the start. */

import {type Frequency, type Metric, minorUnits, type Money} from 'reader-support/core';

/** A metric with nothing left open. */
export interface Scale {
  readonly currency: string;
  readonly months: number;
  /** The most one reader counts for, in minor units of `currency`. */
  readonly cap: number;
  readonly rates: Readonly<Record<string, number>>;
}

/** What a metric leaves open: twelve months, and no reader counts for more than 250 units. */
export function scaleOf(metric: Metric | undefined, currency: string): Scale {
  const ownCurrency = metric?.currency ?? currency;
  const cap = 250 * 10 ** minorUnits(ownCurrency).digits;
  return {
    currency: ownCurrency,
    months: metric?.months ?? 12,
    cap,
    rates: {},
    ...withoutUndefined(metric),
  };
}

const withoutUndefined = (metric: Metric | undefined): Partial<Scale> =>
  Object.fromEntries(Object.entries(metric ?? {}).filter(([, value]) => value !== undefined));

/** The current state of a gift: single, or recurring with its payments so far. */
export interface StandingGift {
  readonly frequency: Frequency;
  /** One payment. */
  readonly amount: Money;
  /** Payments made so far. */
  readonly payments: number;
  /** Whether no more payments will follow. */
  readonly ended: boolean;
  /** Refunded in total, in minor units of the amount's currency. */
  readonly refunded: number;
}

/** Converts minor units between currencies, to a whole number so that sums are exact. */
function convert(minor: number, from: string, to: string, rate: number): number {
  return Math.round(minor * rate * 10 ** (minorUnits(to).digits - minorUnits(from).digits));
}

/**
 * Returns the value of a gift in minor units of the scale's currency: for a recurring gift what it
 * brings in the scale's months, for an ended one what it brought, both less refunds. `undefined` when
 * no rate was declared for its currency.
 */
export function worthOf(gift: StandingGift, scale: Scale): number | undefined {
  const {frequency, amount, payments, ended, refunded} = gift;
  const rate = amount.currency === scale.currency ? 1 : scale.rates[amount.currency];
  if (rate === undefined) return undefined;
  const perYear = {once: 0, annual: 1, monthly: 12}[frequency];
  const expected = Math.max((perYear * scale.months) / 12, 1);
  const count = ended || perYear === 0 ? Math.min(payments, expected) : expected;
  const minor = Math.max(amount.minor * count - refunded, 0);
  return convert(minor, amount.currency, scale.currency, rate);
}
