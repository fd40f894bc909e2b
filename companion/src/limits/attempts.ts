/** Counts attempts in a sliding window, in as few numbers as a limit needs. */

/** At most `max` in any `windowMs`. */
export interface Limit {
  readonly max: number;
  readonly windowMs: number;
}

/** The time of an attempt in epoch ms, or of several attempts and how many there were. */
export type Attempt = number | readonly [time: number, count: number];

/** The most entries that are kept of one bucket, whatever its limits are. */
const mostEntries = 64;

export const timeOf = (attempt: Attempt): number =>
  typeof attempt === 'number' ? attempt : attempt[0];
const countOf = (attempt: Attempt): number => (typeof attempt === 'number' ? 1 : attempt[1]);
const atTime = (attempt: Attempt, time: number): Attempt =>
  typeof attempt === 'number' ? time : [time, attempt[1]];

/**
 * Returns the attempts that count, oldest first, and the ms to wait before one more is allowed. Attempts of a
 * process whose clock is ahead count as of now.
 */
export function roomFor(
  attempts: readonly Attempt[],
  limits: readonly Limit[],
  now: number,
): {readonly times: readonly Attempt[]; readonly wait: number} {
  const longest = Math.max(0, ...limits.map(limit => limit.windowMs));
  const times = attempts
    .filter(attempt => timeOf(attempt) > now - longest)
    .map(attempt => atTime(attempt, Math.min(timeOf(attempt), now)));
  const waits = limits.map(({max, windowMs}) => {
    if (max < 1) return windowMs;
    let newer = 0;
    // The newest attempt that must leave the window before another may come.
    const last = times.findLast(attempt => (newer += countOf(attempt)) >= max);
    return last === undefined ? 0 : Math.max(0, timeOf(last) + windowMs - now);
  });
  return {times, wait: Math.max(0, ...waits)};
}

/**
 * Adds an attempt. Beyond 64 entries, two neighbours become one at the later time: those that then stand for
 * the smallest part of the window that they still count in. So attempts count for too long rather than too
 * short, and a limit is never exceeded.
 */
export function withAttempt(
  attempts: readonly Attempt[],
  limits: readonly Limit[],
  now: number,
): readonly Attempt[] {
  const all = [...attempts, now];
  if (all.length <= mostEntries) return all;
  const windows = limits.map(({windowMs}) => windowMs);
  const stamps = all.map(timeOf);
  const parts = stamps.slice(1, -1).map((time, index) => {
    // An entry stands for all that came after the one before it.
    const [before = time, , after = time] = stamps.slice(index, index + 3);
    return (after - before) / Math.min(...windows.filter(windowMs => windowMs > now - time));
  });
  const at = 1 + parts.indexOf(Math.min(...parts));
  const pair = all.slice(at, at + 2);
  const joined = [
    Math.max(...pair.map(timeOf)),
    pair.map(countOf).reduce((sum, count) => sum + count, 0),
  ] as const;
  return [...all.slice(0, at), joined, ...all.slice(at + 2)];
}
