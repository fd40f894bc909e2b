/** Computes tail probabilities and quantiles of the normal, Student's t and chi-square distributions. */

import {betaShare, gammaTail} from './special.js';

/** Returns P(Z > z) for a standard normal Z. */
export function normalTail(z: number): number {
  const beyond = gammaTail(0.5, (z * z) / 2) / 2;
  return z < 0 ? 1 - beyond : beyond;
}

/** Returns P(T > t) for Student's t with these degrees of freedom. */
export function studentTail(t: number, degrees: number): number {
  const square = t * t;
  const x = degrees / (degrees + square);
  const beyond = betaShare(x, degrees / 2, 0.5, square / (degrees + square)) / 2;
  return t < 0 ? 1 - beyond : beyond;
}

/** Returns P(X > x) for chi-square with these degrees of freedom. */
export function chiSquareTail(x: number, degrees: number): number {
  return gammaTail(degrees / 2, x / 2);
}

/** Inverts a falling tail function for p ≤ ½: doubles a bound, then bisects. */
function invert(tail: (x: number) => number, p: number): number {
  let low = 0;
  let high = 1;
  while (tail(high) > p) {
    low = high;
    high *= 2;
  }
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (tail(middle) > p) low = middle;
    else high = middle;
  }
}

function quantile(tail: (x: number) => number, p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`expected a share between 0 and 1 but received ${p}`);
  if (p === 0.5) return 0;
  return p < 0.5 ? invert(tail, p) : -invert(tail, 1 - p);
}

/** Returns z with P(Z > z) = p. */
export function normalUpper(p: number): number {
  return quantile(normalTail, p);
}

/** Returns t with P(T > t) = p. */
export function studentUpper(p: number, degrees: number): number {
  return quantile(t => studentTail(t, degrees), p);
}
