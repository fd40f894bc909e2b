/** What can a reader give, how often, and in which currency? */

import {isCurrency, minorUnits, type Money} from './money.js';

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

const euro =
  'AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK'.split(' ');

/** Countries that use another's currency. */
const shared: Readonly<Record<string, string>> = {
  EC: 'USD',
  PA: 'USD',
  PR: 'USD',
  SV: 'USD',
  LI: 'CHF',
};

function regionOf(locale: string): string {
  try {
    return new Intl.Locale(locale.replaceAll('_', '-')).maximize().region ?? '';
  } catch {
    return '';
  }
}

/** The currency to start with: the configured one, else that of the reader's region, else the first. */
export function chooseCurrency(
  offer: Offer,
  wanted: {readonly configured?: string; readonly locale?: string; readonly country?: string},
): string {
  const offered = offeredCurrencies(offer);
  const {configured, locale = '', country} = wanted;
  const region = country ?? regionOf(locale);
  const local = euro.includes(region) ? 'EUR' : shared[region];
  return (
    offered.find(one => one === configured) ??
    offered.find(one => one === local) ??
    // Other currencies begin with their country: CAD, JPY, SEK.
    offered.find(one => !local && region && one.startsWith(region)) ??
    offered[0] ??
    'USD'
  );
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
  const {minor, currency} = money;
  const byCurrency = offer[frequency];
  const amounts =
    byCurrency && Object.hasOwn(byCurrency, currency) ? byCurrency[currency] : undefined;
  if (!amounts || !isCurrency(currency)) return {ok: false, because: 'not-offered'};
  const range = {min: {minor: amounts.min, currency}, max: {minor: amounts.max, currency}};
  // Written so that NaN fails it.
  if (!(minor >= amounts.min)) return {ok: false, because: 'amount-too-small', ...range};
  if (!(minor <= amounts.max)) return {ok: false, because: 'amount-too-large', ...range};
  if (minor % minorUnits(currency).step !== 0) return {ok: false, because: 'wrong-step', ...range};
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
