/** Hashes an article's address, so that articles are counted without storing addresses. */

/** Returns a short hash of an address or a name (FNV-1a, 32 bits), equal in browsers and on servers. */
export function articleKeyOf(address: string): string {
  let hash = 0x811c9dc5;
  for (const character of address) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

/**
 * Returns the key under which an article is counted in a record, given the record's entries. `/a` and `/a/`
 * are one article: where only the other form was counted, its key is returned.
 */
export function countedKeyOf(address: string, entries: readonly string[]): string {
  const counted = entries.join(' ').split(' ');
  const key = articleKeyOf(address);
  const other = articleKeyOf(address.replace(/\/?(?=\?|$)/, slash => (slash ? '' : '/')));
  return !counted.includes(key) && counted.includes(other) ? other : key;
}
