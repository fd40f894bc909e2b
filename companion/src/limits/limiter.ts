/** Limits how often one caller, or everybody together, may ask. */

/** At most `max` in any `windowMs`. */
export interface Limit {
  readonly max: number;
  readonly windowMs: number;
}

/** Counts attempts. Processes of the companion that count together share a limiter. */
export interface Limiter {
  /** Counts one attempt and resolves with 0; at a limit, counts nothing and resolves with the ms to wait. */
  take(bucket: string, limits: readonly Limit[], now: number): Promise<number>;
}

/** A limiter in this process's memory: a sliding window, at most `maxKeys` buckets. */
export function slidingWindow(maxKeys = 10_000): Limiter {
  const buckets = new Map<string, number[]>();
  return {
    take(bucket, limits, now) {
      const longest = Math.max(0, ...limits.map(limit => limit.windowMs));
      const times = (buckets.get(bucket) ?? []).filter(time => time > now - longest && time <= now);
      const wait = Math.max(
        0,
        ...limits.map(limit => {
          const oldest = times.at(-limit.max);
          if (limit.max < 1) return limit.windowMs;
          return oldest === undefined ? 0 : oldest + limit.windowMs - now;
        }),
      );
      if (!wait) times.push(now);
      // Reinserting keeps the most recently used bucket longest.
      buckets.delete(bucket);
      buckets.set(bucket, times);
      if (buckets.size > maxKeys) {
        const [first] = buckets.keys();
        if (first !== undefined) buckets.delete(first);
      }
      return Promise.resolve(wait);
    },
  };
}
