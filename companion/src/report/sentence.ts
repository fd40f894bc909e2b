/** Summarizes a report in one sentence for editors, which names a leader only when there is one. */

import {everyCampaign} from 'reader-support/core';
import {gates, type Comparison} from '../stats/verdict.js';
import {countOf, percentOf, plural, printMoney} from './format.js';
import {blockedBy} from './input-count.js';
import type {Results} from './results.js';

/** The headline and the advice. `kind` repeats it for colours and icons. */
export interface Sentence {
  readonly kind: 'good' | 'wait' | 'even' | 'broken';
  readonly text: string;
  /** The verdict in a word or two. */
  readonly word: string;
}

/**
 * Returns the sentence of a report. What makes the numbers unusable comes first, then what is found, then
 * what is missing.
 */
export function sentenceOf(results: Results): Sentence {
  const {verdict} = results;
  return (
    unusable(results) ??
    (results.campaign === everyCampaign ? ofHoldback(results) : undefined) ??
    {
      'broken-split': waiting,
      'no-cubes': waiting,
      open: waiting,
      'too-early': tooEarly,
      better: earnsMore,
      worse: controlEarnsMore,
      undone,
      'no-difference': noDifference,
      'hardly-better': hardlyBetter,
      'could-not-tell': couldNotTell,
    }[verdict.state](results)
  );
}

/** Returns why the numbers cannot be judged; `undefined` when they can. */
function unusable(results: Results): Sentence | undefined {
  const {verdict, leftOut} = results;
  if (verdict.state === 'broken-split') {
    const text = `Do not trust this test: readers were not split as planned (${splitOf(results)}).`;
    return {kind: 'broken', word: 'do not trust', text};
  }
  const unrated = Object.keys(leftOut.unrated);
  const blocked = blockedBy(results.input);
  const text =
    blocked ??
    (unrated.length > 0
      ? `This test cannot be judged: gifts in ${unrated.join(' and ')} have no declared rate, and a version may owe its place to them. Declare it under metric.rates.`
      : verdict.state === 'no-cubes'
        ? `This test cannot be judged: its versions are far from equal in size, and the sums have no column cubes (the sum of the cubed capped money of each reader), without which one large gift could decide. Add the column.`
        : undefined);
  return text === undefined ? undefined : {kind: 'broken', word: 'not countable', text};
}

function splitOf({arms}: Results): string {
  const all = arms.reduce((sum, {counts}) => sum + counts.readers, 0);
  return arms
    .map(({arm, counts, weight = 0}) => {
      const got = percentOf(counts.readers / (all || 1), 1);
      return `${arm} got ${got} instead of ${percentOf(weight, 1)}`;
    })
    .join(', ');
}

/** Formats money per 1,000 readers. */
const per1000 =
  ({scale}: Results) =>
  (minor: number): string =>
    printMoney(minor * 1000, scale.currency);

/** When the decisive look was taken, or that nobody keeps looks. */
function whenSeen({areLooksKept}: Results, {recorded}: Comparison): string {
  if (recorded) return ` Seen on ${recorded.day}.`;
  return areLooksKept ? '' : ' This is as of today: no look was written down.';
}

/** What a version did to readers that money does not show. */
const complaints = {
  closed: 'more readers closed it',
  declined: 'more readers did not want it',
  refunded: 'more of its gifts ended or were given back',
  failed: 'more of its checkouts failed',
} as const;

function earnsMore(results: Results): Sentence {
  const {verdict, sideEffects} = results;
  const {arm = ''} = verdict;
  const comparison = comparisonOf(results, arm);
  const {difference, interval} = comparison;
  const money = per1000(results);
  const found = `${arm} earns more: about ${money(difference)} more per 1,000 readers (likely ${money(interval.low)} to ${money(interval.high)}).`;
  const blocking = sideEffects.flatMap(effect =>
    effect.arm === arm && effect.state === 'worse' && effect.kind !== 'later'
      ? [
          `${complaints[effect.kind]} (${percentOf(effect.rate, 1)} instead of ${percentOf(effect.control, 1)})`,
        ]
      : [],
  );
  const seen = whenSeen(results, comparison);
  if (blocking.length > 0) {
    const text = `${found} But ${blocking.join(', and ')}: do not keep it before you know why.${seen}`;
    return {kind: 'wait', word: 'look first', text};
  }
  return {kind: 'good', word: 'clear', text: `${found} Keep it.${seen}`};
}

