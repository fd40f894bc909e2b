import type {Moments} from '../../src/stats/moments.js';

/** Sums of n numbers that have this mean and this standard deviation. */
export function momentsOf(n: number, mean: number, deviation: number): Moments {
  return {n, sum: n * mean, squares: deviation ** 2 * (n - 1) + n * mean ** 2};
}

/** Sums of a list. */
export function sumsOf(list: readonly number[]): Moments {
  return {
    n: list.length,
    sum: list.reduce((sum, one) => sum + one, 0),
    squares: list.reduce((sum, one) => sum + one * one, 0),
    cubes: list.reduce((sum, one) => sum + one ** 3, 0),
  };
}
