/** What must be known of an arm's readers, that no sum over more readers would make longer? */

/** A number per reader, summed: counts, sums and sums of squares add up over days and servers. */
export interface Moments {
  /** Readers. */
  readonly n: number;
  readonly sum: number;
  /** Sum of squares. */
  readonly squares: number;
}

export function meanOf({n, sum}: Moments): number {
  return sum / n;
}

/** The variance of one reader's number, with n − 1. */
export function varianceOf({n, sum, squares}: Moments): number {
  return Math.max(squares - (sum * sum) / n, 0) / (n - 1);
}

/** Moments of a yes or no: so many of n. */
export function ofShare(n: number, count: number): Moments {
  return {n, sum: count, squares: count};
}

/** An interval from low to high. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Whether nothing may be said about the direction. */
export function covers({low, high}: Interval, value = 0): boolean {
  return low <= value && value <= high;
}
