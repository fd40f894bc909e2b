/** Computes when a paid period ends. */

import type {Interval} from './stripe-objects.js';

/** Returns the end of a period in epoch seconds: the same day of a later month, or that month's last. */
export function periodEnd(start: number, interval: Interval, anchor: number): number {
  const date = new Date(start * 1000);
  if (interval === 'day' || interval === 'week')
    return start + (interval === 'day' ? 86_400 : 7 * 86_400);
  const day = new Date(anchor * 1000).getUTCDate();
  const month = date.getUTCMonth() + (interval === 'month' ? 1 : 12);
  const last = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  date.setUTCFullYear(date.getUTCFullYear(), month, Math.min(day, last));
  return Math.floor(date.getTime() / 1000);
}
