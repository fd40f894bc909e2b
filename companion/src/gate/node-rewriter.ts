/** Rewrites a page while it streams, as Cloudflare's `HTMLRewriter` does where the platform has none. */

import {mayHoldHtml, splitTokens, type StartTag, type TokenHandler} from './html-tokens.js';
import type {Rewriter} from './rewriter.js';
import {CommentPart, ElementPart, EndPart, TextPart} from './rewritten-parts.js';
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
