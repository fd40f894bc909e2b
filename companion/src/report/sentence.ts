/** Summarizes a report in one sentence for editors, which names a leader only when there is one. */

import {everyCampaign, formatMoney, minorUnits} from 'reader-support/core';
import {gates} from '../stats/verdict.js';
import type {Results} from './results.js';

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

export const countOf = (count: number): string => Math.round(count).toLocaleString('en');

/** The headline and the advice. `kind` repeats it for colours and icons. */
export interface Sentence {
  readonly kind: 'good' | 'wait' | 'even' | 'broken';
  readonly text: string;
  /** The verdict in a word or two. */
  readonly word: string;
}

/** Formats a count with its noun. */
export const plural = (count: number, singular: string, many: string): string =>
  `${countOf(count)} ${count === 1 ? singular : many}`;

function splitOf({arms}: Results): string {
  const all = arms.reduce((sum, {counts}) => sum + counts.readers, 0);
  return arms
    .map(({arm, counts, weight = 0}) => {
      const got = percentOf(counts.readers / (all || 1), 1);
      return `${arm} got ${got} instead of ${percentOf(weight, 1)}`;
    })
    .join(', ');
}

/** Returns the sentence of a report. */
export function sentenceOf(results: Results): Sentence {
  const {verdict, scale, days, plannedDays, plannedReaders, readers, leftOut, isPlanned, campaign} =
    results;
  const {isOff} = results;
  const {state, arm = '', comparisons, lacks} = verdict;
  const unrated = Object.keys(leftOut.unrated);
  if (state === 'broken-split') {
    const text = `Do not trust this test: readers were not split as planned (${splitOf(results)}).`;
    return {kind: 'broken', word: 'do not trust', text};
  }
  if (unrated.length > 0) {
    const text = `This test cannot be judged: gifts in ${unrated.join(' and ')} have no declared rate, and a version may owe its place to them. Declare it under metric.rates.`;
    return {kind: 'broken', word: 'not countable', text};
  }
  const money = (minor: number) => printMoney(minor * 1000, scale.currency);
  const [holdbackComparison] = comparisons;
  if (
    campaign === everyCampaign &&
    holdbackComparison &&
    (state === 'better' || state === 'worse')
  ) {
    const {difference, interval} = holdbackComparison;
    const text =
      difference < 0
        ? `Asking earns about ${money(-difference)} per 1,000 readers (likely ${money(-interval.high)} to ${money(-interval.low)}).`
        : `Asking costs you about ${money(difference)} per 1,000 readers (likely ${money(interval.low)} to ${money(interval.high)}): those who are asked nothing bring more. Ask less.`;
    return {kind: 'good', word: 'clear', text};
  }
  if (campaign === everyCampaign && state === 'no-difference') {
    const text = 'It cannot be told whether asking earns anything.';
    return {kind: 'even', word: 'even', text};
  }
  if (state === 'better') {
    const comparison = comparisons.find(({arm: name}) => name === arm);
    const {difference = 0, interval = {low: 0, high: 0}} = comparison ?? {};
    const text = `${arm} earns more: about ${money(difference)} more per 1,000 readers (likely ${money(interval.low)} to ${money(interval.high)}). Keep it.`;
    return {kind: 'good', word: 'clear', text};
  }
  if (state === 'worse') {
    const [first] = [...comparisons].sort((a, b) => b.difference - a.difference);
    const {difference = 0, interval = {low: 0, high: 0}} = first ?? {};
    const name = comparisons.length === 1 ? (first?.arm ?? '') : 'the best other version';
    const text = `${arm} earns more: ${name} brings about ${money(-difference)} less per 1,000 readers (likely ${money(-interval.high)} to ${money(-interval.low)}). Keep ${arm}.`;
    return {kind: 'good', word: 'clear', text};
  }
  if (state === 'no-difference') {
    return {kind: 'even', word: 'even', text: 'No meaningful difference: choose by taste.'};
  }
  const daysLeft = Math.max(plannedDays - days, 0);
  if (state === 'too-early') {
    const {gifts = 0, days: missing = 0} = lacks ?? {};
    const needs = [
      ...(gifts
        ? [`${gates.gifts} gifts in every version (${plural(gifts, 'is', 'are')} missing in one)`]
        : []),
      ...(missing ? [`${gates.days} whole days (${plural(missing, 'is', 'are')} missing)`] : []),
    ];
    if (isOff && (daysLeft > 0 || !gifts)) {
      const text = `Ended too early for a verdict: it needed ${needs.join(' and ')}. Nothing can be said of the versions.`;
      return {kind: 'even', word: 'ended', text};
    }
    const text =
      daysLeft === 0 && gifts
        ? `Not enough gifts for a verdict: the planned end is reached, and there are fewer than ${gates.gifts} in a version. Test something bolder, or a longer time.`
        : `Too early: no verdict before ${needs.join(' and ')}.`;
    return {kind: 'wait', word: 'not yet', text};
  }
  const reached = percentOf(Math.min(readers / plannedReaders, 1));
  if (isOff) {
    const had = isPlanned ? `, with ${reached} of planned readers` : '';
    const text = `Ended early, after ${days} of ${plural(plannedDays, 'day', 'days')}${had}: nobody can say which version earns more. Choose by taste, or test again.`;
    return {kind: 'even', word: 'ended', text};
  }
  const share = isPlanned ? `${reached} of planned readers, ` : '';
  const text = `Too early: ${share}about ${plural(daysLeft, 'day', 'days')} to go.`;
  return {kind: 'wait', word: 'not yet', text};
}
