/** What do the kit's own notes at Stripe say? It writes them on every session, payment and subscription. */

import {isCurrency} from '../../core/money/currencies.js';
import type {GiftSource} from '../../core/money/gift.js';
import type {Money} from '../../core/money/money.js';
import {frequencies, type Frequency} from '../../core/money/offer.js';

/** Notes as Stripe keeps them. */
export type Metadata = Readonly<Record<string, string>> | null | undefined;

/** Whether the kit made it. A site's other payments arrive at the same endpoint. */
export function isOurs(values: Metadata): boolean {
  return values?.['rs'] === '1';
}

/** The frequency that was asked for. */
export function frequencyOf(values: Metadata): Frequency | undefined {
  return frequencies.find(frequency => frequency === values?.['rs_frequency']);
}

/** Where the gift came from. */
export function sourceOf(values: Metadata): GiftSource {
  const names = [
    'offer',
    'campaign',
    'experiment',
    'arm',
    'exposure',
    'holdback',
    'placement',
    'page',
    'attempt',
  ] as const;
  const noted = [
    ...names.map(name => [name, values?.[`rs_${name}`]] as const),
    ['holdbackExposure', values?.['rs_holdback_exposure']] as const,
  ];
  return Object.fromEntries(noted.filter(([, value]) => value));
}

/** An amount as Stripe writes it; `undefined` when the currency is none. */
export function moneyOf(minor: number, currency: string): Money | undefined {
  const code = currency.toUpperCase();
  return isCurrency(code) ? {minor, currency: code} : undefined;
}
