/** Finds the language that fits a page best, as RFC 4647 looks it up. */

const plain = (tag: string): string => tag.toLowerCase().replaceAll('_', '-');

/**
 * Returns the one of the available tags that fits a BCP 47 tag best, as it is written there: the same
 * tag, else what is left of it as subtags are cut off its end (`zh-Hant-TW`, `zh-Hant`, `zh`; a
 * singleton goes with what follows it). Case does not count, and `_` is `-`.
 */
export function matchLanguage(tag: string, available: readonly string[]): string | undefined {
  for (let rest = plain(tag); rest; rest = rest.replace(/(-[^-])?-?[^-]*$/, '')) {
    const match = available.find(other => plain(other) === rest);
    if (match !== undefined) return match;
  }
  return undefined;
}
