/** Creates ids: of events, exposures and attempts to check out. Nothing secret depends on them. */

/**
 * Returns 128 random bits as 32 hexadecimal digits: from `Math.random()` where a page or its browser has no
 * `crypto`. `randomUUID()` exists only on https pages.
 */
export function newId(): string {
  let bytes = new Uint8Array(16);
  try {
    bytes = crypto.getRandomValues(bytes);
  } catch {
    bytes = bytes.map(() => Math.random() * 256);
  }
  return bytes.reduce((id, byte) => id + byte.toString(16).padStart(2, '0'), '');
}
