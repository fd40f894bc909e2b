/** Rewrites a page while it streams, as Cloudflare's `HTMLRewriter` does where the platform has none. */

import {mayHoldHtml, splitTokens, type StartTag, type TokenHandler} from './html-tokens.js';
import type {
  RewrittenComment,
  RewrittenElement,
  RewrittenEnd,
  RewrittenText,
  Rewriter,
} from './rewriter.js';
import {compileSelector, type CompiledSelector, type PassingElement} from './selectors.js';

type ElementHandlers = Parameters<Rewriter['on']>[1];
type DocumentHandlers = Parameters<Rewriter['onDocument']>[0];

/** How deep elements nest: further ones count as siblings, as in Chromium. */
const deepest = 512;

/** Elements without content and without an end tag. */
const isVoid = (name: string): boolean =>
  /^(area|base|basefont|bgsound|br|col|embed|frame|hr|image|img|input|keygen|link|meta|param|source|track|wbr)$/.test(
    name,
  );

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

class TextPart extends Part implements RewrittenText {
  readonly text: string;
  readonly lastInTextNode: boolean;

  constructor(text: string, lastInTextNode: boolean) {
    super();
    this.text = text;
    this.lastInTextNode = lastInTextNode;
  }
}

class CommentPart extends Part implements RewrittenComment {
  readonly text: string;

  constructor(text: string) {
    super();
    this.text = text;
  }
}

class EndPart extends Part implements RewrittenEnd {
  readonly name: string;

  constructor(name: string) {
    super();
    this.name = name;
  }
}

