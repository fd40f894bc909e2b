/** Declares the looks that are written down, so that a boundary that was crossed stays crossed. */

import {meanOf, type Interval} from '../stats/moments.js';
import {gates, type ArmVerdict, type Boundary} from '../stats/verdict.js';
import {byArm, noCounts, valueOf, type DailySum} from './daily-sum.js';

/**
 * What a look found of one arm. Sums of past days change with late gifts and refunds, so that nobody
 * can find out afterwards what was seen on a day: it is written down when it is seen.
 */
export interface Look extends Interval {
  /** `autumn-appeal@1`: the experiment and its version. */
  readonly experiment: string;
  readonly arm: string;
  /** `early`: crossed on some day. `end`: looked at once, when the planned readers had come. */
  readonly boundary: Boundary;
  /** Whether the arm earned more or less than the control; absent where the end was not crossed. */
  readonly direction?: 'better' | 'worse';
  /** The day of the look, in UTC. */
  readonly day: string;
  /** The last day whose readers it counted. */
  readonly through: string;
  /** Minor units per reader, as `low` and `high`. */
  readonly difference: number;
}

/** Returns what a verdict found that no earlier look had written down. */
export function newLooks(
  {state, comparisons}: ArmVerdict,
  look: Pick<Look, 'experiment' | 'day' | 'through'> & {readonly isEnd: boolean},
): Look[] {
  const {isEnd, ...place} = look;
  // Nothing is seen before the gates, or where the numbers cannot be trusted.
  if (state === 'broken-split' || state === 'no-cubes' || state === 'too-early') return [];
  return comparisons.flatMap(({arm, difference, interval, crossed, recorded}): Look[] => {
    if (recorded || (!crossed && !isEnd)) return [];
    const direction = difference > 0 ? ('better' as const) : ('worse' as const);
    const boundary = crossed ?? 'end';
    return [{...place, arm, boundary, difference, ...interval, ...(crossed && {direction})}];
  });
}

/**
 * Whether less than half of the difference that a look crossed a boundary with is left, of the same
 * days: then refunds and late gifts have taken the lead away. New days alone never do that.
 */
export function isUndone(look: Look, rows: readonly DailySum[]): boolean {
  if (look.direction === undefined) return false;
  const sums = byArm(rows, look.through);
  const arm = valueOf(sums.get(look.arm) ?? noCounts);
  const control = valueOf(sums.get('control') ?? noCounts);
  if (arm.n < gates.gifts || control.n < gates.gifts) return false;
  return (meanOf(arm) - meanOf(control)) / look.difference < 0.5;
}
