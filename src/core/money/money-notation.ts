/** Lists the signs and names with which a locale writes amounts of a currency. */

import {numberFormat} from './money.js';

/** Writes spaces, quotes and commas in one way and letters in lower case, in what a reader typed and in a locale's signs. */
export const simplifyAmount = (text: string): string =>
  text
    // Zero-width and direction marks. A right-to-left override stays, and is refused: it shows another number.
    .replace(/[\u200b-\u200f\u061c\u202a-\u202d\u2066-\u2069\ufeff]/g, '')
    .replace(/\p{Zs}+/gu, ' ')
    .replace(/[‘’ʼ＇]/g, "'")
    .replace(/[，．￥＄]/g, sign => sign.normalize('NFKC'))
    .trim()
    .toLowerCase()
    // Turkish has an i without a dot and an I with one; "TÜRK LİRASI" has lost the first and kept the second.
    .replace(/ı|i\u0307/g, 'i');

/** Signs and words that people write and Unicode's locale data does not list. */
const writtenNames: Readonly<Record<string, string>> = {
  JPY: '円',
  CNY: '元',
  KRW: '원',
  TWD: '元',
  RUB: 'руб р',
  INR: 'rs',
  CHF: 'fr',
  PLN: 'zl',
  UAH: 'грн',
  TRY: 'tl lira',
};

/** The signs of one locale and one currency. */
export interface MoneyNotation {
  readonly key: string;
  /** Signs before the fraction. */
  readonly decimals: string;
  /** Signs between groups of digits. */
  readonly groups: string;
  /** Whether groups may be 1,00,000. */
  readonly indian: boolean;
  /** Every way to name the currency, longest first. */
  readonly names: readonly string[];
}

let latest: MoneyNotation | undefined;

/** How amounts are written in a locale and a currency. The latest is kept, because a form asks at every key. */
export function moneyNotation(locale: string, currency: string): MoneyNotation {
  const key = locale + currency;
  if (latest?.key === key) return latest;
  // Spaces and apostrophes are never decimal signs; the Arabic signs have one meaning each.
  let decimals = '٫';
  let groups = "٬ '";
  let indian = false;
  const names = new Set(writtenNames[currency]?.split(' '));
  // Names have a form for one, for a few and for many.
  const samples = [123456789.5, 1, 2, 5];
  for (const tag of [locale, 'en'])
    for (const currencyDisplay of ['symbol', 'narrowSymbol', 'code', 'name', undefined] as const)
      for (const numberingSystem of ['latn', undefined]) {
        const format = numberFormat(tag, {
          style: currencyDisplay ? 'currency' : 'decimal',
          currency,
          currencyDisplay,
          numberingSystem,
          minimumFractionDigits: currencyDisplay === 'name' ? 0 : 1,
        });
        for (const {type, value} of samples.flatMap(sample => format.formatToParts(sample))) {
          const sign = simplifyAmount(value);
          if (type === 'currency') {
            // Whoever types a name may leave out its last full stop, and which country's dollars they are:
            // "złotych polskich" ends with the country, "US dollars" begins with it.
            names.add(sign).add(sign.replace(/\.$/, ''));
            if (currencyDisplay === 'name') names.add(sign.replace(/^.* /, ''));
            if (currencyDisplay === 'name' && tag !== 'en') names.add(sign.replace(/ .*$/, ''));
            // Dollars are told apart by letters of their code: US$, A$, NZ$.
            if (sign === '$')
              for (const n of [1, 2]) names.add(currency.slice(0, n).toLowerCase() + sign);
          }
          if (tag === locale) {
            if (type === 'decimal') decimals += sign;
            if (type === 'group') groups += sign;
            if (type === 'integer' && /^..$/u.test(value)) indian = true;
          }
        }
      }
  return (latest = {
    key,
    decimals,
    groups,
    indian,
    names: [...names].filter(Boolean).sort((a, b) => b.length - a.length),
  });
}
