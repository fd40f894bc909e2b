/** How is an article told from others without keeping its address? */

/** A short hash of a path or a name (FNV-1a, 32 bits). The same in the browser and on the server. */
export function articleKeyOf(path: string): string {
  let hash = 0x811c9dc5;
  for (const character of path) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
