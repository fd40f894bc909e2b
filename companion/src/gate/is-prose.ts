/** Tells running text from names, labels and addresses. */

/** Longer than any title or name. */
const longText = 200;

/** Markup, character references, quotation marks, script and URL escapes, which separate words as spaces do. */
const between =
  /(?:<[^<>]*>|&#?\w+;|\\u[\da-f]{4}|\\x[\da-f]{2}|%[\da-f]{2}|\\+["'`/nrtbf]?|[“”„‘«»()–—\s])+/gi;

/** Characters of scripts that do not separate words. */
const denseCharacter = String.raw`[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}，、]`;

/** What stands in no word: text of that kind is code. */
const noWord = /["{}[\]<>=|\\/]/;
const dense = new Map<number, RegExp>();

/** Whether a text has that many characters in a row of scripts without spaces. */
function hasDense(text: string, count: number): boolean {
  const run = dense.get(count) ?? new RegExp(`${denseCharacter}{${count}}`, 'u');
  dense.set(count, run);
  return run.test(text);
}

/** Letters as scripts, markup and addresses write them when they must not be letters. */
const escaped =
  /\\u\{?([\da-f]{4,6})\}?|\\x([\da-f]{2})|&#x([\da-f]{1,6});|&#(\d{1,7});|%([\da-f]{2})/gi;
/** What may be a text in base64, in either alphabet. */
const base64 = /[\w+/-]{40,}/g;

function unescaped(text: string): string {
  return text.replaceAll(escaped, (source, ...codes: (string | undefined)[]) => {
    const [long, short, hexadecimal, decimal, percent] = codes;
    const code = decimal
      ? Number(decimal)
      : parseInt(long ?? short ?? hexadecimal ?? percent ?? '', 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : source;
  });
}

/** Returns the texts in base64. */
function decoded(text: string): string[] {
  return (text.match(base64) ?? []).flatMap(candidate => {
    try {
      // A stray letter at the end is no text; what is before it may be.
      const whole = candidate.slice(0, candidate.length - (candidate.length % 4 === 1 ? 1 : 0));
      const bytes = atob(whole.replaceAll('-', '+').replaceAll('_', '/'));
      return [new TextDecoder().decode(Uint8Array.from(bytes, byte => byte.charCodeAt(0)))];
    } catch {
      return [];
    }
  });
}

/**
 * Whether a text has that many words in a row, or three times as many characters in scripts without spaces,
 * as it is, escaped, or in base64.
 */
export function hasRun(text: string, words: number): boolean {
  if (hasPlainRun(text, words)) return true;
  const plain = unescaped(text);
  if (plain !== text && hasPlainRun(plain, words)) return true;
  return decoded(plain).some(inner => hasPlainRun(unescaped(inner), words));
}

function hasPlainRun(text: string, words: number): boolean {
  const plain = text.replaceAll(between, ' ');
  let run = 0;
  for (const word of plain.split(' ')) {
    const parts = word.split(noWord);
    const [first = ''] = parts;
    // A row begins with a letter; years and hours may follow.
    const goesOn = run > 0 && /^[\p{L}\p{N}]/u.test(first);
    run = goesOn ? run + 1 : Number(/\p{L}/u.test(first));
    if (run >= words) return true;
    if (parts.length > 1) run = Number(/\p{L}/u.test(parts.at(-1) ?? ''));
  }
  return hasDense(plain, words * 3);
}

/** Whether a text is too long for a title. */
export function isLong(text: string): boolean {
  return text.length > longText && /\s/.test(text.trim());
}

/** Whether a text may be a sentence of an article. */
export function isProse(text: string): boolean {
  return isLong(text) || hasRun(text, 5);
}
