/** Which days does a meter count together, and when does a counted article fall out again? */

const day = 86_400_000;
/** A reader's day begins at four in the morning, as it does for every other rule. */
const dayStart = 4 * 3_600_000;

/** The calendar's day, week (from Monday) or month; or the last so many days, today included. */
export type Period = 'day' | 'week' | 'month' | {readonly days: number};

/** The longest that anything is remembered for a meter, in days. */
export const longestPeriod = 31;

/** The number of the reader's own day at a moment. */
export function dayOf(now: number, minutesEast: number): number {
  return Math.floor((now + minutesEast * 60_000 - dayStart) / day);
}

/** The moment a day begins, in epoch ms. */
export function startOf(dayNumber: number, minutesEast: number): number {
  return dayNumber * day - minutesEast * 60_000 + dayStart;
}

/** Where a period that a day lies in begins, and where it ends if the calendar says so. */
export interface Span {
  /** The first day that counts. */
  readonly first: number;
  /** The first day of the next period; `undefined` when each article falls out by itself. */
  readonly next?: number;
  /** How long an article counts when it falls out by itself, in days. */
  readonly days: number;
}

/** The days that count together with `today`. */
export function spanOf(period: Period, today: number): Span {
  if (typeof period === 'object') {
    // A broken number must not shut a site: NaN is one day.
    const days = Math.min(Math.max(Math.floor(period.days) || 1, 1), longestPeriod);
    return {first: today - days + 1, days};
  }
  if (period === 'day') return {first: today, next: today + 1, days: 1};
  if (period === 'week') {
    // The first day of all, in 1970, was a Thursday.
    const monday = today - ((((today + 3) % 7) + 7) % 7);
    return {first: monday, next: monday + 7, days: 7};
  }
  const date = new Date(today * day);
  const firstOf = (month: number) => Date.UTC(date.getUTCFullYear(), month, 1) / day;
  const first = firstOf(date.getUTCMonth());
  const next = firstOf(date.getUTCMonth() + 1);
  return {first, next, days: next - first};
}
