/** Corrects p values for comparing several arms with one control. */

/** Returns Holm's adjusted p values in the given order. Compare each with alpha. */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => (ps[a] ?? 0) - (ps[b] ?? 0));
  const adjusted = new Array<number>(ps.length).fill(1);
  let least = 0;
  for (const [rank, i] of order.entries()) {
    least = Math.max(least, Math.min((ps[i] ?? 1) * (ps.length - rank), 1));
    adjusted[i] = least;
  }
  return adjusted;
}
