/** Declares the daily sums of an arm, from which every report is computed. */

import type {Moments} from '../stats/moments.js';

/** The columns: counts and whole minor units, so that sums do not depend on the order. */
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
  // Later ones stand at the end, for whoever reads by position.
  'cubes',
  'failed',
] as const;

export type Column = (typeof columns)[number];

/**
 * One arm on one day (UTC). Readers count on the day of their exposure, and so do their gifts, however
 * late. `value` is the value of the gifts, `capped` the same with a cap per reader, `squares` the sum of
 * the capped values' squares, `cubes` of their cubes. `declined` counts "not this one" and "I already
 * support you"; `refunded` counts gifts that were refunded at least in part, or that ended; `failed`
 * counts checkouts that failed.
 */
export interface DailySum extends Counts {
  readonly day: string;
  /** `autumn-appeal@1`: the experiment and its version. */
  readonly experiment: string;
  readonly arm: string;
}

/** The sums of an arm over any number of days. */
export type Counts = Readonly<Record<Column, number>>;

const empty = Object.fromEntries(columns.map(column => [column, 0])) as Record<Column, number>;

/** Sums that are all zero. */
export const noCounts: Counts = empty;

/** Returns the moments of capped money per reader. Sums from elsewhere may have no cubes. */
export function valueOf({readers, capped, squares, cubes}: Counts): Moments {
  // Cubes that were counted are never below this, which is theirs when all gifts are alike.
  const least = capped > 0 ? squares ** 2 / capped : 0;
  return {n: readers, sum: capped, squares, ...(cubes >= least * (1 - 1e-9) ? {cubes} : {})};
}

/** Collects sums by day, experiment and arm. */
export interface Ledger {
  /** Adds to a row, which is created when missing. */
  add(row: Pick<DailySum, 'day' | 'experiment' | 'arm'>, more: Partial<Counts>): void;
  /** Returns all rows, sorted by day, experiment and arm. */
  rows(): DailySum[];
}

/** Creates an empty ledger. */
export function ledger(): Ledger {
  const sums = new Map<string, Record<Column, number> & DailySum>();
  return {
    add({day, experiment, arm}, more) {
      const key = `${day}\n${experiment}\n${arm}`;
      const row = sums.get(key) ?? {day, experiment, arm, ...empty};
      sums.set(key, row);
      for (const column of columns) {
        const sum = row[column] + (more[column] ?? 0);
        if (!Number.isFinite(sum)) throw new RangeError(`expected ${column} to stay finite`);
        row[column] = sum;
      }
    },
    rows: () => [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]): DailySum => row),
  };
}

/** Returns the sums of both. */
export function addCounts(a: Counts, b: Counts): Counts {
  const sum: Record<Column, number> = {...empty};
  for (const column of columns) sum[column] = a[column] + b[column];
  return sum;
}

/** Adds up rows by arm, up to and including a day. */
export function byArm(rows: readonly DailySum[], until = '9999-12-31'): Map<string, Counts> {
  const arms = new Map<string, Counts>();
  for (const row of rows) {
    if (row.day > until) continue;
    arms.set(row.arm, addCounts(arms.get(row.arm) ?? noCounts, row));
  }
  return arms;
}
