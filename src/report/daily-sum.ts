/** What must be known of one arm on one day? Sums only: ten million readers are as many numbers as ten. */

import type {Moments} from '../stats/moments.js';

/** Counts and whole minor units, so that any order of adding gives the same. */
export const columns = [
  'readers',
  'seen',
  'opened',
  'started',
  'gifts',
  'monthly',
  'value',
  'capped',
  'squares',
  'later',
  'closed',
  'declined',
  'refunded',
] as const;

export type Column = (typeof columns)[number];

/**
 * One arm on one day (UTC). Readers count on the day of their exposure, and what they gave on that day
 * too, however late the gift. `value` is what gifts are worth, `capped` the same with each reader cut
 * off at the cap, `squares` the sum of the squares of that. `declined` are "not this one" and "I
 * already support you"; `refunded` are gifts of which something was given back or that ended.
 */
export interface DailySum extends Counts {
  readonly day: string;
  /** `autumn-appeal@1`: the experiment and its version. */
  readonly experiment: string;
  readonly arm: string;
}

/** What is known of an arm, over any days. */
export type Counts = Readonly<Record<Column, number>>;

const empty = Object.fromEntries(columns.map(column => [column, 0])) as Record<Column, number>;

/** Nothing of anything. */
export const noCounts: Counts = empty;

/** Capped money per reader. */
export function valueOf({readers, capped, squares}: Counts): Moments {
  return {n: readers, sum: capped, squares};
}

/** Sums under their day, experiment and arm. */
export interface Ledger {
  /** Adds to a row, which is made when it is missing. */
  add(row: Pick<DailySum, 'day' | 'experiment' | 'arm'>, more: Partial<Counts>): void;
  /** All rows, by day, experiment and arm. */
  rows(): DailySum[];
}

/** Makes an empty one. */
export function ledger(): Ledger {
  const sums = new Map<string, Record<Column, number> & DailySum>();
  return {
    add({day, experiment, arm}, more) {
      const key = `${day}\n${experiment}\n${arm}`;
      const row = sums.get(key) ?? {day, experiment, arm, ...empty};
      sums.set(key, row);
      for (const column of columns) row[column] += more[column] ?? 0;
    },
    rows: () => [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]): DailySum => row),
  };
}

/** The rows of an experiment up to and including a day, added up by arm. */
export function byArm(rows: readonly DailySum[], until = '9999-12-31'): Map<string, Counts> {
  const arms = new Map<string, Record<Column, number>>();
  for (const row of rows) {
    if (row.day > until) continue;
    const sum = arms.get(row.arm) ?? {...empty};
    arms.set(row.arm, sum);
    for (const column of columns) sum[column] += row[column];
  }
  return arms;
}
