/** Hashes an article's path, so that articles are counted without storing addresses. */

/** Returns a short hash of a path or a name (FNV-1a, 32 bits), equal in browsers and on servers. */
export function articleKeyOf(path: string): string {
  let hash = 0x811c9dc5;
  for (const character of path) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
