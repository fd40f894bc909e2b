/** Makes random numbers for ids, which nothing secret depends on. */

/** Returns random bytes, from `Math.random()` where a page or its browser has no `crypto`. */
export function randomBytes(count: number): number[] {
  const bytes = new Uint8Array(count);
  try {
    return [...crypto.getRandomValues(bytes)];
  } catch {
    return [...bytes].map(() => Math.floor(Math.random() * 256));
  }
}