const comparisonOf = ({verdict: {comparisons}}: Results, arm: string): Comparison =>
  comparisons.find(comparison => comparison.arm === arm) ?? nothing;

const nothing: Comparison = {arm: '', difference: 0, interval: {low: -Infinity, high: Infinity}};

/** The comparison of the other arm that comes closest to beating the control. */
const bestOf = ({verdict: {comparisons}}: Results): Comparison =>
  [...comparisons].sort((a, b) => b.difference - a.difference)[0] ?? nothing;

function controlEarnsMore(results: Results): Sentence {
  const {verdict} = results;
  const best = bestOf(results);
  const {difference, interval} = best;
  const money = per1000(results);
  const name = verdict.comparisons.length === 1 ? best.arm : 'the best other version';
  const text = `${verdict.arm} earns more: ${name} brings about ${money(-difference)} less per 1,000 readers (likely ${money(-interval.high)} to ${money(-interval.low)}). Keep ${verdict.arm}.${whenSeen(results, best)}`;
  return {kind: 'good', word: 'clear', text};
}

function undone(results: Results): Sentence {
  const {arm = ''} = results.verdict;
  const {difference, recorded} = comparisonOf(results, arm);
  const money = per1000(results);
  const side = difference > 0 ? 'more' : 'less';
  const text = `Test again: on ${recorded?.day} ${arm} brought ${money(Math.abs(difference))} ${side} per 1,000 readers, which was enough to decide, but refunds and late gifts have since taken back more than half of that.`;
  return {kind: 'broken', word: 'taken back', text};
}

/** Formats the smallest lift worth knowing, in money too. */
function worthKnowing(results: Results): string {
  const {worthKnowing: lift = 0, arms} = results;
  const [control] = arms;
  const minor = lift * (control?.per1000.value ?? 0);
  return `${percentOf(lift)} (${printMoney(minor, results.scale.currency)})`;
}

function noDifference(results: Results): Sentence {
  const text = `No meaningful difference: between the versions lie less than the ${worthKnowing(results)} per 1,000 readers that were worth knowing of. Choose by taste.`;
  return {kind: 'even', word: 'even', text};
}

function hardlyBetter(results: Results): Sentence {
  const {verdict} = results;
  const money = per1000(results);
  const high = Math.max(...verdict.comparisons.map(({interval}) => interval.high));
  const name =
    verdict.comparisons.length === 1 ? (verdict.comparisons[0]?.arm ?? '') : 'no other version';
  const most =
    high > 0 ? `at best about ${money(high)} more per 1,000 readers` : 'not even in the best case';
  const verb = verdict.comparisons.length === 1 ? 'will hardly earn more' : 'will earn much more';
  const text = `${name} ${verb}: ${most}, and ${worthKnowing(results)} was worth knowing of. Keep ${verdict.arm}.`;
  return {kind: 'even', word: 'hardly better', text};
}

/** Says how sure the difference is: that of the best other version, which is named among several. */
function rangeOf(results: Results): string {
  const {arm, interval} = bestOf(results);
  if (!Number.isFinite(interval.low) || !Number.isFinite(interval.high)) {
    return 'nothing can be said of the difference';
  }
  const money = per1000(results);
  const range = `between ${money(Math.max(-interval.low, 0))} less and ${money(Math.max(interval.high, 0))} more per 1,000 readers`;
  return results.verdict.comparisons.length > 1 ? `${arm} brings ${range}` : range;
}

/** Returns how many more days bring the planned readers, at the pace so far. */
function daysLeftOf({readers, plannedReaders, days}: Results): number {
  return Math.ceil(Math.max(plannedReaders - readers, 0) / (readers / Math.max(days, 1) || 1));
}

const numberWords = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** Formats a stretch of time: days, and weeks from two on. */
function timeOf(days: number): string {
  if (days < 14) return days === 1 ? 'one more day' : `${numberWords[days] ?? days} more days`;
  const weeks = Math.ceil(days / 7);
  return `${numberWords[weeks] ?? countOf(weeks)} more weeks`;
}

