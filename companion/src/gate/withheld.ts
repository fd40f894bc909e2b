/** Remembers what was cut from an article, so that what leaves can be searched for it. */

import {denseScripts, plainOf, plainPage} from './is-prose.js';

/** A sentence that is looked for has so many words at least, and in scripts without spaces so many characters. */
const shortest = {words: 8, characters: 24};
/** How many words are compared before the whole sentence is. */
const keyLength = 8;

const isDense = new RegExp(`[${denseScripts}]`, 'u');
const word = new RegExp(`[${denseScripts}]|[\\p{L}\\p{M}\\p{N}]+`, 'gu');
const sentenceEnd = /[.!?…।۔؟։።]["'”’»)\]]*\s|[。！？]/gu;
const isEnded = /[.!?…。！？।۔؟։።]["'”’»)\]]*\s*$/u;

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(word) ?? [];

/** Returns the words of the sentences of a line that stand nowhere else by chance. */
function sentencesOf(line: string): (readonly string[])[] {
  const sentences = plainOf(line).replaceAll(sentenceEnd, '$&\n').split('\n');
  return sentences.flatMap(sentence => {
    const words = wordsOf(sentence);
    const least = isDense.test(sentence) ? shortest.characters : shortest.words;
    // What no full stop ends may be a headline, which stands in other places too, unless it is long.
    return words.length >= (isEnded.test(sentence) ? least : 2 * least) ? [words] : [];
  });
}

/** What a cut took from an article, and what may leave. */
export class Withheld {
  readonly #lines: string[] = [];
  #line = '';
  /** Whether all of the line so far is in links. */
  #isLink = true;
  #shown = '';

  /** Adds a piece of text that stays on the server. */
  take(text: string, isLink: boolean): void {
    this.#line += text;
    this.#isLink &&= isLink || !text.trim();
  }

  /** Adds a piece of text that may leave: of the preview, or what the site vouches for. */
  show(text: string): void {
    this.#shown += text;
  }

  /** Separates words, as a tag does. `endsLine`: no sentence goes on after it. */
  part(endsLine: boolean): void {
    this.#line += ' ';
    this.#shown += ' ';
    if (!endsLine) return;
    // Headlines of other articles stand in several places.
    if (!this.#isLink) this.#lines.push(this.#line);
    this.#line = '';
    this.#isLink = true;
  }

  /** Returns a sentence of what was taken that stands in a page nevertheless; `undefined` where none does. */
  findIn(page: string): string | undefined {
    this.part(true);
    const sentences = this.#lines.flatMap(sentencesOf);
    if (sentences.length === 0) return undefined;
    const lengths = new Map<string, Set<number>>();
    for (const words of sentences) {
      const key = words.slice(0, keyLength).join(' ');
      lengths.set(key, (lengths.get(key) ?? new Set()).add(words.length));
    }
    const wanted = new Set(sentences.map(words => words.join(' ')));
    const firsts = new Set(sentences.map(([first]) => first));
    const shown = ` ${wordsOf(plainOf(this.#shown)).join(' ')} `;
    const words = wordsOf(plainPage(page));
    for (const [at, first] of words.entries()) {
      if (!firsts.has(first)) continue;
      for (const length of lengths.get(words.slice(at, at + keyLength).join(' ')) ?? []) {
        const sentence = words.slice(at, at + length).join(' ');
        if (wanted.has(sentence) && !shown.includes(` ${sentence} `)) return sentence;
      }
    }
    return undefined;
  }
}
