/** Numbers the days of a meter. */

const day = 86_400_000;

/** A reader's day begins at 04:00, as for every other rule. In ms. */
export const dayStart: number = 4 * 3_600_000;

/** The longest period of a meter, in days. */
export const longestPeriod = 31;

/** Returns the number of the reader's day at a moment. */
export function meterDayOf(now: number, utcOffsetMinutes: number): number {
  return Math.floor((now + utcOffsetMinutes * 60_000 - dayStart) / day);
}
