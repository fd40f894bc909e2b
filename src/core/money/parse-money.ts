/** Reads the amount that a reader typed, in the notation of the page's locale. */

import {isCurrency} from './currencies.js';
import {moneyNotation, simplifyAmount, type MoneyNotation} from './money-notation.js';
import {minorUnits, type Money} from './money.js';

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
  {readonly ok: true; readonly money: Money} | {readonly ok: false; readonly reason: MoneyProblem};

/** A hyphen, a dash or a minus sign before an amount. */
const minus = /^[-‐-―−﹣－] ?/;

/** What stands where the amount was, once the currency's name and a minus sign are taken off. */
interface Stripped {
  readonly text: string;
  readonly isNegative: boolean;
  /** The name that stood before the amount. */
  readonly nameBefore: string | undefined;
}

function stripSignAndName(typed: string, names: readonly string[]): Stripped {
  let text = typed.replace(minus, '');
  const hasSignFirst = text !== typed;
  const nameBefore = names.find(name => text.startsWith(name));
  if (nameBefore) {
    // "Rs. 5": before a space, a full stop ends a name.
    text = text.slice(nameBefore.length).replace(/^\. /, '').trim();
  }
  const nameAfter = names.find(name => text.endsWith(name) || text.endsWith(name + '.'));
  if (nameAfter) text = text.slice(0, text.lastIndexOf(nameAfter)).trim();
  const unsigned = text.replace(minus, '');
  return {text: unsigned, isNegative: hasSignFirst || unsigned !== text, nameBefore};
}

/** Writes the digits of any script as 0 to 9, and counts the scripts. */
function toAsciiDigits(text: string): {readonly text: string; readonly scripts: number} {
  const zeros = new Set<number>();
  const ascii = text.replace(/\p{Nd}/gu, digit => {
    const point = digit.normalize('NFKC').codePointAt(0) ?? 0;
    // Unicode keeps the ten digits of a script together and in order.
    let distance = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(point - distance - 1))) distance++;
    zeros.add(point - (distance % 10));
    return String(distance % 10);
  });
  return {text: ascii, scripts: zeros.size};
}

/** Replaces every sign by its meaning: `.` decimal, `,` or itself group, `?` unknown here, `!` not of an amount. */
const toShape = (text: string, {decimals, groups}: MoneyNotation): string =>
  text.replace(/\D/g, sign => {
    if (decimals.includes(sign)) return '.';
    if (groups.includes(sign)) return sign.replace('.', ',');
    return /[.,،]/.test(sign) ? '?' : '!';
  });

// Digits alone or in groups of three by one sign, then a fraction.
const western =
  /^(?<whole>\d*|[1-9]\d{0,2}(?<sign>[^\d.?])\d{3}(?:\k<sign>\d{3})*)(?:\.(?<fraction>\d*))?$/;
// A last group of three and groups of two before it: 1,00,000.
const indian = /^(?<whole>[1-9]\d?(?<sign>[^\d.?])(?:\d\d\k<sign>)*\d{3})(?:\.(?<fraction>\d*))?$/;

/** Turns digits into minor units; nothing is rounded. */
function toMoney(whole: string, fraction: string, currency: string): ParsedMoney {
  const refuse = (reason: MoneyProblem): ParsedMoney => ({ok: false, reason});
  const {digits, step} = minorUnits(currency);
  // Cents that are zero are exact in yen as well; a third digit is more likely a group.
  if (fraction.length > (digits || 2) || Number(fraction.slice(digits))) {
    return refuse('too-precise');
  }
  const written = whole + fraction.padEnd(digits, '0').slice(0, digits);
  const significant = written.replace(/^0+|\D/g, '');
  if (significant.length > 8) return refuse('too-large');
  const minor = Number(significant);
  if (minor % step) return refuse('too-precise');
  return minor ? {ok: true, money: {minor, currency}} : refuse('zero');
}

/**
 * Reads what a reader typed in the page's locale. The locale's own signs decide; a text that could mean two
 * amounts is refused as `ambiguous`, and nothing is ever rounded.
 */
export function parseMoney(text: string, currency: string, locale: string): ParsedMoney {
  const refuse = (reason: MoneyProblem): ParsedMoney => ({ok: false, reason});
  if (!isCurrency(currency)) return refuse('unknown-currency');
  const typed = simplifyAmount(text);
  if (!typed) return refuse('empty');

  const notation = moneyNotation(locale, currency);
  const stripped = stripSignAndName(typed, notation.names);
  // "5,-" and "5:-" are whole amounts.
  const {text: ascii, scripts} = toAsciiDigits(stripped.text.replace(/[.,:٫][-‐-―−]{1,2}$/, ''));
  const shape = toShape(ascii, notation);

  if (!/\d/.test(shape) || shape.includes('!')) return refuse('not-a-number');
  if (stripped.isNegative) return refuse('negative');
  const match = western.exec(shape) ?? (notation.indian ? indian.exec(shape) : null);
  if (!match) return refuse('ambiguous');
  // Digits of two scripts may be shown in another order than they are stored.
  if (scripts > 1) return refuse('ambiguous');
  // "kr.5" may be kr. 5 or kr .5; after a currency sign a full stop belongs to the amount.
  const {nameBefore} = stripped;
  if (nameBefore && /^\D/.test(shape) && !/\p{Sc}$/u.test(nameBefore)) return refuse('ambiguous');

  const {whole = '', fraction = ''} = match.groups ?? {};
  return toMoney(whole, fraction, currency);
}
