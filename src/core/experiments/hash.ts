/** Where on the line from 0 to 1 does a reader stand? The hash of GrowthBook's public specification, version 2. */

/** 32-bit FNV-1a, over UTF-16 units as in the specification's JavaScript. Equal elsewhere for ASCII only. */
function fnv1a(text: string): number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) {
    state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  }
  return state >>> 0;
}

/**
 * The point of a value under a seed, one of 10,000 in [0, 1). Equal to GrowthBook's `hashVersion: 2`,
 * so that its servers and apps put the same reader into the same arm.
 */
export function hash(seed: string, value: string): number {
  return (fnv1a(String(fnv1a(seed + value))) % 10_000) / 10_000;
}
