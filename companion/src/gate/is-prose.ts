/** Tells running text from names, labels and addresses. */

/** Longer than any title or name. */
const longText = 200;

/** Characters that a script, a page or an address writes as numbers, once or several times over. */
const escapes =
  /\\{1,8}u([\da-f]{4})|\\{1,8}u\{0*([\da-f]{1,6})\}|\\{1,8}x([\da-f]{2})|&(?:amp;){0,4}#(?:x0*([\da-f]{1,6})|0*(\d{1,7}));?|((?:%(?:25)*[\da-f]{2})+)/gi;

/** Markup, character references, quotation marks and escapes, which separate words as spaces do. */
const between = /(?:<[^<>]*>|&#?\w+;|%[\da-f]{2}|\\+["'`/nrtbf]?|[“”„‘«»()–—\s])+/gi;

/** Base64, in either alphabet, of a sentence or more. */
const base64 = /[a-z\d+/_-]{32,}/gi;

/** Only letters and digits come back: everything else may stand between words. */
const asWords = (text: string): string => text.replaceAll(/[^\p{L}\p{M}\p{N}]/gu, ' ');

function fromPercent(run: string): string {
  const plain = run.replaceAll(/%(?:25)+/g, '%');
  try {
    return asWords(decodeURIComponent(plain));
  } catch {
    return ' ';
  }
}

/** Returns a text with its escaped letters as letters. */
function unescaped(text: string): string {
  return text.replaceAll(
    escapes,
    (
      _,
      unit?: string,
      point?: string,
      byte?: string,
      hex?: string,
      decimal?: string,
      percent?: string,
    ) => {
      if (percent !== undefined) return fromPercent(percent);
      if (unit !== undefined) return asWords(String.fromCharCode(parseInt(unit, 16)));
      const code =
        decimal === undefined ? parseInt(point ?? byte ?? hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? asWords(String.fromCodePoint(code)) : ' ';
    },
  );
}

/** Returns the text that a run of Base64 holds; nothing where it holds anything else. */
function fromBase64(run: string): string {
  const plain = run.replaceAll('-', '+').replaceAll('_', '/');
  // Four characters are three bytes.
  const whole = plain.slice(0, plain.length - (plain.length % 4));
  try {
    const bytes = Uint8Array.from(atob(whole), letter => letter.charCodeAt(0));
    // The last letter may be cut off; anything else that is no text is an image or a hash.
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes, {stream: true});
  } catch {
    return '';
  }
}

/** Scripts that do not separate words, for a regular expression. */
export const denseScripts: string = String.raw`\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}`;

/** What stands in no word: text of that kind is code. */
const noWord = /["{}[\]<>=|\\/]/;
const dense = new Map<number, RegExp>();

/** Whether a text has that many characters in a row of scripts without spaces. */
function hasDense(text: string, count: number): boolean {
  const run = dense.get(count) ?? new RegExp(`[${denseScripts}，、]{${count}}`, 'u');
  dense.set(count, run);
  return run.test(text);
}

/** Returns a text without escapes and markup. */
export const plainOf = (text: string): string =>
  (/[\\&%]/.test(text) ? unescaped(text) : text).replaceAll(between, ' ');

/** Returns all that a page says, also in its tags, in escapes and in Base64. */
export function plainPage(page: string): string {
  const tags = (page.match(/<[^<>]*>/g) ?? []).map(tag => tag.slice(1, -1));
  const hidden = (page.match(base64) ?? []).map(fromBase64);
  return [page, ...tags, ...hidden].map(plainOf).join(' ');
}

function hasPlainRun(text: string, words: number): boolean {
  const plain = plainOf(text);
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

/**
 * Whether a text has that many words in a row, or three times as many characters in scripts without spaces:
 * as they are, escaped, or in Base64.
 */
export function hasRun(text: string, words: number): boolean {
  if (hasPlainRun(text, words)) return true;
  return (text.match(base64) ?? []).some(run => hasPlainRun(fromBase64(run), words));
}

/** Whether a text is too long for a title. */
export function isLong(text: string): boolean {
  return text.length > longText && /\s/.test(text.trim());
}

/** Whether a text may be a sentence of an article. */
export function isProse(text: string): boolean {
  return isLong(text) || hasRun(text, 5);
}
