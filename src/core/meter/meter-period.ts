/** Computes which days a meter counts together, and when a counted article expires. */

import {dayStart, longestPeriod} from './meter-day.js';

const day = 86_400_000;

/** A calendar day, week (from Monday) or month; or a number of last days, including today. */
export type Period = 'day' | 'week' | 'month' | {readonly days: number};

/** Returns when a day begins, in epoch ms. */
export function startOfMeterDay(dayNumber: number, utcOffsetMinutes: number): number {
  return dayNumber * day - utcOffsetMinutes * 60_000 + dayStart;
}

/** The span of days that count together. */
export interface Span {
  /** The first day that counts. */
  readonly first: number;
  /** The first day of the next calendar period; `undefined` when each article expires on its own. */
  readonly next?: number;
  /** How many days an article counts when it expires on its own. */
  readonly days: number;
}

/** Returns the days that count together with `today`. */
export function spanOf(period: Period, today: number): Span {
  if (typeof period === 'object') {
    // An invalid number must not lock a site: NaN means one day.
    const days = Math.min(Math.max(Math.floor(period.days) || 1, 1), longestPeriod);
    return {first: today - days + 1, days};
  }
  if (period === 'day') return {first: today, next: today + 1, days: 1};
  if (period === 'week') {
    // 1 January 1970 was a Thursday.
    const monday = today - ((((today + 3) % 7) + 7) % 7);
    return {first: monday, next: monday + 7, days: 7};
  }
  const date = new Date(today * day);
  const firstOf = (month: number) => Date.UTC(date.getUTCFullYear(), month, 1) / day;
  const first = firstOf(date.getUTCMonth());
  const next = firstOf(date.getUTCMonth() + 1);
  return {first, next, days: next - first};
}
