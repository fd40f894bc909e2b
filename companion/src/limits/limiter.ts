/** Limits how often one caller, or everybody together, may ask. */

import {roomFor, timeOf, withAttempt, type Attempt, type Limit} from './attempts.js';

export type {Limit} from './attempts.js';

/** Counts attempts. Processes of the companion that count together share a limiter. */
export interface Limiter {
  /** Counts one attempt and resolves with 0; at a limit, counts nothing and resolves with the ms to wait. */
  take(bucket: string, limits: readonly Limit[], now: number): Promise<number>;
}

/** A limiter in this process's memory: a sliding window, at most `maxKeys` buckets. */
export function slidingWindow(maxKeys = 10_000): Limiter {
  const buckets = new Map<string, readonly Attempt[]>();
  return {
    take(bucket, limits, now) {
      // The clock may have been set back: what it has counted ahead of that holds nobody up.
      const known = (buckets.get(bucket) ?? []).filter(attempt => timeOf(attempt) <= now);
      const {times, wait} = roomFor(known, limits, now);
      // Reinserting keeps the most recently used bucket longest.
      buckets.delete(bucket);
      buckets.set(bucket, wait ? times : withAttempt(times, limits, now));
      if (buckets.size > maxKeys) {
        const [first] = buckets.keys();
        if (first !== undefined) buckets.delete(first);
      }
      return Promise.resolve(wait);
    },
  };
}
