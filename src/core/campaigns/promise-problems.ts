/** Finds prices in an appeal's copy that its form does not offer, and counts it cannot always make. */

import type {Copy, CampaignProblem} from './campaign.js';
import {textsOf} from '../copy/copy-fields.js';
import {countProblems} from '../copy/count-problems.js';
import {copyText, parseCopy} from '../copy/copy.js';
import {currencies} from '../money/currencies.js';
import {minorUnits, numberFormat, type Money} from '../money/money.js';
import {frequencies, type Offer} from '../money/offer.js';

/** Returns the narrow sign of a currency: `$` for both US and Canadian dollars. */
function signOf(currency: string): string {
  const options = {style: 'currency', currency, currencyDisplay: 'narrowSymbol'} as const;
  const parts = numberFormat('en', options).formatToParts(0);
  return parts.find(({type}) => type === 'currency')?.value ?? currency;
}

/** Words that people write instead of a sign, in the singular. */
const words: Readonly<Record<string, string>> = {euro: 'EUR', dollar: '$', pound: '£', yen: '¥'};

const price =
  /(\p{Sc}|\b[A-Z]{3})[\s\u00a0]?(\d[\d.,]*)|(\d[\d.,]*\d|\d)[\s\u00a0]?(\p{Sc}|[A-Z]{3}\b|(?:[Ee]uro|[Dd]ollar|[Pp]ound|[Yy]en)s?\b)/gu;

/** Parses an amount: `1,000` and `1.000` are a thousand; `2.5` and `2,50` have cents. */
function majorOf(digits: string): number {
  const [, whole = '', cents = ''] =
    /^(.*?)(?:[.,](\d{1,2}))?$/.exec(digits.replace(/[.,]+$/, '')) ?? [];
  return Number(`${whole.replaceAll(/[.,]/g, '')}.${cents}`);
}

interface Named {
  readonly text: string;
  /** Possible amounts: a sign may stand for several currencies. */
  readonly any: readonly Money[];
}

function pricesIn(text: string): Named[] {
  return [...text.matchAll(price)].flatMap(([all, before, first = '', second = '', after]) => {
    const named = before ?? after ?? '';
    const sign = words[named.toLowerCase().replace(/s$/, '')] ?? named;
    const known = currencies.filter(one => one === sign || signOf(one) === sign);
    const major = majorOf(first || second);
    const any = known.map(currency => ({
      currency,
      minor: Math.round(major * 10 ** minorUnits(currency).digits),
    }));
    return any.length > 0 ? [{text: all, any}] : [];
  });
}

/** Whether the form offers a price, or whether it is too large to be one. */
function look(offer: Offer, {minor, currency}: Money): 'there' | 'beyond' | 'missing' {
  const amounts = frequencies.flatMap(one => offer[one]?.[currency] ?? []);
  if (amounts.some(({min, presets}) => minor === min || presets.includes(minor))) return 'there';
  return amounts.length > 0 && amounts.every(({max}) => minor > max) ? 'beyond' : 'missing';
}

/**
 * Finds prices in an appeal's copy that are neither a preset nor the minimum of its offer. Amounts above
 * the maximum are ignored: they are something else, such as the newsroom's costs. Finds `{articles}`, too,
 * where nothing is said to readers whose articles are not counted.
 */
export function promiseProblems(
  copy: Copy | undefined,
  offer: Offer,
  path: string,
): CampaignProblem[] {
  const prices = textsOf(copy, path).flatMap(({path: place, text}) =>
    pricesIn(copyText(parseCopy(text)))
      .filter(({any}) => any.every(money => look(offer, money) === 'missing'))
      .map(({text: named}) => ({
        path: place,
        problem: `promises ${named}, which the offer does not have: write {from}, or make it a preset`,
      })),
  );
  return [...prices, ...countProblems(copy, path)];
}
