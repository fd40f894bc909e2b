/** Collects what handlers do to the parts of a page, and returns what takes the place of each. */

import type {StartTag} from './html-tokens.js';
import type {RewrittenComment, RewrittenElement, RewrittenEnd, RewrittenText} from './rewriter.js';

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A part of the page, and what handlers do to it. */
class Part {
  #before = '';
  #after = '';
  #replacement: string | undefined;

  get removed(): boolean {
    return this.#replacement !== undefined;
  }

  before(content: string): void {
    this.#before += content;
  }

  after(content: string): void {
    this.#after = content + this.#after;
  }

  remove(): void {
    this.#replacement ??= '';
  }

  replace(content: string): void {
    this.#replacement = content;
  }

  /** Returns what stands before its content, `source` unless it was replaced. */
  opening(source: string): string {
    return this.#before + (this.#replacement ?? source);
  }

  /** Returns what was put behind it. */
  get closing(): string {
    return this.#after;
  }

  around(source: string): string {
    return this.opening(source) + this.#after;
  }
}

/** A piece of text. */
export class TextPart extends Part implements RewrittenText {
  readonly text: string;
  readonly lastInTextNode: boolean;

  constructor(text: string, lastInTextNode: boolean) {
    super();
    this.text = text;
    this.lastInTextNode = lastInTextNode;
  }
}

/** A comment. */
export class CommentPart extends Part implements RewrittenComment {
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }
}

/** An end tag. */
export class EndPart extends Part implements RewrittenEnd {
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }
}

/** A start tag, and the element that it begins. */
export class ElementPart extends Part implements RewrittenElement {
  /** Changed attributes, as source; `undefined` for what was removed. */
  readonly #changed = new Map<string, string | undefined>();
  /** What stands first in it. */
  first = '';
  /** What it contains instead of its content. */
  inner: string | undefined;
  readonly #ends: ((tag: RewrittenEnd) => void)[] = [];

  readonly attributes: Map<string, string>;
  readonly #tag: StartTag;
  readonly #isAlone: boolean;

  /** `isAlone`: it has no content and no end tag. */
  constructor(tag: StartTag, attributes: Map<string, string>, isAlone: boolean) {
    super();
    this.attributes = attributes;
    this.#tag = tag;
    this.#isAlone = isAlone;
  }

  get tagName(): string {
    return this.#tag.name;
  }

  getAttribute(name: string): string | null {
    return this.attributes.get(name) ?? null;
  }

  hasAttribute(name: string): boolean {
    return this.attributes.has(name);
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
    this.#changed.set(name, `${name}="${value.replaceAll('"', '&quot;')}"`);
  }

  removeAttribute(name: string): void {
    if (this.attributes.delete(name)) this.#changed.set(name, undefined);
  }

  prepend(content: string): void {
    this.first = content + this.first;
  }

  setInnerContent(content: string): void {
    this.inner = escapeText(content);
  }

  onEndTag(end: (tag: RewrittenEnd) => void): void {
    if (this.#isAlone) throw new TypeError(`<${this.tagName}> has no end tag`);
    this.#ends.push(end);
  }

  /** Tells its handlers of the end tag that ended it. */
  end(tag: RewrittenEnd): void {
    for (const hear of this.#ends) hear(tag);
  }

  /** Returns its start tag, written anew where attributes were changed. */
  tagSource(source: string): string {
    const changed = this.#changed;
    if (changed.size === 0) return source;
    const {name, attributes, isSelfClosing} = this.#tag;
    const kept = attributes.map(([attribute]) =>
      changed.has(attribute) ? changed.get(attribute) : this.#tag.attributeSource(attribute),
    );
    const known = new Set(attributes.map(([attribute]) => attribute));
    const added = [...changed].flatMap(([attribute, text]) => (known.has(attribute) ? [] : [text]));
    const sources = [...kept, ...added].filter(text => text !== undefined);
    return `<${[name, ...sources].join(' ')}${isSelfClosing ? ' /' : ''}>`;
  }
}
