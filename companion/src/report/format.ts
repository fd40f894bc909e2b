/** Formats the money, shares and counts of a report as editors read them. */

import {formatMoney, minorUnits} from 'reader-support/core';

/** Formats money in whole units from ten on, because cents of a mean are noise. */
export function printMoney(minor: number, currency: string): string {
  return formatMoney({minor: roughly(minor, currency), currency}, 'en');
}

/** Rounds to three digits, so that uncertain numbers do not look exact. */
function roughly(minor: number, currency: string): number {
  const unit = 10 ** minorUnits(currency).digits;
  const digits = 10 ** Math.max(Math.floor(Math.log10(Math.abs(minor) || 1)) - 2, 0);
  const size = Math.abs(minor) < 10 * unit ? digits : Math.max(digits, unit);
  return Math.round(minor / size) * size;
}

/** Formats a change as a percentage with its sign: a lift of 0.2 is `+20 %`. */
export const changeOf = (share: number, digits = 0): string =>
  `${share < 0 ? '−' : '+'}${percentOf(Math.abs(share), digits)}`;

/** Formats a share as a percentage, without a negative zero and with a real minus sign. */
export const percentOf = (share: number, digits = 0): string =>
  `${(share * 100)
    .toFixed(digits)
    .replace(/^-(?=[0.]+$)/, '')
    .replace('-', '−')} %`;

/** Formats a count, rounded. */
export const countOf = (count: number): string => Math.round(count).toLocaleString('en');

/** Formats a count with its noun. */
export const plural = (count: number, singular: string, many: string): string =>
  `${countOf(count)} ${count === 1 ? singular : many}`;
