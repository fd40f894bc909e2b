/** How many times as much does one arm bring? For display: decisions are made on the difference. */

import {normalUpper} from './distributions.js';
import {meanOf, varianceOf, type Interval, type Moments} from './moments.js';

/** A lift: 0.2 is a fifth more. */
export interface Lift extends Interval {
  readonly lift: number;
}

/**
 * The lift of b over a, its interval symmetric in the logarithm: unlike one of the plain ratio it errs
 * on both sides alike. Nothing while an arm has brought nothing.
 */
export function liftOf(a: Moments, b: Moments, alpha: number): Lift | undefined {
  const [x, y] = [meanOf(a), meanOf(b)];
  if (!(x > 0 && y > 0)) return undefined;
  const log = Math.log(y / x);
  const error = Math.sqrt(varianceOf(a) / (a.n * x * x) + varianceOf(b) / (b.n * y * y));
  const reach = normalUpper(alpha / 2) * error;
  return {lift: y / x - 1, low: Math.exp(log - reach) - 1, high: Math.exp(log + reach) - 1};
}
