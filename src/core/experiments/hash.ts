/** Hashes a reader to a point in [0, 1), by version 2 of GrowthBook's public specification. */

/** Hashes with 32-bit FNV-1a over UTF-16 units, like the specification's JavaScript. */
function fnv1a(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  }
  return state >>> 0;
}

/**
 * Returns the point of a value under a seed, one of 10,000 in [0, 1). Equal to GrowthBook's
 * `hashVersion: 2`, so that its servers and apps assign the same reader to the same arm.
 */
export function hash(seed: string, value: string): number {
  return (fnv1a(String(fnv1a(seed + value))) % 10_000) / 10_000;
}
