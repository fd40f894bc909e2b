/** Compares two means once, at a time fixed in advance (Welch's t test). */

import {studentTail, studentUpper} from './distributions.js';
import {meanOf, varianceOf, type Interval, type Moments} from './moments.js';

/** A difference of means with its uncertainty. */
export interface Difference {
  /** Mean of b minus mean of a. */
  readonly difference: number;
  /** Standard error. */
  readonly error: number;
  /** Degrees of freedom, after Satterthwaite. */
  readonly degrees: number;
}

/** Returns b minus a. The error is 0 unless both arms have two readers and one has some variance. */
export function differenceOf(a: Moments, b: Moments): Difference {
  const [u, v] = [varianceOf(a) / a.n, varianceOf(b) / b.n];
  const error = Math.sqrt(u + v);
  const degrees = (u + v) ** 2 / (u ** 2 / (a.n - 1) + v ** 2 / (b.n - 1));
  return {difference: meanOf(b) - meanOf(a), error, degrees};
}

/** Returns the p value of Welch's two-sided t test of no difference. */
export function welchTest({difference, error, degrees}: Difference): number {
  if (!(error > 0)) return 1;
  return 2 * studentTail(Math.abs(difference) / error, degrees);
}

/** Returns the interval that misses the truth in a share `alpha` of tests, for a single look. */
export function welchInterval({difference, error, degrees}: Difference, alpha: number): Interval {
  if (!(error > 0)) return {low: -Infinity, high: Infinity};
  const reach = studentUpper(alpha / 2, degrees) * error;
  return {low: difference - reach, high: difference + reach};
}
