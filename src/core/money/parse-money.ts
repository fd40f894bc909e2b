/** What did a reader mean by the amount they typed? */

import {isCurrency} from './currencies.js';
import {minorUnits, numberFormat, type Money} from './money.js';

/** Why a text is not an amount. */
export type MoneyProblem =
  | 'empty'
  | 'not-a-number'
  | 'negative'
  | 'zero'
  | 'ambiguous'
  | 'too-precise'
  | 'too-large'
  | 'unknown-currency';

export type ParsedMoney =
  {readonly ok: true; readonly money: Money} | {readonly ok: false; readonly because: MoneyProblem};

const simplify = (text: string): string =>
  text
    // Zero-width and direction marks. A right-to-left override stays, and is refused: it shows another number.
    .replace(/[\u200b-\u200f\u061c\u202a-\u202d\u2066-\u2069\ufeff]/g, '')
    .replace(/\p{Zs}+/gu, ' ')
    .replace(/[‘’ʼ＇]/g, "'")
    .replace(/[，．￥＄]/g, sign => sign.normalize('NFKC'))
    .trim()
    .toLowerCase();

/** Signs that people write and Unicode's locale data does not list. */
const written = 'JPY円 CNY元 KRW원 TWD元 RUBруб INRrs CHFfr PLNzl';

interface Notation {
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

let latest: Notation | undefined;

/** How amounts are written in a locale and a currency. The latest is kept: a form asks at every key. */
function notation(locale: string, currency: string): Notation {
  const key = locale + currency;
  if (latest?.key === key) return latest;
  // Spaces and apostrophes are never decimal signs; the Arabic signs have one meaning each.
  let decimals = '٫';
  let groups = "٬ '";
  let indian = false;
  const names = new Set([written.split(currency)[1]?.split(' ')[0] ?? '']);
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
        for (const {type, value} of samples.flatMap(one => format.formatToParts(one))) {
          const sign = simplify(value);
          if (type === 'currency') {
            // Whoever types a name may leave out its last full stop, and which country's dollars they are.
            names.add(sign).add(sign.replace(/\.$/, ''));
            if (tag === 'en' && currencyDisplay === 'name') names.add(sign.replace(/^.* /, ''));
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

const minus = /^[-‐-―−﹣－] ?/;

/**
 * Reads what a reader typed in the page's locale. The locale's own signs decide; what could mean two amounts is
 * refused as `ambiguous`, and nothing is ever rounded.
 */
export function parseMoney(text: string, currency: string, locale: string): ParsedMoney {
  const no = (because: MoneyProblem): ParsedMoney => ({ok: false, because});
  if (!isCurrency(currency)) return no('unknown-currency');
  const typed = simplify(text);
  if (!typed) return no('empty');
  const {decimals, groups, indian, names} = notation(locale, currency);

  let rest = typed.replace(minus, '');
  let negative = rest !== typed;
  const before = names.find(name => rest.startsWith(name));
  // "Rs. 5": before a space, a full stop ends a name.
  if (before) rest = rest.slice(before.length).replace(/^\. /, '').trim();
  const after = names.find(name => rest.endsWith(name) || rest.endsWith(name + '.'));
  if (after) rest = rest.slice(0, rest.lastIndexOf(after)).trim();
  const unsigned = rest.replace(minus, '');
  negative ||= rest !== unsigned;

  const zeros = new Set<number>();
  const plain = unsigned
    // "5,-" and "5:-" are whole amounts.
    .replace(/[.,:٫][-‐-―−]{1,2}$/, '')
    .replace(/\p{Nd}/gu, digit => {
      const point = digit.normalize('NFKC').codePointAt(0) ?? 0;
      // Unicode keeps the ten digits of a script together and in order.
      let place = 0;
      while (/\p{Nd}/u.test(String.fromCodePoint(point - place - 1))) place++;
      zeros.add(point - (place % 10));
      return String(place % 10);
    });
  // From here on "." is the decimal sign, "?" a sign without a meaning here, "!" anything else.
  const shape = plain.replace(/\D/g, sign =>
    decimals.includes(sign)
      ? '.'
      : groups.includes(sign)
        ? sign.replace('.', ',')
        : /[.,،]/.test(sign)
          ? '?'
          : '!',
  );
  if (!/\d/.test(shape) || shape.includes('!')) return no('not-a-number');
  if (negative) return no('negative');
  const match =
    /^(\d*|[1-9]\d{0,2}([^\d.?])\d{3}(?:\2\d{3})*)(?:\.(\d*))?$/.exec(shape) ??
    (indian && /^([1-9]\d?([^\d.?])(?:\d\d\2)*\d{3})(?:\.(\d*))?$/.exec(shape));
  // Digits of two scripts may be shown in another order than they are kept, and "kr.5" may be kr. 5 or kr .5.
  if (!match || zeros.size > 1 || (before && /^\D/.test(shape) && !/\p{Sc}$/u.test(before)))
    return no('ambiguous');

  const {digits, step} = minorUnits(currency);
  const fraction = match[3] ?? '';
  // Cents that are zero are exact in yen as well; a third digit smells of a group.
  if (fraction.length > (digits || 2) || Number(fraction.slice(digits))) return no('too-precise');
  const minor = ((match[1] ?? '') + fraction.padEnd(digits, '0').slice(0, digits)).replace(
    /^0+|\D/g,
    '',
  );
  if (minor.length > 8) return no('too-large');
  const exact = Number(minor);
  if (exact % step) return no('too-precise');
  return exact ? {ok: true, money: {minor: exact, currency}} : no('zero');
}
