/** Declares the moments of an arm's readers, whose size does not depend on the number of readers. */

/** Moments of a number per reader: count, sum and sum of squares, which add up over days and servers. */
export interface Moments {
  /** Readers. */
  readonly n: number;
  readonly sum: number;
  /** Sum of squares. */
  readonly squares: number;
  /** Sum of cubes, without which the skewness is unknown. */
  readonly cubes?: number | undefined;
}

export function meanOf({n, sum}: Moments): number {
  return sum / n;
}

/** Returns the sample variance, with n − 1. */
export function varianceOf({n, sum, squares}: Moments): number {
  return Math.max(squares - (sum * sum) / n, 0) / (n - 1);
}

/** Returns the third central moment; `undefined` where the cubes were not counted. */
export function thirdOf({n, sum, squares, cubes}: Moments): number | undefined {
  if (cubes === undefined) return undefined;
  const mean = sum / n;
  return cubes / n - (3 * mean * squares) / n + 2 * mean ** 3;
}

/** Returns the moments of a yes or no: `count` of n. */
export function ofShare(n: number, count: number): Moments {
  return {n, sum: count, squares: count, cubes: count};
}

/** An interval from low to high. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Whether the interval contains the value, so that the direction is unknown. */
export function covers({low, high}: Interval, value = 0): boolean {
  return low <= value && value <= high;
}
