/** Declares what a reader can give, how often and in which currency. */

import {minorUnits, type Money} from './money.js';
import {ownProperties} from '../own-properties.js';

export type Frequency = 'once' | 'monthly' | 'annual';

/** Every frequency, in the order of the form. */
export const frequencies: readonly Frequency[] = ['monthly', 'annual', 'once'];

/** The amounts in one currency, in minor units. `preset` is selected at first. */
export interface Amounts {
  readonly min: number;
  readonly max: number;
  readonly presets: readonly number[];
  readonly preset: number;
  /** Whether no other amounts are sold. */
  readonly presetsOnly?: boolean;
}

/** The amounts by frequency and currency. */
export interface Offer {
  readonly id?: string;
  readonly once?: Readonly<Record<string, Amounts>>;
  readonly monthly?: Readonly<Record<string, Amounts>>;
  readonly annual?: Readonly<Record<string, Amounts>>;
  /** The frequencies that a form shows, in their order. Default: all that are offered. */
  readonly frequencies?: readonly Frequency[] | undefined;
}

/** The offer of a site that configures none: support monthly from $2. */
export const defaultOffer: Offer = {
  id: 'support',
  monthly: {USD: {min: 200, max: 100_000, presets: [200, 500, 1000, 2000], preset: 500}},
  annual: {USD: {min: 2000, max: 1_000_000, presets: [2000, 5000, 10_000, 20_000], preset: 5000}},
  once: {USD: {min: 200, max: 1_000_000, presets: [500, 1000, 2500, 5000], preset: 1000}},
};

/** Returns the amounts of a frequency and currency; `undefined` when they are missing or invalid. */
export function amountsOf(
  offer: Offer,
  frequency: Frequency,
  currency: string,
): Amounts | undefined {
  const amounts = offer[frequency]?.[currency];
  // A site's own script may pass anything.
  const {min, max, presets, preset} = ownProperties(Object(amounts)) as Amounts;
  const isList: boolean = Array.isArray(presets);
  // No inherited property is named by three capitals.
  return /^[A-Z]{3}$/.test(currency) &&
    isList &&
    [max, preset, ...presets].every(
      minor => Number.isSafeInteger(minor) && minor > 0 && minor >= min && minor <= max,
    ) &&
    leastOf({min}, currency) <= max
    ? amounts
    : undefined;
}

/** Returns the smallest amount in the range that Stripe can charge. */
export function leastOf({min}: Pick<Amounts, 'min'>, currency: string): number {
  const {step} = minorUnits(currency);
  return Math.max(1, Math.ceil(min / step)) * step;
}

/** Returns the frequencies that are offered in the given currency, or in any, in the order of the form. */
export function offeredFrequencies(offer: Offer, currency?: string): Frequency[] {
  const isOffered = (frequency: Frequency) =>
    (currency ? [currency] : Object.keys(offer[frequency] ?? {})).some(code =>
      amountsOf(offer, frequency, code),
    );
  const listed = (Object.hasOwn(offer, 'frequencies') && offer.frequencies) || [];
  const shown = frequencies.filter(isOffered);
  const inOrder = [...new Set(listed)].filter(frequency => shown.includes(frequency));
  return inOrder[0] ? inOrder : shown;
}

/** Returns the offered currencies, each once, in the order of the offer. */
export function offeredCurrencies(offer: Offer): string[] {
  const all = frequencies.flatMap(frequency =>
    Object.keys(offer[frequency] ?? {}).filter(code => amountsOf(offer, frequency, code)),
  );
  return [...new Set(all)];
}

/** Returns the offer that a site's script passed, or the default where nothing in it is valid. */
export function saneOffer(given: unknown): Offer {
  try {
    const offer = ownProperties(given as Offer);
    if (offeredCurrencies(offer)[0]) return offer;
  } catch {
    // Not an offer.
  }
  return defaultOffer;
}

/** Returns the amount that `{from}` shows: the smallest one the form sells at the first offered frequency. */
export function fromPrice(
  offer: Offer,
  currency: string,
): {readonly money: Money; readonly frequency: Frequency} | undefined {
  const [frequency] = offeredFrequencies(offer, currency);
  const amounts = frequency && amountsOf(offer, frequency, currency);
  return amounts && {money: {minor: leastOf(amounts, currency), currency}, frequency};
}