function couldNotTell(results: Results): Sentence {
  const {isPlanned, isEnd, isOff, days, readers, plannedReaders, from} = results;
  const told = `Could not tell: ${rangeOf(results)}.`;
  const reached = percentOf(Math.min(readers / plannedReaders, 1));
  const left = daysLeftOf(results);
  const bolder = 'test something bolder';
  const advice = isEnd
    ? `${isPlanned ? 'All planned readers came' : 'The planned days are over'}: keep what you have, or ${bolder}.`
    : isOff
      ? `It was ended after ${plural(days, 'day', 'days')}${isPlanned ? ` with ${reached} of the planned readers` : ''}: keep what you have, or test again for longer.`
      : `${reached} of the planned readers came; ${from === undefined || left > 366 ? bolder : `${timeOf(left)} would do, or ${bolder}`}.`;
  return {
    kind: isOff || isEnd ? 'even' : 'wait',
    word: 'could not tell',
    text: `${told} ${advice}`,
  };
}

function tooEarly(results: Results): Sentence {
  const {isOff, isEnd, isLate, verdict} = results;
  const {gifts = 0, needed = gates.gifts, arm = '', days: missing = 0} = verdict.lacks ?? {};
  const isSkewed = needed > gates.gifts;
  const where = isSkewed ? `in ${arm}` : 'in every version';
  const why = isSkewed
    ? ', because the versions differ in size and few gifts bring most of the money'
    : '';
  const needs = [
    ...(gifts
      ? [
          `${countOf(needed)} gifts ${where} (${plural(gifts, 'is', 'are')} missing${isSkewed ? '' : ' in one'})${why}`,
        ]
      : []),
    ...(missing ? [`${gates.days} whole days (${plural(missing, 'is', 'are')} missing)`] : []),
  ].join(' and ');
  if (isOff) {
    const text = `Ended too early for a verdict: it needed ${needs}. Nothing can be said of the versions.`;
    return {kind: 'even', word: 'ended', text};
  }
  if ((isEnd || isLate) && gifts) {
    const text = `Not enough gifts for a verdict: it needs ${needs}, and the planned ${isEnd ? 'readers have come' : 'days are over'}. Test something bolder, or for longer.`;
    return {kind: 'wait', word: 'not yet', text};
  }
  return {kind: 'wait', word: 'not yet', text: `Too early: no verdict before ${needs}.`};
}

function waiting(results: Results): Sentence {
  const {isPlanned, readers, plannedReaders, plannedDays, plannedEnd, days} = results;
  const reached = percentOf(Math.min(readers / plannedReaders, 1));
  const left = isPlanned ? daysLeftOf(results) : Math.max(plannedDays - days, 0);
  const share = isPlanned ? `${reached} of planned readers, ` : '';
  const text =
    isPlanned || left > 0 || plannedEnd === undefined
      ? `Too early: ${share}about ${plural(left, 'day', 'days')} to go. No version leads yet.`
      : 'Too early: no version leads yet. The experiment has no plan, so nobody can say how long it takes.';
  return {kind: 'wait', word: 'not yet', text};
}

/** Says what asking earns; `undefined` where the usual sentence does. */
function ofHoldback(results: Results): Sentence | undefined {
  const {state} = results.verdict;
  const comparison = bestOf(results);
  const {difference, interval} = comparison;
  const money = per1000(results);
  if (state === 'better' || state === 'worse') {
    const text =
      difference < 0
        ? `Asking earns about ${money(-difference)} per 1,000 readers (likely ${money(-interval.high)} to ${money(-interval.low)}).`
        : `Asking costs you about ${money(difference)} per 1,000 readers (likely ${money(interval.low)} to ${money(interval.high)}): those who are asked nothing bring more. Ask less.`;
    return {kind: 'good', word: 'clear', text: text + whenSeen(results, comparison)};
  }
  if (state === 'no-difference' || state === 'hardly-better' || state === 'could-not-tell') {
    const text = `It cannot be told whether asking earns anything: ${rangeOf(results)} without asking.`;
    return {kind: 'even', word: 'even', text};
  }
  return undefined;
}
