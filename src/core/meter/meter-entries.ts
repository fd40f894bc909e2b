/** How is a counted article written down, so that tabs and servers agree whatever the order? */

import {dayOf, longestPeriod} from './meter-period.js';

/** More articles than this are never free, so more need not be remembered. */
export const mostCounted = 100;

/** One counted article: its day, its key, and its section where that has an allowance of its own. */
export interface Counted {
  readonly day: number;
  readonly key: string;
  readonly section: string | undefined;
}

/** Reads `"20746 1x2y3z"` or `"20746 1x2y3z 9k8j7h"`. */
export function readEntry(entry: string): Counted {
  const [day, key = '', section] = entry.split(' ');
  return {day: Number(day), key, section};
}

/** Drops what is too old to count and what only a wrong clock can have written. */
export function pruneEntries(entries: readonly string[], today: number): string[] {
  return entries.filter(entry => {
    const {day} = readEntry(entry);
    return day > today - longestPeriod && day <= today + 1;
  });
}

/** What two tabs, or a browser and a server, have counted together; never more than is needed. */
export function joinEntries(a: readonly string[], b: readonly string[]): readonly string[] {
  // Days of five digits sort as text until the year 2243: the newest are kept.
  return [...new Set([...a, ...b])].sort().slice(-mostCounted);
}

/**
 * Puts right what a clock that ran ahead has stamped: it counts from today. Returns the same
 * entries when there is nothing to put right.
 */
export function rebaseEntries(entries: readonly string[], now: number): readonly string[] {
  // In the time zone that is furthest ahead.
  const today = dayOf(now, 14 * 60);
  const isAhead = (entry: string) => readEntry(entry).day > today + 1;
  if (!entries.some(isAhead)) return entries;
  return joinEntries(
    entries.map(one => (isAhead(one) ? one.replace(/^\d+/, String(today)) : one)),
    [],
  );
}
