/** Provides seeded random numbers, so that every simulation can be repeated. */

/** Returns the next number in [0, 1). */
export type Chance = () => number;

/** Creates a Mulberry32 generator (public domain, Tommy Ettinger) with a period of 2³² numbers. */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Draws a binomial count: how many of n happen with probability p each. */
export function drawCount(chance: Chance, n: number, p: number): number {
  if (p <= 0) return 0;
  if (p >= 1) return n;
  const log = Math.log1p(-p);
  let count = 0;
  for (let at = -1; ; count += 1) {
    at += 1 + Math.floor(Math.log1p(-chance()) / log);
    if (at >= n) return count;
  }
}

/** Draws an item with a probability proportional to its weight. Throws a `RangeError` without items. */
export function drawOne<T>(chance: Chance, items: readonly (readonly [T, number])[]): T {
  const whole = items.reduce((sum, [, weight]) => sum + weight, 0);
  let rest = chance() * whole;
  for (const [item, weight] of items) {
    rest -= weight;
    if (rest < 0) return item;
  }
  const last = items.at(-1);
  if (!last) throw new RangeError('expected at least one item but received none');
  return last[0];
}
