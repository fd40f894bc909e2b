/** Is this caller, or everybody together, asking too often? */

/** At most `most` in any `within` ms. */
export interface Limit {
  readonly most: number;
  readonly within: number;
}

/** Counts attempts. Copies of the companion that shall count together share one. */
export interface Limiter {
  /** Counts one attempt; answers 0, or the ms to wait when one of the limits is reached (and nothing is counted). */
  take(bucket: string, limits: readonly Limit[], now: number): Promise<number>;
}

/** A limiter in this process's memory: a sliding window, at most `most` buckets. */
export function slidingWindow(most = 10_000): Limiter {
  const buckets = new Map<string, number[]>();
  return {
    take(bucket, limits, now) {
      const longest = Math.max(0, ...limits.map(limit => limit.within));
      const times = (buckets.get(bucket) ?? []).filter(time => time > now - longest && time <= now);
      const wait = Math.max(
        0,
        ...limits.map(limit => {
          const oldest = times.at(-limit.most);
          if (limit.most < 1) return limit.within;
          return oldest === undefined ? 0 : oldest + limit.within - now;
        }),
      );
      if (!wait) times.push(now);
      // The bucket that was used last is the last to be forgotten.
      buckets.delete(bucket);
      buckets.set(bucket, times);
      if (buckets.size > most) {
        const [first] = buckets.keys();
        if (first !== undefined) buckets.delete(first);
      }
      return Promise.resolve(wait);
    },
  };
}
