/** Computes confidence intervals for a difference of means that stay valid under daily looks. */

import {intervalOf, type Difference} from './difference.js';
import type {Interval} from './moments.js';

/**
 * Returns half the width of an asymptotic confidence sequence, in standard errors. It misses the truth
 * at any look in at most a share `alpha` of tests. Narrowest near `planned` readers. After Waudby-Smith, Arbour, Sinha,
 * Kennedy and Ramdas, “Time-uniform central limit theory and asymptotic confidence sequences”, equation
 * for a mean, with their choice of ρ.
 */
export function anytimeReach(n: number, planned: number, alpha: number): number {
  const log = -2 * Math.log(alpha);
  const rho = (log + Math.log(log + 1)) / planned;
  const m = n * rho + 1;
  return Math.sqrt(((2 * m) / (n * rho)) * Math.log(Math.sqrt(m) / alpha));
}

/** Returns an always-valid interval of a difference between two arms of n readers together. */
export function anytimeInterval(
  pair: Difference,
  n: number,
  planned: number,
  alpha: number,
): Interval {
  if (!(pair.error > 0)) return {low: -Infinity, high: Infinity};
  return intervalOf(pair, anytimeReach(n, planned, alpha));
}
