/** Computes the ratio of two arms for display; decisions use the difference. */

import {normalUpper} from './distributions.js';
import {meanOf, varianceOf, type Interval, type Moments} from './moments.js';

/** A lift: 0.2 is 20 % more. */
export interface Lift extends Interval {
  readonly lift: number;
}

/**
 * Returns the lift of b over a. Its interval is symmetric in the logarithm, so that it errs equally on
 * both sides, unlike one of the plain ratio. `undefined` while an arm has brought no money.
 */
export function liftOf(a: Moments, b: Moments, alpha: number): Lift | undefined {
  const [x, y] = [meanOf(a), meanOf(b)];
  if (!(x > 0 && y > 0)) return undefined;
  const log = Math.log(y / x);
  const error = Math.sqrt(varianceOf(a) / (a.n * x * x) + varianceOf(b) / (b.n * y * y));
  const reach = normalUpper(alpha / 2) * error;
  return {lift: y / x - 1, low: Math.exp(log - reach) - 1, high: Math.exp(log + reach) - 1};
}
