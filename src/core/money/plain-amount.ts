/**
 * Writes the usual amounts without `Intl`, whose first format holds a process up for 20 to 60 ms:
 * see docs/decisions/plain-amounts.md.
 */

/** A currency, the locales that write it alike, and how they write five of it. */
type Spelling = readonly [currency: string, locales: RegExp, five: string];

const spellings: readonly Spelling[] = [
  ['USD', /^en(-US)?$/, '$5'],
  ['GBP', /^en(-US|-GB)?$/, '£5'],
  ['EUR', /^en(-US|-GB)?$/, '€5'],
  ['EUR', /^(de|es|fr|it|ru)(-\1)?$/i, '5\u00a0€'],
  ['EUR', /^nl(-NL)?$/, '€\u00a05'],
  ['BRL', /^pt(-BR)?$/, 'R$\u00a05'],
  ['PLN', /^pl(-PL)?$/, '5\u00a0zł'],
  ['UAH', /^uk(-UA)?$/, '5\u00a0₴'],
  ['TRY', /^tr(-TR)?$/, '₺5'],
];

/** Writes a whole amount below a thousand as `Intl` would, or returns `undefined` where that is not sure. */
export function plainAmount(minor: number, currency: string, locale: string): string | undefined {
  if (minor < 0 || minor >= 100_000 || minor % 100 !== 0) return undefined;
  const spelling = spellings.find(([code, locales]) => code === currency && locales.test(locale));
  return spelling?.[2].replace('5', String(minor / 100));
}
