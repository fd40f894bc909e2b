/** Computes how the difference between arms developed by day, with its uncertainty. */

import {anytimeInterval} from '../stats/anytime.js';
import {meanOf, type Interval} from '../stats/moments.js';
import {alphas} from '../stats/verdict.js';
import {byArm, noCounts, valueOf, type DailySum} from './daily-sum.js';

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
  const days = [...new Set(rows.map(({day}) => day))].sort();
  return days.flatMap(day => {
    const sums = byArm(rows, day);
    const a = valueOf(sums.get('control') ?? noCounts);
    return arms.flatMap((arm): CoursePoint[] => {
      const b = valueOf(sums.get(arm) ?? noCounts);
      if (a.n < 2 || b.n < 2) return [];
      const {low, high} = anytimeInterval(a, b, planned, alphas.anytime / arms.length);
      const difference = (meanOf(b) - meanOf(a)) * 1000;
      return [{arm, day, difference, low: low * 1000, high: high * 1000}];
    });
  });
}
