/** Computes the incomplete beta and gamma functions to twelve digits, also in their tails. */

/** Below this a term no longer changes a sum. */
const precision = 1e-16;
/** Stands in for zero in a continued fraction. */
const tiny = 1e-300;
const halfLogTwoPi = 0.9189385332046727;

/** Returns the remainder of Stirling's formula for ln Γ(x), for x ≥ 10 (NIST Handbook, 5.11.1). */
function stirlingRest(x: number): number {
  const y = 1 / (x * x);
  const terms = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360_360, 1 / 156];
  return terms.reduceRight((sum, term) => sum * y + term, 0) / x;
}

/** Returns ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  let shift = 0;
  let y = x;
  // Γ(x + 1) = x Γ(x) shifts x to where Stirling's formula is accurate.
  for (; y < 10; y += 1) shift += Math.log(y);
  return (y - 0.5) * Math.log(y) - y + halfLogTwoPi + stirlingRest(y) - shift;
}

/** Returns ln B(a, b) without the cancellation of ln Γ for large arguments. */
export function logBeta(a: number, b: number): number {
  const [low, high] = a < b ? [a, b] : [b, a];
  if (high < 10) return logGamma(low) + logGamma(high) - logGamma(low + high);
  const ratio = Math.log1p(low / high);
  const rest = stirlingRest(high) - stirlingRest(low + high);
  // ln Γ(high) − ln Γ(low + high), without the large terms that both share.
  const difference = rest + low - low * Math.log(low + high) - (high - 0.5) * ratio;
  return logGamma(low) + difference;
}

/** Evaluates b₀ + a₁/(b₁ + a₂/(b₂ + …)) by Lentz's method; `term` returns the n-th step. */
function continuedFraction(
  start: number,
  term: (n: number) => readonly [a: number, b: number],
): number {
  let value = start || tiny;
  let c = value;
  let d = 0;
  for (let n = 1; n < 100_000; n += 1) {
    const [a, b] = term(n);
    d = 1 / (b + a * d || tiny);
    c = b + a / c || tiny;
    value *= c * d;
    if (Math.abs(c * d - 1) < precision * 2) break;
  }
  return value;
}

/**
 * Returns the regularised incomplete beta function Iₓ(a, b). `rest` is 1 − x, which the caller may know
 * more precisely than a subtraction gives.
 */
export function betaShare(x: number, a: number, b: number, rest: number = 1 - x): number {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  // The fraction converges fast only on one side of the mean.
  if (x > (a + 1) / (a + b + 2)) return 1 - betaShare(rest, b, a, x);
  const front = Math.exp(a * Math.log(x) + b * Math.log(rest) - logBeta(a, b)) / a;
  const fraction = continuedFraction(1, n => {
    const m = n >> 1;
    const k = a + 2 * m;
    const step =
      n % 2 === 0
        ? (m * (b - m) * x) / ((k - 1) * k)
        : (-(a + m) * (a + b + m) * x) / (k * (k + 1));
    return [step, 1];
  });
  return front / fraction;
}

/** Returns the upper regularised incomplete gamma function Q(a, x). */
export function gammaTail(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * precision; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - front * sum;
  }
  const fraction = continuedFraction(x + 1 - a, n => [n * (a - n), x + 2 * n + 1 - a]);
  return front / fraction;
}
