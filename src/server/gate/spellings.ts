/** Under which other spellings may a server find the same page? */

/** Decodes as often as somebody may have encoded; what cannot be decoded stays. */
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
 * The address itself, and the plainer ones that servers take for the same: decoded, with single
 * slashes, without parameters of a segment, without a slash at the end, in small letters. A gate
 * asks about each, because whoever wants to go round it will.
 */
export function spellingsOf(address: string): readonly string[] {
  const url = new URL(address);
  const parts = decoded(url.pathname)
    .replaceAll('\0', '')
    .split(/[/\\]+/)
    .map(part => part.replace(/;.*$/, '').trim());
  const plain = new URL(url);
  // Set as a path, it loses `.` and `..` once more.
  plain.pathname = parts.join('/');
  const closed = new URL(plain);
  closed.pathname = plain.pathname.replace(/(?<=.)\/+$/, '');
  const small = [plain, closed].map(one => {
    const lower = new URL(one);
    lower.pathname = one.pathname.toLowerCase();
    return lower;
  });
  return [...new Set([url, plain, closed, ...small].map(one => one.href))];
}
