/** Lists other spellings of an address under which a server may find the same page. */

/** Decodes a path repeatedly, because it may be encoded more than once; keeps what cannot be decoded. */
function decoded(path: string): string {
  let text = path;
  for (let n = 0; n < 3; n += 1) {
    const next = text.replaceAll(/(?:%[\da-f]{2})+/gi, run => {
      try {
        return decodeURIComponent(run);
      } catch {
        return run;
      }
    });
    if (next === text) break;
    text = next;
  }
  return text;
}

/**
 * Returns the address and the variants that servers treat as the same: decoded, with single slashes,
 * without segment parameters, without a trailing slash, in lower case. A gate checks each of them,
 * because any of them could be used to bypass it.
 */
export function spellingsOf(address: string): readonly string[] {
  const url = new URL(address);
  const parts = decoded(url.pathname)
    .replaceAll('\0', '')
    .split(/[/\\]+/)
    .map(part => part.replace(/;.*$/, '').trim());
  const plain = new URL(url);
  // Setting the path resolves `.` and `..` once more.
  plain.pathname = parts.join('/');
  const withoutSlash = new URL(plain);
  withoutSlash.pathname = plain.pathname.replace(/(?<=.)\/+$/, '');
  const lowerCase = [plain, withoutSlash].map(variant => {
    const lower = new URL(variant);
    lower.pathname = variant.pathname.toLowerCase();
    return lower;
  });
  return [...new Set([url, plain, withoutSlash, ...lowerCase].map(variant => variant.href))];
}
