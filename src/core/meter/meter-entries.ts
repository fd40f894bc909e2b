/** Encodes counted articles so that tabs and servers agree in any order. */

import {meterDayOf, longestPeriod} from './meter-day.js';

/** The most free articles of any meter, so that no more need to be stored. */
export const mostCounted = 100;

/** A counted article: its day, its key, and its section where that has its own allowance. */
export interface Counted {
  readonly day: number;
  readonly key: string;
  readonly section: string | undefined;
}

/** Parses `"20746 1x2y3z"` or `"20746 1x2y3z 9k8j7h"`. */
export function readEntry(entry: string): Counted {
  const [day, key = '', section] = entry.split(' ');
  return {day: Number(day), key, section};
}

/** Drops entries that are too old to count or that only a wrong clock can have written. */
export function pruneEntries(entries: readonly string[], today: number): string[] {
  return entries.filter(entry => {
    const {day} = readEntry(entry);
    return day > today - longestPeriod && day <= today + 1;
  });
}

/** Merges the entries of two tabs, or of a browser and a server, up to the maximum. */
export function joinEntries(a: readonly string[], b: readonly string[]): readonly string[] {
  // Five-digit day numbers sort as text until the year 2243, so the newest are kept.
  return [...new Set([...a, ...b])].sort().slice(-mostCounted);
}

/**
 * Makes future entries, written by a clock that ran ahead, count from today. Returns the same entries
 * when there are none.
 */
export function rebaseEntries(entries: readonly string[], now: number): readonly string[] {
  // In the time zone furthest ahead of UTC.
  const today = meterDayOf(now, 14 * 60);
  const isAhead = (entry: string) => readEntry(entry).day > today + 1;
  if (!entries.some(isAhead)) return entries;
  return joinEntries(
    entries.map(entry => (isAhead(entry) ? entry.replace(/^\d+/, String(today)) : entry)),
    [],
  );
}
