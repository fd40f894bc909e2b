/** Limits how often one caller, or everybody together, may ask. */

/** At most `most` attempts in any `within` ms. */
export interface Limit {
  readonly most: number;
  readonly within: number;
}

/** Counts attempts. Processes of the companion that count together share a limiter. */
export interface Limiter {
  /** Counts one attempt and resolves with 0; at a limit, counts nothing and resolves with the ms to wait. */
  take(bucket: string, limits: readonly Limit[], now: number): Promise<number>;
}

/** Creates a limiter in this process's memory: a sliding window with at most `most` buckets. */
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
      // Reinserting keeps the most recently used bucket longest.
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
