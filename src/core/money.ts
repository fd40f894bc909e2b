/** What did a reader mean by the amount they typed, and how is an amount shown? */

/** An amount: integer minor units as Stripe counts them, and an upper-case ISO 4217 code. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

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

/** Every currency Stripe charges in. */
export const currencies: readonly string[] =
  'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ETB EUR FJD FKP GBP GEL GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR ISK JMD JOD JPY KES KGS KHR KMF KRW KWD KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SEK SGD SHP SLE SOS SRD STD SZL THB TJS TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW'.split(
    ' ',
  );

/** Whether Stripe charges in this currency. */
export function isCurrency(code: string): boolean {
  return currencies.includes(code);
}

/**
 * Stripe's minor units, which are not those of `Intl` (https://docs.stripe.com/currencies):
 * `10^digits` of them are one major unit, and an amount is a multiple of `step`.
 */
export function minorUnits(currency: string): {readonly digits: number; readonly step: number} {
  if ('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.includes(currency)) {
    return {digits: 0, step: 1};
  }
  if ('BHD JOD KWD OMR TND'.includes(currency)) return {digits: 3, step: 10};
  return {digits: 2, step: 'ISK UGX'.includes(currency) ? 100 : 1};
}

/** Stripe charges at most eight digits of minor units. */
export const mostMinor = 99_999_999;

/** The locale, or the next best one this runtime knows: `en_US` is `en-US`, nonsense is `en`. */
export function knownLocale(locale: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf([locale.replaceAll('_', '-')])[0] ?? 'en';
  } catch {
    return 'en';
  }
}

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(knownLocale(locale), options)));
  return format;
}

/** Full-width and other compatible forms, marks of direction, and every script's digits as ASCII. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '')
    .replaceAll(/\p{Nd}/gu, digit => {
      const code = digit.codePointAt(0) ?? 0;
      let zero = code;
      while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
      return String(code - zero);
    })
    .replaceAll(/\s/g, ' ')
    .replaceAll(/[\u2019\u02BC`\u00B4]/g, "'")
    .trim();
}

/** What a locale puts between and around the digits of an amount. */
function signsOf(currency: string, locale: string) {
  const decimal = new Set(['\u066B']);
  const group = new Set([' ', "'", '\u066C']);
  const marks = new Set([currency]);
  for (const where of [locale, 'en', 'en-CA']) {
    for (const currencyDisplay of ['symbol', 'narrowSymbol'] as const) {
      const options = {
        style: 'currency',
        currency,
        currencyDisplay,
        minimumFractionDigits: 2,
      } as const;
      for (const part of formatOf(where, options).formatToParts(1234567.8)) {
        const value = plain(part.value);
        if (part.type === 'currency') marks.add(value);
        // A group sign may be a space.
        else if (where === locale && part.type === 'group') group.add(value || ' ');
        else if (where === locale && part.type === 'decimal') decimal.add(value);
      }
    }
  }
  for (const part of formatOf(locale, {minimumFractionDigits: 1}).formatToParts(1234567.8)) {
    if (part.type === 'group') group.add(plain(part.value) || ' ');
    if (part.type === 'decimal') decimal.add(plain(part.value));
  }
  // On many keyboards of the Arabic script the only signs are the Latin ones.
  if (decimal.size === 1) {
    decimal.add('.');
    group.add(',');
  }
  return {decimal, group, marks: [...marks].sort((a, b) => b.length - a.length)};
}

/** Takes the currency's own sign or code from either end. */
function withoutMark(text: string, marks: readonly string[]): string {
  const upper = text.toUpperCase();
  // Some scripts change length with case.
  if (upper.length !== text.length) return text;
  for (const mark of marks) {
    const sign = mark.toUpperCase();
    if (!sign) continue;
    if (upper.startsWith(sign)) return text.slice(sign.length).trim();
    if (upper.endsWith(sign)) return text.slice(0, -sign.length).trim();
  }
  return text;
}

/**
 * Reads what a reader typed in the page's locale: any script's digits, the locale's signs between
 * them, the currency's sign or code. Refuses what could mean two amounts, and never rounds.
 */
export function parseMoney(text: string, currency: string, locale: string): ParsedMoney {
  const refuse = (because: MoneyProblem): ParsedMoney => ({ok: false, because});
  if (!isCurrency(currency)) return refuse('unknown-currency');
  if (text.length > 1000) return refuse('too-large');
  const typed = plain(text);
  if (!typed) return refuse('empty');

  const {decimal, group, marks} = signsOf(currency, locale);
  let number = withoutMark(typed, marks);
  const sign = /^[-\u2212\u2013(]/.exec(number);
  if (sign) number = number.slice(1);
  // A sign between the minus and the digits, or the dash that stands for "no cents".
  number = withoutMark(number.trim(), marks)
    .replace(/\)$/, '')
    .replace(/([.,])[-\u2013\u2014]+$/, '');
  if (!/\d/.test(number) || /[^\d.,' \u066B\u066C]/.test(number)) return refuse('not-a-number');
  if (sign) return refuse('negative');

  const at = [...number].findIndex(character => decimal.has(character) && !group.has(character));
  const whole = at < 0 ? number : number.slice(0, at);
  const fraction = at < 0 ? '' : number.slice(at + 1);
  // A second sign after the decimal one: somebody else's way of writing.
  if (/\D/.test(fraction)) return refuse('ambiguous');
  const separators = new Set(whole.replaceAll(/\d/g, ''));
  const [separator] = separators;
  if (separators.size > 1) return refuse('ambiguous');
  if (separator !== undefined) {
    const groups = whole.split(separator);
    const last = groups.pop() ?? '';
    const [first = '', ...middle] = groups;
    const isGrouped =
      group.has(separator) &&
      /^\d{1,3}$/.test(first) &&
      last.length === 3 &&
      // Thousands everywhere; hundreds above the last thousand in India.
      (middle.every(one => one.length === 3) ||
        (first.length < 3 && middle.every(one => one.length === 2)));
    if (!isGrouped || first.startsWith('0')) return refuse('ambiguous');
  }

  const units = whole.replaceAll(/\D/g, '').replace(/^0+/, '');
  if (units.length > 9) return refuse('too-large');
  const {digits, step} = minorUnits(currency);
  if (fraction.length > digits) return refuse('too-precise');
  const minor = Number(units + fraction.padEnd(digits, '0'));
  if (minor === 0) return refuse('zero');
  if (minor % step !== 0) return refuse('too-precise');
  if (minor > mostMinor) return refuse('too-large');
  return {ok: true, money: {minor, currency}};
}

/** Shows an amount as the locale writes it: "$5", or "$5.00" when it is not trimmed. */
export function formatMoney(
  money: Money,
  locale: string,
  options: {readonly trim?: boolean} = {},
): string {
  const {minor, currency} = money;
  if (!isCurrency(currency)) return `${toMajor(money)} ${currency}`;
  const {digits} = minorUnits(currency);
  const isWhole = minor % 10 ** digits === 0;
  return formatOf(locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: isWhole && options.trim !== false ? 0 : digits,
    maximumFractionDigits: digits,
  }).format(minor / 10 ** digits);
}

/** The exact decimal in major units, with a dot: "2.50". */
export function toMajor(money: Money): string {
  const {digits} = minorUnits(money.currency);
  const text = String(money.minor).padStart(digits + 1, '0');
  return digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
}
