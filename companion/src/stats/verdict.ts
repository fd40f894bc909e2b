/** Judges an experiment by rules that were fixed before it began. */

import {anytimeInterval} from './anytime.js';
import {differenceOf, endInterval, endTest, type Difference} from './difference.js';
import {holm} from './holm.js';
import {covers, meanOf, type Interval, type Moments} from './moments.js';
import {splitAlpha, splitTest} from './split.js';

/** The input of a look: sums only, without a clock, people or an order of arrival. */
export interface InterimLook {
  readonly control: ArmSums;
  /** The other arms, each compared with the control. */
  readonly arms: readonly ArmSums[];
  /** The planned readers of all arms together. */
  readonly planned: number;
  /** Whole days since the first exposure. */
  readonly days: number;
  /** Whether the planned readers have come, so that this is the last look. */
  readonly isEnd: boolean;
  /** Whether the planned days are over, or the experiment was ended, without the planned readers. */
  readonly isOver?: boolean;
  /** The smallest lift worth detecting. */
  readonly lift?: number;
  /** What earlier looks wrote down. */
  readonly recorded?: readonly RecordedLook[];
}

export interface ArmSums {
  readonly name: string;
  /** Absent where an outside system assigns and its weights were not declared. */
  readonly weight?: number;
  /** Capped money per reader. */
  readonly value: Moments;
  readonly givers: number;
}

/** `early` may be crossed at any look, `end` only when the planned readers have come. */
export type Boundary = 'early' | 'end';

/**
 * What a look wrote down of an arm: that a boundary was crossed, which stays so, or what was seen when
 * the planned readers had come, which is looked at once.
 */
export interface RecordedLook extends Interval {
  readonly arm: string;
  readonly boundary: Boundary;
  /** Whether the arm earned more or less than the control; absent where the end was not crossed. */
  readonly direction?: 'better' | 'worse';
  /** The day of the look, in UTC. */
  readonly day: string;
  /** As it was seen then, per reader. */
  readonly difference: number;
  /** Whether refunds and late gifts have taken back more than half of the difference since. */
  readonly isUndone?: boolean;
}

/** One arm compared with the control, per reader. */
export interface Comparison {
  readonly arm: string;
  readonly difference: number;
  /** Contains zero exactly when no boundary is crossed. */
  readonly interval: Interval;
  /** The look that difference and interval are of, where an earlier one decides. */
  readonly recorded?: RecordedLook;
  /** The boundary that is crossed. */
  readonly crossed?: Boundary;
}

/** What can be said of an experiment. */
export type VerdictState =
  /** Readers were not split as planned. */
  | 'broken-split'
  /** The split is uneven and the sums have no cubes, so that no interval keeps its promise. */
  | 'no-cubes'
  /** Gifts or days are lacking. */
  | 'too-early'
  /** A boundary was crossed, and refunds or late gifts took the lead away since. */
  | 'undone'
  /** An arm earns more than the control. */
  | 'better'
  /** Every arm earns less than the control. */
  | 'worse'
  /** Every arm's interval lies within the smallest lift worth detecting, on both sides. */
  | 'no-difference'
  /** No arm can be expected to reach the smallest lift worth detecting. */
  | 'hardly-better'
  /** The experiment is over and none of these can be said. */
  | 'could-not-tell'
  /** The experiment runs and none of these can be said. */
  | 'open';

/** The verdict. `p` is for the footnotes of the page. */
export interface ArmVerdict {
  readonly state: VerdictState;
  /** The arm to keep, when the state names one. */
  readonly arm?: string;
  readonly comparisons: readonly Comparison[];
  /** The p value of the split check; absent when it was not possible. */
  readonly split?: number;
  /** What is missing when it is too early. */
  readonly lacks?: Lacks;
}

/** What a verdict waits for. */
export interface Lacks {
  /** How many gifts the arm that is furthest from a verdict lacks. */
  readonly gifts?: number;
  readonly arm?: string;
  /** How many gifts that arm needs. More than `gates.gifts` where the comparison is skewed. */
  readonly needed?: number;
  readonly days?: number;
}

/** The gifts of every arm and the whole days that a verdict on money requires. */
export const gates = {gifts: 25, days: 7} as const;

/** 1 % for stopping early at any look, 4 % for the planned end: 5 % in total, by the union bound. */
export const alphas = {anytime: 0.01, end: 0.04} as const;

/** The larger share of two arms from which on the cubes are needed, as their skews no longer cancel out. */
export const evenShare = 0.6;

/** The most skewness of a difference that its intervals can take. It falls with the root of the gifts. */
export const skewLimit = 0.5;

interface Pair {
  readonly arm: ArmSums;
  readonly difference: Difference;
}

/**
 * Compares each arm with the control at the joint level: Holm for the p values, Bonferroni for the
 * intervals. Where an earlier look decides, its figures are returned.
 */
