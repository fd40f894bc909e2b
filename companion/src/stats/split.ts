/** Tests whether readers were split as planned; otherwise no other number can be trusted. */

import {chiSquareTail} from './distributions.js';

/** Below this p value the split counts as broken: a false alarm in one of a thousand tests. */
export const splitAlpha = 0.001;

/** Returns the p value of Pearson's chi-square test of counts against weights; 1 with nothing to test. */
export function splitTest(counts: readonly number[], weights: readonly number[]): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  if (all === 0 || counts.length < 2) return 1;
  let distance = 0;
  for (const [i, count] of counts.entries()) {
    const expected = (all * (weights[i] ?? 0)) / whole;
    // Readers in an arm that should have none.
    if (expected === 0 && count > 0) return 0;
    if (expected > 0) distance += (count - expected) ** 2 / expected;
  }
  return chiSquareTail(distance, counts.length - 1);
}
