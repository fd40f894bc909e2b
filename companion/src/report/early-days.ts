/** Finds days with readers that lie long before the rest of a test. */

const day = 86_400_000;

/** How many days may pass without a reader before the days ahead of them are named. */
const longestGap = 60;

/** The most days that are named. */
const mostNamed = 3;

/**
 * Names the days that lie more than 60 days before the rest, such as those of a rehearsal; `undefined`
 * when there are none.
 */
export function earlyDays(days: Iterable<string>): string | undefined {
  const sorted = [...new Set(days)].sort();
  const lengths = sorted
    .slice(1)
    .map((next, i) => Math.round((Date.parse(next) - Date.parse(sorted[i] ?? '')) / day));
  const last = lengths.findLastIndex(length => length > longestGap);
  const [early, next] = [sorted.slice(0, last + 1), sorted[last + 1]];
  if (last < 0 || next === undefined) return undefined;
  const named = early.slice(0, mostNamed).join(', ');
  const more = early.length - mostNamed;
  return `Days with readers lie long before the rest: ${named}${more > 0 ? ` and ${more} more` : ''}; then none for ${lengths[last] ?? 0} days, until ${next}. If they are no part of this test, leave them out: the planned end is counted from the first day.`;
}
