/**
 * Writes the usual amounts without `Intl`, whose first format holds a process up for 20 to 60 ms:
 * see docs/decisions/plain-amounts.md.
 */

/** How a currency is written: its sign, and the locales that put it before or behind the digits. */
const spellings: Readonly<
  Record<string, {sign: string; before: readonly string[]; behind: readonly string[]}>
> = {
  USD: {sign: '$', before: ['en', 'en-US'], behind: []},
  EUR: {
    sign: '€',
    before: ['en', 'en-US', 'en-GB'],
    behind: ['de', 'de-DE', 'es', 'es-ES', 'fr', 'fr-FR', 'ru', 'ru-RU'],
  },
  GBP: {sign: '£', before: ['en', 'en-US', 'en-GB'], behind: []},
};

/** Writes a whole amount below a thousand as `Intl` would, or returns `undefined` where that is not sure. */
export function plainAmount(minor: number, currency: string, locale: string): string | undefined {
  const spelling = Object.hasOwn(spellings, currency) ? spellings[currency] : undefined;
  if (!spelling || minor < 0 || minor >= 100_000 || minor % 100 !== 0) return undefined;
  const {sign, before, behind} = spelling;
  const major = minor / 100;
  if (before.includes(locale)) return `${sign}${major}`;
  if (behind.includes(locale)) return `${major}\u00a0${sign}`;
  return undefined;
}
