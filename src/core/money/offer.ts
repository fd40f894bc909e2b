/** What can a reader give, how often, and in which currency? */

import {minorUnits, type Money} from './money.js';

export type Frequency = 'once' | 'monthly' | 'annual';

/** Every frequency, in the order in which it is offered. */
export const frequencies: readonly Frequency[] = ['monthly', 'annual', 'once'];

/** What can be given in one currency, in minor units. `preset` is the one that is chosen at first. */
export interface Amounts {
  readonly min: number;
  readonly max: number;
  readonly presets: readonly number[];
  readonly preset: number;
}

/** What can be given, by frequency and then by currency. */
export interface Offer {
  readonly id?: string;
  readonly once?: Readonly<Record<string, Amounts>>;
  readonly monthly?: Readonly<Record<string, Amounts>>;
  readonly annual?: Readonly<Record<string, Amounts>>;
}

/** The offer of a site that states none: support monthly from $2. */
export const defaultOffer: Offer = {
  id: 'support',
  monthly: {USD: {min: 200, max: 100_000, presets: [200, 500, 1000, 2000], preset: 500}},
  annual: {USD: {min: 2000, max: 1_000_000, presets: [2000, 5000, 10_000, 20_000], preset: 5000}},
  once: {USD: {min: 200, max: 1_000_000, presets: [500, 1000, 2500, 5000], preset: 1000}},
};

/** The amounts of one frequency and currency, if any can be given. What is no sane range is no offer. */
export function amountsOf(
  offer: Offer,
  frequency: Frequency,
  currency: string,
): Amounts | undefined {
  const amounts = offer[frequency]?.[currency];
  // A site's own script may hand over anything.
  const {min, max, presets, preset} = Object(amounts) as Amounts;
  const isList: boolean = Array.isArray(presets);
  // Three capitals are no name of what every object has.
  return /^[A-Z]{3}$/.test(currency) &&
    isList &&
    [max, preset, ...presets].every(
      minor => Number.isSafeInteger(minor) && minor > 0 && minor >= min && minor <= max,
    ) &&
    leastOf({min}, currency) <= max
    ? amounts
    : undefined;
}

/** The smallest amount in the range that Stripe can charge. */
export function leastOf({min}: Pick<Amounts, 'min'>, currency: string): number {
  const {step} = minorUnits(currency);
  return Math.max(1, Math.ceil(min / step)) * step;
}

/** The frequencies that are offered in the given currency, or in any. */
export function offeredFrequencies(offer: Offer, currency?: string): Frequency[] {
  return frequencies.filter(frequency =>
    (currency ? [currency] : Object.keys(offer[frequency] ?? {})).some(each =>
      amountsOf(offer, frequency, each),
    ),
  );
}

/** The currencies that are offered, each once, in the order of the offer. */
export function offeredCurrencies(offer: Offer): string[] {
  const all = frequencies.flatMap(frequency =>
    Object.keys(offer[frequency] ?? {}).filter(each => amountsOf(offer, frequency, each)),
  );
  return [...new Set(all)];
}

/** What a site's own script handed over, or the default where nothing of it can be given. */
export function saneOffer(given: unknown): Offer {
  try {
    const offer = given as Offer;
    if (offeredCurrencies(offer)[0]) return offer;
  } catch {
    // No offer at all.
  }
  return defaultOffer;
}

/** What `{from}` in copy shows: the smallest amount of the first offered frequency, as the form really sells it. */
export function fromPrice(
  offer: Offer,
  currency: string,
): {readonly money: Money; readonly frequency: Frequency} | undefined {
  const [frequency] = offeredFrequencies(offer, currency);
  const amounts = frequency && amountsOf(offer, frequency, currency);
  return amounts && {money: {minor: leastOf(amounts, currency), currency}, frequency};
}
