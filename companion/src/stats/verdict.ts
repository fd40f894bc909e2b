/** Judges an experiment by rules that were fixed before it began. */

import {anytimeReach} from './anytime.js';
import {holm} from './holm.js';
import {covers, type Interval, type Moments} from './moments.js';
import {splitAlpha, splitTest} from './split.js';
import {differenceOf, welchInterval, welchTest} from './welch.js';

/** The input of a look: sums only, without a clock, people or an order of arrival. */
export interface InterimLook {
  readonly control: ArmSums;
  /** The other arms, each compared with the control. */
  readonly arms: readonly ArmSums[];
  /** The planned readers of all arms together. */
  readonly planned: number;
  /** Whole days since the first exposure. */
  readonly days: number;
  /** Whether the planned end is reached, so that this is the last look. */
  readonly isEnd: boolean;
  /** The smallest lift worth detecting. */
  readonly lift?: number;
}

export interface ArmSums {
  readonly name: string;
  /** Absent where an outside system assigns and its weights were not declared. */
  readonly weight?: number;
  /** Capped money per reader. */
  readonly value: Moments;
  readonly givers: number;
}

/** One arm compared with the control, per reader. */
export interface Comparison {
  readonly arm: string;
  readonly difference: number;
  /** Contains zero exactly when no leader may be named. */
  readonly interval: Interval;
}

/** The verdict. `p` is for the footnotes of the page. */
export interface ArmVerdict {
  readonly state: 'broken-split' | 'too-early' | 'better' | 'worse' | 'no-difference' | 'open';
  /** The arm to keep, when the state names one. */
  readonly arm?: string;
  readonly comparisons: readonly Comparison[];
  /** The p value of the split check; absent when it was not possible. */
  readonly split?: number;
  /** What is missing when it is too early. */
  readonly lacks?: {readonly gifts?: number; readonly days?: number};
}

/** The gifts of every arm and the whole days that a verdict on money requires. */
export const gates = {gifts: 25, days: 7} as const;

/** 1 % for stopping early at any look, 4 % for the planned end: 5 % in total, by the union bound. */
export const alphas = {anytime: 0.01, end: 0.04} as const;

/** Compares each arm at the joint level: Holm for the p values, Bonferroni for the intervals. */
function compare({control, arms, planned, isEnd}: InterimLook): {
  comparisons: Comparison[];
  clear: boolean[];
} {
  const pairs = arms.map(arm => differenceOf(control.value, arm.value));
  const count = Math.max(arms.length, 1);
  const reach = (i: number, alpha: number): number => {
    const [pair, arm] = [pairs[i], arms[i]];
    if (!pair || !arm || !(pair.error > 0)) return Infinity;
    const n = control.value.n + arm.value.n;
    // The plan covers all arms: take this pair's part of it.
    return anytimeReach(pair.error, n, (planned * 2) / (count + 1), alpha);
  };
  const around = (difference: number, half: number): Interval => ({
    low: difference - half,
    high: difference + half,
  });
  const ps = holm(pairs.map(welchTest));
  const comparisons = pairs.map((pair, i): Comparison => {
    // At the end the daily boundary holds too, but it is always wider.
    let interval = isEnd
      ? welchInterval(pair, alphas.end / count)
      : around(pair.difference, reach(i, alphas.anytime / count));
    // Holm rejects more than Bonferroni; the displayed interval must not contradict it.
    const isFound = isEnd && (ps[i] ?? 1) <= alphas.end;
    for (let step = count - 1; isFound && step > 0 && covers(interval); step -= 1) {
      interval = welchInterval(pair, alphas.end / step);
    }
    return {arm: arms[i]?.name ?? '', difference: pair.difference, interval};
  });
  const clear = comparisons.map(({interval}) => !covers(interval));
  return {comparisons, clear};
}

/**
 * Returns the verdict of one look. The split is checked first and blocks everything else; then the
 * gates; then the two boundaries. Among several arms that are better than the control, the best is named
 * only as better than the control.
 */
export function judge(look: InterimLook): ArmVerdict {
  const {control, arms, days, isEnd, lift} = look;
  const all = [control, ...arms];
  const {comparisons, clear} = compare(look);
  const weights = all.map(({weight}) => weight);
  const isChecked = weights.every(weight => weight !== undefined);
  const split = isChecked
    ? splitTest(
        all.map(({value}) => value.n),
        weights,
      )
    : undefined;
  const evidence = {comparisons, ...(split === undefined ? {} : {split})};
  if (split !== undefined && split < splitAlpha) return {state: 'broken-split', ...evidence};

  const gifts = Math.min(...all.map(({givers}) => givers));
  const lacks = {
    ...(gifts < gates.gifts ? {gifts: gates.gifts - gifts} : {}),
    ...(days < gates.days ? {days: gates.days - days} : {}),
  };
  if (Object.keys(lacks).length > 0) return {state: 'too-early', lacks, ...evidence};

  const better = comparisons.filter(({difference}, i) => clear[i] && difference > 0);
  const [best] = [...better].sort((a, b) => b.difference - a.difference);
  if (best) return {state: 'better', arm: best.arm, ...evidence};
  const isAllWorse = arms.length > 0 && clear.every(Boolean);
  if (isAllWorse) return {state: 'worse', arm: control.name, ...evidence};
  // Even the upper end of the interval is below the smallest lift of interest.
  const least = (lift ?? 0) * (control.value.sum / control.value.n);
  const isFutile = lift !== undefined && comparisons.every(({interval}) => interval.high < least);
  if (isEnd || isFutile) return {state: 'no-difference', ...evidence};
  return {state: 'open', ...evidence};
}
