/** Compares the means of two arms once, at a time fixed in advance. */

import {studentTail, studentUpper} from './distributions.js';
import {meanOf, thirdOf, varianceOf, type Interval, type Moments} from './moments.js';
import {withoutSkew, withSkew} from './skew.js';

/**
 * A difference of means with its uncertainty, seen in two ways. With each arm's own spread (Welch),
 * which errs where a small arm happens to hold none of the large gifts: its mean and its spread are too
 * low together. And with the spread of both arms together (Student), which errs where the arms really
 * differ in spread. In an even split both are the same; in an uneven one, either alone names too many
 * winners.
 */
export interface Difference {
  /** Mean of b minus mean of a. */
  readonly difference: number;
  /** Standard error with each arm's own variance. */
  readonly error: number;
  /** Degrees of freedom, after Satterthwaite. */
  readonly degrees: number;
  /** Standard error with the variance of both arms together. */
  readonly pooledError: number;
  /** Skewness of the difference with each arm's own moments; absent without cubes. */
  readonly skew?: number;
  /** Skewness of the difference if both arms were alike. */
  readonly pooledSkew?: number;
}

/** Returns b minus a. The errors are 0 unless both arms have two readers and one has some variance. */
export function differenceOf(a: Moments, b: Moments): Difference {
  const [varianceA, varianceB] = [varianceOf(a), varianceOf(b)];
  const [u, v] = [varianceA / a.n, varianceB / b.n];
  const error = Math.sqrt(u + v);
  const degrees = (u + v) ** 2 / (u ** 2 / (a.n - 1) + v ** 2 / (b.n - 1));
  const freedom = a.n + b.n - 2;
  const pooled = ((a.n - 1) * varianceA + (b.n - 1) * varianceB) / freedom;
  const pooledError = Math.sqrt(pooled * (1 / a.n + 1 / b.n));
  return {
    ...{difference: meanOf(b) - meanOf(a), error, degrees, pooledError},
    ...skewsOf(a, b, error, pooledError),
  };
}

/** Returns the skewness of the difference in both views; nothing where the cubes were not counted. */
function skewsOf(
  a: Moments,
  b: Moments,
  error: number,
  pooledError: number,
): Pick<Difference, 'skew' | 'pooledSkew'> {
  const [thirdA, thirdB] = [thirdOf(a), thirdOf(b)];
  if (thirdA === undefined || thirdB === undefined) return {};
  if (!(error > 0)) return {skew: 0, pooledSkew: 0};
  const third = (a.n * thirdA + b.n * thirdB) / (a.n + b.n);
  return {
    skew: (thirdB / b.n ** 2 - thirdA / a.n ** 2) / error ** 3,
    pooledSkew: (third / b.n ** 2 - third / a.n ** 2) / pooledError ** 3,
  };
}

/** Returns the p value of Welch's two-sided t test of no difference. */
export function welchTest({difference, error, degrees}: Difference): number {
  if (!(error > 0)) return 1;
  return 2 * studentTail(Math.abs(difference) / error, degrees);
}

/** Returns Welch's interval, which misses the truth in a share `alpha` of tests, for a single look. */
export function welchInterval({difference, error, degrees}: Difference, alpha: number): Interval {
  if (!(error > 0)) return {low: -Infinity, high: Infinity};
  const reach = studentUpper(alpha / 2, degrees) * error;
  return {low: difference - reach, high: difference + reach};
}

/** Returns the p value by which the planned end is judged: the larger of the two views. */
export function endTest({difference, error, degrees, pooledError, skew = 0}: Difference): number {
  if (!(error > 0)) return 1;
  const own = studentTail(Math.abs(withoutSkew(difference / error, skew)), degrees);
  const together = studentTail(Math.abs(difference) / pooledError, degrees);
  return Math.min(2 * Math.max(own, together), 1);
}

/** Returns the interval by which the planned end is judged. */
export function endInterval(pair: Difference, alpha: number): Interval {
  if (!(pair.error > 0)) return {low: -Infinity, high: Infinity};
  return intervalOf(pair, studentUpper(alpha / 2, pair.degrees));
}

/**
 * Returns the smallest interval that holds those of both views, `reach` standard errors to each side:
 * with each arm's own spread, corrected for skewness, and with the spread of both together.
 */
export function intervalOf(
  {difference, error, pooledError, skew = 0}: Difference,
  reach: number,
): Interval {
  return {
    low: difference - Math.max(error * withSkew(reach, skew), pooledError * reach),
    high: difference + Math.max(-error * withSkew(-reach, skew), pooledError * reach),
  };
}
