/** Reads the metadata that the kit writes on every session, payment and subscription at Stripe. */

import {frequencies, type Frequency, isCurrency, type Money} from 'reader-support/core';

/** Metadata as Stripe returns it. */
export type Metadata = Readonly<Record<string, string>> | null | undefined;

/** Whether the kit created the object. A site's other payments reach the same webhook endpoint. */
export function isOurs(values: Metadata): boolean {
  return values?.['rs'] === '1';
}

/** Returns the frequency the reader chose. */
export function frequencyOf(values: Metadata): Frequency | undefined {
  return frequencies.find(frequency => frequency === values?.['rs_frequency']);
}

/** Returns an amount in Stripe's notation as money; `undefined` when the currency is unknown. */
export function moneyFromMetadata(minor: number, currency: string): Money | undefined {
  const code = currency.toUpperCase();
  return isCurrency(code) ? {minor, currency: code} : undefined;
}
