/** Computes how the difference between arms developed by day, with its uncertainty. */

import {anytimeInterval} from '../stats/anytime.js';
import {differenceOf} from '../stats/difference.js';
import type {Interval} from '../stats/moments.js';
import {alphas} from '../stats/verdict.js';
import {addCounts, noCounts, valueOf, type Counts, type DailySum} from './daily-sum.js';

/** An arm's difference from the control at the end of a day, per 1,000 readers. */
export interface CoursePoint extends Interval {
  readonly arm: string;
  readonly day: string;
  readonly difference: number;
}

/** Computes each arm's difference from the control by day, with always-valid confidence intervals. */
export function courseOf(
  rows: readonly DailySum[],
  arms: readonly string[],
  planned: number,
): CoursePoint[] {
  const inOrder = [...rows].sort((a, b) => (a.day < b.day ? -1 : 1));
  const sums = new Map<string, Counts>();
  const points: CoursePoint[] = [];
  for (const [i, row] of inOrder.entries()) {
    sums.set(row.arm, addCounts(sums.get(row.arm) ?? noCounts, row));
    const {day} = row;
    // The day ends with its last row.
    if (inOrder[i + 1]?.day === day) continue;
    const a = valueOf(sums.get('control') ?? noCounts);
    for (const arm of arms) {
      const b = valueOf(sums.get(arm) ?? noCounts);
      if (a.n < 2 || b.n < 2) continue;
      const pair = differenceOf(a, b);
      const {low, high} = anytimeInterval(pair, a.n + b.n, planned, alphas.anytime / arms.length);
      points.push({
        ...{arm, day, difference: pair.difference * 1000},
        ...{low: low * 1000, high: high * 1000},
      });
    }
  }
  return points;
}
