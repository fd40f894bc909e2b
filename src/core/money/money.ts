/** Declares amounts of money and formats them. */

import {ownProperties} from '../own-properties.js';
import {plainAmount} from './plain-amount.js';

/** An amount: integer minor units as Stripe counts them, and an upper-case ISO 4217 code. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

/**
 * Returns Stripe's minor units: `10^digits` of them are one major unit, and amounts are multiples of
 * `step`. They differ from ISO's and Intl's: https://docs.stripe.com/currencies
 */
export function minorUnits(currency: string): {readonly digits: number; readonly step: number} {
  return /^(BIF|CLP|DJF|GNF|JPY|KMF|KRW|MGA|PYG|RWF|VND|VUV|XAF|XOF|XPF)$/.test(currency)
    ? {digits: 0, step: 1}
    : /^(BHD|JOD|KWD|OMR|TND)$/.test(currency)
      ? {digits: 3, step: 10}
      : {digits: 2, step: /^(ISK|UGX)$/.test(currency) ? 100 : 1};
}

/** Returns a number format in the given locale, or in English when the locale is invalid. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const own = ownProperties(options);
  try {
    return new Intl.NumberFormat([locale.replaceAll('_', '-'), 'en'], own);
  } catch {
    // An invalid language tag; or an invalid currency, which throws again.
    return new Intl.NumberFormat('en', own);
  }
}

/** Shows an amount as the locale writes it: "$5", or "$5.00" when not trimmed. An unknown locale is English. */
export function formatMoney(
  money: Money,
  locale: string,
  options?: {readonly trim?: boolean},
): string {
  const {minor, currency} = money;
  const {digits, step} = minorUnits(currency);
  const whole = minor % 10 ** digits === 0;
  const shown = whole && (step > 10 || options?.trim !== false) ? 0 : digits;
  const plain = shown === 0 && plainAmount(minor, currency, locale);
  if (plain) return plain;
  try {
    const text = numberFormat(locale, {
      style: 'currency',
      currency,
      minimumFractionDigits: shown,
      maximumFractionDigits: shown,
    }).format(`${minor}e-${digits}` as `${number}`);
    // In right-to-left text "US$" would be displayed as "$US".
    return text.includes('\u200f') ? text.replace(/[A-Z]+\$/, '$&\u200e') : text;
  } catch {
    // Not a currency code.
    return `${(minor / 10 ** digits).toFixed(digits)} ${currency}`;
  }
}

/** Returns the exact amount in major units, in ASCII with a dot: "2.50". */
export function toMajor({minor, currency}: Money): string {
  const {digits} = minorUnits(currency);
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  const cut = text.length - digits;
  return (minor < 0 ? '-' : '') + text.slice(0, cut) + (digits ? '.' : '') + text.slice(cut);
}
