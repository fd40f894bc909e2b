/** Tells running text from names, labels and addresses. */

/** Longer than any title or name. */
const longText = 200;

/** Markup, character references, quotation marks, script and URL escapes, which separate words as spaces do. */
const between =
  /(?:<[^<>]*>|&#?\w+;|\\u[\da-f]{4}|\\x[\da-f]{2}|%[\da-f]{2}|\\+["'`/nrtbf]?|[“”„‘«»()–—\s])+/gi;

/** Characters of scripts that do not separate words. */
const dense = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}，、]`;

const runs = new Map<number, RegExp>();

/** Whether a text has that many words in a row, or three times as many characters in scripts without spaces. */
export function hasRun(text: string, words: number): boolean {
  const rest = String.raw`[^\s"{}[\]<>=|\\/]*`;
  const run =
    runs.get(words) ??
    new RegExp(
      String.raw`\p{L}${rest}(?: [\p{L}\p{N}]${rest}){${words - 1}}|${dense}{${words * 3}}`,
      'u',
    );
  runs.set(words, run);
  return run.test(text.replaceAll(between, ' '));
}

/** Whether a text is too long for a title. */
export function isLong(text: string): boolean {
  return text.length > longText && /\s/.test(text.trim());
}

/** Whether a text may be a sentence of an article. */
export function isProse(text: string): boolean {
  return isLong(text) || hasRun(text, 5);
}
