/** Counts attempts in the store, so that several processes of the companion share one limit. */

import {roomFor, withAttempt, type Attempt} from './attempts.js';
import {isWorker} from '../http/is-worker.js';
import type {Limit, Limiter} from './limiter.js';

/** The times of the attempts of one bucket, and how often the bucket was written. */
export interface Attempts {
  /** At most 64, oldest first. */
  readonly times: readonly Attempt[];
  /** Increases with every write; 0 for a bucket that does not exist. */
  readonly version: number;
}

/** The part of the companion's store that counts attempts. Every method may reject. */
export interface LimitStore {
  read(bucket: string): Promise<Attempts>;
  /**
   * Writes the times unless the bucket has changed since `version`; resolves with whether it wrote.
   * The bucket may be deleted after `expires` (epoch ms).
   */
  write(bucket: string, attempts: Attempts, expires: number): Promise<boolean>;
}

/** How often an attempt retries a conflicting write. More conflicts than that mean too many attempts. */
const tries = 12;
/** The wait that is reported then, in ms. */
const crowded = 1000;
/** How many refusals are remembered in memory, so that a flood does not reach the store. */
const mostRefusals = 10_000;

/**
 * Creates a limiter that counts in the store: a sliding window that is never exceeded, however many
 * processes count at once. It needs no transaction: a write that conflicts with another process's is
 * not made, and the attempt reads again.
 */
export function storeLimiter(store: LimitStore): Limiter {
  const turns = new Map<string, Promise<number>>();
  const refused = new Map<string, number>();

  async function attempt(bucket: string, limits: readonly Limit[], now: number): Promise<number> {
    const longest = Math.max(...limits.map(limit => limit.windowMs));
    // Attempts are only ever added, so a refusal stays valid until then.
    const wait = (refused.get(bucket) ?? 0) - now;
    if (wait > 0 && wait <= longest) return wait;
    for (let left = tries; left; left--) {
      const {times: all, version} = await store.read(bucket);
      const {times, wait: until} = roomFor(all, limits, now);
      if (until) {
        if (refused.size >= mostRefusals) refused.clear();
        refused.set(bucket, now + until);
        return until;
      }
      const written = {times: withAttempt(times, limits, now), version};
      if (await store.write(bucket, written, now + longest)) return 0;
      await new Promise(go => setTimeout(go, Math.random() * 5 * (tries - left + 1)));
    }
    return crowded;
  }

  return {
    async take(bucket, limits, now) {
      if (!limits.length) return 0;
      if (isWorker()) return await attempt(bucket, limits, now);
      // One at a time in each process, so that only other processes can conflict.
      const turn = (turns.get(bucket) ?? Promise.resolve(0))
        .catch(() => 0)
        .then(() => attempt(bucket, limits, now));
      turns.set(bucket, turn);
      try {
        return await turn;
      } finally {
        if (turns.get(bucket) === turn) turns.delete(bucket);
      }
    },
  };
}
