/**
 * Writes the usual amounts without `Intl`, whose first format holds a process up for 20 to 60 ms:
 * see docs/decisions/plain-amounts.md.
 */

/** The sign of a currency, and the locales that write it before or behind the digits. */
interface Spelling {
  readonly sign: string;
  readonly before: RegExp;
  readonly behind?: RegExp;
}

const spellings: Readonly<Record<string, Spelling>> = {
  USD: {sign: '$', before: /^en(-US)?$/},
  EUR: {sign: '€', before: /^en(-US|-GB)?$/, behind: /^(de|es|fr|ru)(-\1)?$/i},
  GBP: {sign: '£', before: /^en(-US|-GB)?$/},
};

/** Writes a whole amount below a thousand as `Intl` would, or returns `undefined` where that is not sure. */
export function plainAmount(minor: number, currency: string, locale: string): string | undefined {
  const spelling = Object.hasOwn(spellings, currency) ? spellings[currency] : undefined;
  if (!spelling || minor < 0 || minor >= 100_000 || minor % 100 !== 0) return undefined;
  const {sign, before, behind} = spelling;
  const major = minor / 100;
  if (before.test(locale)) return `${sign}${major}`;
  if (behind?.test(locale)) return `${major}\u00a0${sign}`;
  return undefined;
}