function compare(look: InterimLook, pairs: readonly Pair[]): Comparison[] {
  const {control, planned, isEnd, recorded = []} = look;
  const count = Math.max(pairs.length, 1);
  const ps = holm(pairs.map(({difference}) => endTest(difference)));
  return pairs.map(({arm, difference: pair}, i): Comparison => {
    // An arm without readers has no mean.
    const found = Number.isFinite(pair.difference) ? pair.difference : 0;
    const own = recorded.filter(record => record.arm === arm.name);
    const decisive =
      own.find(({direction}) => direction) ?? own.find(({boundary}) => boundary === 'end');
    if (decisive) {
      const {low, high, difference, direction, boundary} = decisive;
      const crossed = direction && {crossed: boundary};
      return {arm: arm.name, difference, interval: {low, high}, recorded: decisive, ...crossed};
    }
    // The plan covers all arms: take this pair's part of it.
    const part = (planned * 2) / (count + 1);
    const n = control.value.n + arm.value.n;
    const early = anytimeInterval(pair, n, part, alphas.anytime / count);
    // The early boundary holds at the end too: whoever looks only then may find it crossed.
    if (!isEnd || !covers(early)) {
      const crossed = !covers(early) && {crossed: 'early' as const};
      return {arm: arm.name, difference: found, interval: early, ...crossed};
    }
    let interval = endInterval(pair, alphas.end / count);
    // Holm rejects more than Bonferroni; the displayed interval must not contradict it.
    const isFound = (ps[i] ?? 1) <= alphas.end;
    for (let step = count - 1; isFound && step > 0 && covers(interval); step -= 1) {
      interval = endInterval(pair, alphas.end / step);
    }
    const crossed = !covers(interval) && {crossed: 'end' as const};
    return {arm: arm.name, difference: found, interval, ...crossed};
  });
}

/** Returns what is missing before a verdict on money can be trusted; `undefined` when nothing is. */
function lacksOf({control, arms, days}: InterimLook, pairs: readonly Pair[]): Lacks | undefined {
  const wants: {arm: ArmSums; needed: number}[] = [control, ...arms].map(arm => ({
    arm,
    needed: gates.gifts,
  }));
  for (const {arm, difference} of pairs) {
    const skew = Math.max(Math.abs(difference.skew ?? 0), Math.abs(difference.pooledSkew ?? 0));
    if (!(skew > skewLimit)) continue;
    const smaller = control.givers < arm.givers ? control : arm;
    const needed = Math.ceil(Math.max(smaller.givers, 1) * (skew / skewLimit) ** 2);
    wants.push({arm: smaller, needed});
  }
  const missing = ({arm, needed}: {arm: ArmSums; needed: number}) => needed - arm.givers;
  const [furthest] = wants.sort((a, b) => missing(b) - missing(a));
  const lacks = {
    ...(furthest && missing(furthest) > 0
      ? {gifts: missing(furthest), needed: furthest.needed, arm: furthest.arm.name}
      : {}),
    ...(days < gates.days ? {days: gates.days - days} : {}),
  };
  return Object.keys(lacks).length > 0 ? lacks : undefined;
}

/** Whether an arm's comparison with the control is uneven and nothing is known of its skewness. */
function isBlind(control: ArmSums, arm: ArmSums): boolean {
  if (control.value.cubes !== undefined && arm.value.cubes !== undefined) return false;
  const [a, b] =
    control.weight === undefined || arm.weight === undefined
      ? [control.value.n, arm.value.n]
      : [control.weight, arm.weight];
  return Math.max(a, b) / (a + b) > evenShare + 1e-9;
}

/** Returns what the comparisons say. Among several better arms the best is named. */
function stateOf(
  {control, arms, isEnd, isOver = false, lift}: InterimLook,
  comparisons: readonly Comparison[],
): Pick<ArmVerdict, 'state' | 'arm'> {
  const isBetter = ({crossed, difference}: Comparison) => crossed !== undefined && difference > 0;
  const isWorse = ({crossed, difference}: Comparison) => crossed !== undefined && difference < 0;
  const [best] = comparisons.filter(isBetter).sort((a, b) => b.difference - a.difference);
  const isAllWorse = arms.length > 0 && comparisons.every(isWorse);
  if (best || isAllWorse) {
    const decisive = best ? [best] : comparisons;
    const undone = decisive.find(({recorded}) => recorded?.isUndone);
    if (undone) return {state: 'undone', arm: undone.arm};
    return best ? {state: 'better', arm: best.arm} : {state: 'worse', arm: control.name};
  }
  const least = lift === undefined ? undefined : lift * meanOf(control.value);
  if (least !== undefined) {
    const isBelow = ({interval}: Comparison) => interval.high < least;
    const isWithin = (comparison: Comparison) =>
      isBelow(comparison) && comparison.interval.low > -least;
    if (comparisons.every(isWithin)) return {state: 'no-difference'};
    if (comparisons.every(isBelow)) return {state: 'hardly-better', arm: control.name};
  }
  return {state: isEnd || isOver ? 'could-not-tell' : 'open'};
}

/**
 * Returns the verdict of one look. The split is checked first and blocks everything else; then the
 * gates; then the two boundaries, of which the end is used once. What an earlier look found crossed
 * stays crossed.
 */
export function judge(look: InterimLook): ArmVerdict {
  const {control, arms, recorded = []} = look;
  const all = [control, ...arms];
  const pairs = arms.map(arm => ({arm, difference: differenceOf(control.value, arm.value)}));
  const comparisons = compare(look, pairs);
  const weights = all.map(({weight}) => weight);
  const isChecked = weights.every(weight => weight !== undefined);
  const counts = all.map(({value}) => value.n);
  const split = isChecked ? splitTest(counts, weights) : undefined;
  const evidence = {comparisons, ...(split === undefined ? {} : {split})};
  if (split !== undefined && split < splitAlpha) return {state: 'broken-split', ...evidence};
  if (arms.some(arm => isBlind(control, arm))) return {state: 'no-cubes', ...evidence};
  // A look that was written down had passed the gates.
  const lacks = recorded.length > 0 ? undefined : lacksOf(look, pairs);
  if (lacks) return {state: 'too-early', lacks, ...evidence};
  return {...stateOf(look, comparisons), ...evidence};
}
