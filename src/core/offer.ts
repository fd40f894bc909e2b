/** What can a reader give, how often, and in which currency? */

import type {Money} from './money.js';

export type Frequency = 'once' | 'monthly' | 'annual';

/** Every frequency, in the order in which it is offered. */
export const frequencies: readonly Frequency[] = ['monthly', 'annual', 'once'];

/** What can be given in one currency, in minor units. */
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

/** The offer of a site that states none: monthly from $2. */
export const defaultOffer: Offer = {
  id: 'support',
  monthly: {USD: {min: 200, max: 100000, presets: [200, 500, 1000, 2000], preset: 500}},
  annual: {USD: {min: 2000, max: 1000000, presets: [2000, 5000, 10000, 20000], preset: 5000}},
  once: {USD: {min: 200, max: 1000000, presets: [500, 1000, 2500, 5000], preset: 1000}},
};

/** The frequencies that are offered, in the given currency or in any. */
export function offeredFrequencies(offer: Offer, currency?: string): Frequency[] {
  return frequencies.filter(f => {
    const amounts = offer[f];
    return amounts && (currency ? Object.hasOwn(amounts, currency) : Object.keys(amounts).length);
  });
}

/** The currencies that are offered, each once, in the order of the offer. */
export function offeredCurrencies(offer: Offer): string[] {
  return [...new Set(frequencies.flatMap(f => Object.keys(offer[f] ?? {})))];
}

/** The currency to start with: the configured one, else that of the reader's region, else the first. */
export function chooseCurrency(
  offer: Offer,
  wanted: {readonly configured?: string; readonly locale?: string; readonly country?: string},
): string {
  const offered = offeredCurrencies(offer);
  return offered.find(c => c === wanted.configured) ?? offered[0] ?? 'USD';
}

export type AmountVerdict =
  | {readonly ok: true}
  | {
      readonly ok: false;
      readonly because: 'not-offered' | 'amount-too-small' | 'amount-too-large' | 'wrong-step';
      readonly min?: Money;
      readonly max?: Money;
    };

/** Whether the offer sells this amount. */
export function checkAmount(offer: Offer, frequency: Frequency, money: Money): AmountVerdict {
  const amounts = offer[frequency]?.[money.currency];
  if (!amounts) return {ok: false, because: 'not-offered'};
  if (money.minor < amounts.min)
    return {ok: false, because: 'amount-too-small', min: {...money, minor: amounts.min}};
  if (money.minor > amounts.max)
    return {ok: false, because: 'amount-too-large', max: {...money, minor: amounts.max}};
  return {ok: true};
}

/** What `{from}` shows: the smallest amount of the first offered frequency. */
export function fromPrice(
  offer: Offer,
  currency: string,
): {readonly money: Money; readonly frequency: Frequency} | undefined {
  const [frequency] = offeredFrequencies(offer, currency);
  const amounts = frequency && offer[frequency]?.[currency];
  return amounts && {money: {minor: amounts.min, currency}, frequency};
}
