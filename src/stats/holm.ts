/** When several arms are compared with one control, how small must each p be? */

/** Holm's adjusted p values, in the order given: compare each with alpha itself. */
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
