/** Corrects a test statistic for the skewness of what it compares (Hall's transformation). */

/**
 * Turns a difference in standard errors into a number that is normal to the second order. After Hall,
 * “On the removal of skewness by transformation”, JRSS B 54 (1992). It is monotone, so that it can be
 * turned round. `skew` is the skewness of the difference.
 */
export function withoutSkew(statistic: number, skew: number): number {
  if (skew === 0) return statistic;
  return ((1 + (skew * statistic) / 3) ** 3 - 1) / skew + skew / 6;
}

/** Turns `withoutSkew()` round. */
export function withSkew(corrected: number, skew: number): number {
  if (skew === 0) return corrected;
  return (3 / skew) * (Math.cbrt(1 + skew * (corrected - skew / 6)) - 1);
}
