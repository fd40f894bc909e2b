/** Is this page an article, and how is it told from others without keeping its address? */

/** A short hash of the path (FNV-1a, 32 bits), or '' where there is no article. */
export function articleKey(): string {
  if (!document.querySelector('article')) return '';
  let hash = 0x811c9dc5;
  for (const character of location.pathname) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
