/** Computes confidence intervals for a difference of means that stay valid under daily looks. */

import type {Interval, Moments} from './moments.js';
import {differenceOf} from './welch.js';

/**
 * Returns half the width of an asymptotic confidence sequence, which misses the truth at any look in at
 * most a share `alpha` of tests. Narrowest near `planned` readers. After Waudby-Smith, Arbour, Sinha,
 * Kennedy and Ramdas, “Time-uniform central limit theory and asymptotic confidence sequences”, equation
 * for a mean, with their choice of ρ.
 */
export function anytimeReach(error: number, n: number, planned: number, alpha: number): number {
  const log = -2 * Math.log(alpha);
  const rho = (log + Math.log(log + 1)) / planned;
  const m = n * rho + 1;
  return error * Math.sqrt(((2 * m) / (n * rho)) * Math.log(Math.sqrt(m) / alpha));
}

/** Returns an always-valid interval of b minus a. */
export function anytimeInterval(a: Moments, b: Moments, planned: number, alpha: number): Interval {
  const {difference, error} = differenceOf(a, b);
  if (!(error > 0)) return {low: -Infinity, high: Infinity};
  const reach = anytimeReach(error, a.n + b.n, planned, alpha);
  return {low: difference - reach, high: difference + reach};
}