class ElementPart extends Part implements RewrittenElement {
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

type Handlers = ElementHandlers | DocumentHandlers;

/** An element whose end has not come. */
interface OpenElement extends PassingElement {
  readonly vocabulary: 'html' | 'svg' | 'math';
  /** Whether HTML may stand in it, though it is of another vocabulary. */
  readonly holdsHtml: boolean;
  readonly part: ElementPart;
  readonly children: PassingElement[];
  /** The handlers of texts and comments in it: of the page, then of elements as they were registered. */
  readonly handlers: readonly Handlers[];
  /** Whether nothing in it is sent. */
  readonly isSilent: boolean;
}

/** Registers handlers and applies them to one response. */
export function nodeRewriter(): Rewriter {
  const elementHandlers: {
    readonly selector: CompiledSelector;
    readonly handlers: ElementHandlers;
  }[] = [];
  const documentHandlers: DocumentHandlers[] = [];

  const rewriter: Rewriter = {
    on(selector, handlers) {
      elementHandlers.push({selector: compileSelector(selector), handlers});
      return rewriter;
    },
    onDocument(handlers) {
      documentHandlers.push(handlers);
      return rewriter;
    },
    transform(response) {
      const {status, statusText, headers, body} = response;
      const rewritten = body?.pipeThrough(rewriting(rewrite));
      return new Response(rewritten ?? null, {status, statusText, headers});
    },
  };
  return rewriter;

  /** Starts to rewrite a page; `send` receives what is ready. */
  function rewrite(send: (text: string) => void): {write(text: string): void; end(): void} {
    const isCounting = elementHandlers.some(({selector}) => selector.isCounting);
    const open: OpenElement[] = [];
    /** How many elements of a name are open. */
    const openNames = new Map<string, number>();
    const top: PassingElement[] = [];
    let isInText = false;

    const isSilent = () => open.at(-1)?.isSilent === true;
    const say = (text: string) => {
      if (text && !isSilent()) send(text);
    };

    const handlersHere = (): readonly Handlers[] => open.at(-1)?.handlers ?? documentHandlers;

    function tellText(source: string, lastInTextNode: boolean): void {
      const text = new TextPart(source, lastInTextNode);
      for (const handlers of handlersHere()) handlers.text?.(text);
      say(text.around(source));
    }

    /** Tells handlers that a text has ended, as nobody knows before the next token. */
    function endText(): void {
      if (isInText) tellText('', true);
      isInText = false;
    }

    function start(tag: StartTag, source: string): boolean {
      endText();
      if (tag.endsForeign) leaveForeign(tag.name);
      // Browsers nest no deeper either.
      const parent = open[Math.min(open.length, deepest) - 1];
      const {name: tagName} = tag;
      const {tagName: outer, vocabulary: own} = open.at(-1) ?? {};
      // In a drawing <math> is one of its own elements; only this one may hold a drawing besides HTML.
      const isDrawing = tagName === 'svg' && outer === 'annotation-xml';
      const begun = tagName === 'svg' || tagName === 'math' ? tagName : 'html';
      const vocabulary = isForeign() && own && !isDrawing ? own : begun;
      const isAlone = vocabulary === 'html' ? isVoid(tagName) : tag.isSelfClosing;
      const attributes = new Map(tag.attributes);
      const siblings = isCounting ? (parent?.children ?? top) : [];
      const passing: PassingElement = {tagName, parent, attributes, siblings};
      if (isCounting) siblings.push(passing);
      const found = elementHandlers
        .filter(({selector}) => selector.matches(passing))
        .map(({handlers}) => handlers);
      const part = new ElementPart(tag, attributes, isAlone);
      for (const handlers of found) handlers.element?.(part);

      const content = part.removed || isAlone ? '' : (part.inner ?? part.first);
      say(part.opening(part.tagSource(source)) + content);
      if (isAlone) {
        say(part.closing);
        return vocabulary === 'html';
      }
      openNames.set(tagName, (openNames.get(tagName) ?? 0) + 1);
      open.push({
        ...{...passing, vocabulary, part, children: []},
        holdsHtml: vocabulary !== 'html' && mayHoldHtml(tagName, vocabulary, tag.attributes),
        handlers: withHandlers(found),
        isSilent: isSilent() || part.removed || part.inner !== undefined,
      });
      return vocabulary === 'html';
    }

    /** Returns the handlers here and those of another element, in order. */
    function withHandlers(found: readonly ElementHandlers[]): readonly Handlers[] {
      const here = handlersHere();
      const more = found.filter(
        handlers => (handlers.text ?? handlers.comments) && !here.includes(handlers),
      );
      if (more.length === 0) return here;
      const active = new Set<Handlers>([...here, ...more]);
      const ofElements = elementHandlers.filter(({handlers}) => active.has(handlers));
      return [...documentHandlers, ...ofElements.map(({handlers}) => handlers)];
    }

    function end(name: string, source: string): void {
      endText();
      if (name === 'p' || name === 'br') leaveForeign(name);
      if (!openNames.get(name)) {
        say(source);
        return;
      }
      const tag = new EndPart(name);
      const closed = closeFrom(open.findLastIndex(({tagName}) => tagName === name));
      for (const {part} of closed) part.end(tag);
      // The tag is the outermost one's; the others have none.
      if (closed.at(-1)?.part.removed) tag.remove();
      say(tag.around(source) + closed.map(({part}) => part.closing).join(''));
    }

    /** Ends the elements of SVG and MathML here, which a tag of that name ends without being theirs. */
    function leaveForeign(name: string): void {
      const unseen = new EndPart(name);
      while (isForeign()) for (const {part} of closeFrom(open.length - 1)) part.end(unseen);
    }

    /** Removes the elements from a place on, and returns them, the innermost first. */
    function closeFrom(at: number): OpenElement[] {
      const closed = open.splice(at).reverse();
      for (const {tagName} of closed) openNames.set(tagName, (openNames.get(tagName) ?? 1) - 1);
      return closed;
    }

    function isForeign(): boolean {
      const inner = open.at(-1);
      return inner !== undefined && inner.vocabulary !== 'html' && !inner.holdsHtml;
    }

    const handler: TokenHandler = {
      ...{startTag: start, endTag: end, isForeign},
      text(source) {
        isInText = true;
        tellText(source, false);
      },
      comment(text, source) {
        endText();
        const comment = new CommentPart(text);
        for (const handlers of handlersHere()) handlers.comments?.(comment);
        say(comment.around(source));
      },
      other(source) {
        endText();
        say(source);
      },
    };
    const tokens = splitTokens(handler);
    return {
      write: text => tokens.write(text),
      end() {
        tokens.end();
        endText();
        for (const handlers of documentHandlers) handlers.end?.();
      },
    };
  }
}

type Rewrite = (send: (text: string) => void) => {write(text: string): void; end(): void};

/** Returns the streams between which UTF-8 is rewritten. */
function rewriting(rewrite: Rewrite): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let ready = '';
  const page = rewrite(text => {
    ready += text;
  });
  const flush = (controller: TransformStreamDefaultController<Uint8Array>) => {
    if (ready) controller.enqueue(encoder.encode(ready));
    ready = '';
  };
  return new TransformStream({
    transform(chunk, controller) {
      page.write(decoder.decode(chunk, {stream: true}));
      flush(controller);
    },
    flush(controller) {
      page.write(decoder.decode());
      page.end();
      flush(controller);
    },
  });
}
