/** Splits a page into its tags, texts and comments as browsers do, each with its source. */

import {foreignContent, html, Token, Tokenizer, TokenizerMode} from 'parse5';

/** A start tag. */
export interface StartTag {
  /** In lower case. */
  readonly name: string;
  /** The values as a browser reads them. The first of equal names counts. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** Returns the source of an attribute: `href="/a"`. */
  attributeSource(name: string): string;
  readonly isSelfClosing: boolean;
  /** Whether it ends all open elements of SVG and MathML: `<p>` is none of theirs. */
  readonly endsForeign: boolean;
}

/** Hears of each part of a page, in order. The sources together are the page. */
export interface TokenHandler {
  /** Returns whether the element is one of HTML: those of SVG and MathML have no text of other rules. */
  startTag(tag: StartTag, source: string): boolean;
  endTag(name: string, source: string): void;
  /** A piece of text. A long one comes in several. */
  text(source: string): void;
  comment(text: string, source: string): void;
  /** A doctype, or what means nothing to a browser. */
  other(source: string): void;
  /** Whether the innermost open element is one of SVG or MathML, where tags have other rules. */
  isForeign(): boolean;
}

/** How the text of an element is read: in these up to their end tag. */
const modes = new Map<string, (typeof TokenizerMode)[keyof typeof TokenizerMode]>([
  ...['textarea', 'title'].map(name => [name, TokenizerMode.RCDATA] as const),
  ...['style', 'iframe', 'xmp', 'noembed', 'noframes', 'noscript'].map(
    name => [name, TokenizerMode.RAWTEXT] as const,
  ),
  ['script', TokenizerMode.SCRIPT_DATA],
  ['plaintext', TokenizerMode.PLAINTEXT],
]);

/** Whether HTML may stand in an element of SVG or MathML. */
export const mayHoldHtml = (
  name: string,
  vocabulary: 'svg' | 'math',
  attributes: StartTag['attributes'],
): boolean =>
  foreignContent.isIntegrationPoint(
    html.getTagID(foreignContent.SVG_TAG_NAMES_ADJUSTMENT_MAP.get(name) ?? name),
    vocabulary === 'svg' ? html.NS.SVG : html.NS.MATHML,
    attributes.map(([attribute, value]) => ({name: attribute, value})),
  );

/** Returns where a token stands, which the tokenizer was asked to say. */
function placeOf({location}: {readonly location: Token.Location | null}): Token.Location {
  if (!location) throw new Error('expected a token with a place but received one without');
  return location;
}

/** The tokenizer, without its look at all earlier attributes of a tag at each one, and its error at long references. */
class LinearTokenizer extends Tokenizer {
  #tag: unknown;
  #names = new Set<string>();

  protected override _leaveAttrName(): void {
    const tag = this.currentToken as Token.TagToken;
    if (this.#tag !== tag) this.#names = new Set();
    this.#tag = tag;
    const {name} = this.currentAttr;
    // The first of equal names counts.
    if (this.#names.has(name)) return;
    this.#names.add(name);
    const {attrs} = tag;
    tag.attrs = [];
    super._leaveAttrName();
    attrs.push(...tag.attrs);
    tag.attrs = attrs;
  }

  protected override _flushCodePointConsumedAsCharacterReference(code: number): void {
    // Hundreds of zeros are not a number to it.
    super._flushCodePointConsumedAsCharacterReference(Number.isNaN(code) ? 0xfffd : code);
  }
}

/** A page that is being split. */
export interface TokenWriter {
  write(text: string): void;
  /** Ends the page. A tag that is cut off means nothing to a browser, and is left out. */
  end(): void;
}

/** Creates a writer that calls `handler` while text arrives. */
export function splitTokens(handler: TokenHandler): TokenWriter {
  /** The source from `offset` on that nobody has been told of. */
  let source = '';
  let offset = 0;

  /** Takes the source up to a place in the page. */
  function takeTo(end: number): string {
    const taken = source.slice(0, end - offset);
    source = source.slice(end - offset);
    offset = end;
    return taken;
  }

  /** Where the text ends that nobody has been told of: the tokenizer splits at every space. */
  let textEnd = 0;

  function tellText(): void {
    // At the end of a chunk the tokenizer counts the first half of a letter beyond 16 bits.
    const last = textEnd - offset - 1;
    if ((source.codePointAt(last) ?? 0) > 0xffff) textEnd += 1;
    if (textEnd > offset) handler.text(takeTo(textEnd));
  }

  /** Takes the source of a token. What lies before it means nothing. */
  function take(token: {readonly location: Token.Location | null}): string {
    const {startOffset, endOffset} = placeOf(token);
    tellText();
    if (startOffset > offset) handler.other(takeTo(startOffset));
    return takeTo(endOffset);
  }

  function text(token: Token.CharacterToken): void {
    const {startOffset, endOffset} = placeOf(token);
    if (textEnd <= offset && startOffset > offset) handler.other(takeTo(startOffset));
    textEnd = endOffset;
  }

  const tokenizer = new LinearTokenizer(
    {sourceCodeLocationInfo: true},
    {
      onCharacter: text,
      onWhitespaceCharacter: text,
      onNullCharacter: text,
      onComment: token => handler.comment(token.data, take(token)),
      onDoctype: token => handler.other(take(token)),
      onEof: () => undefined,
      onEndTag(token) {
        handler.endTag(token.tagName, take(token));
        tokenizer.inForeignNode = handler.isForeign();
      },
      onStartTag(token) {
        const {tagName: name, selfClosing: isSelfClosing} = token;
        const {startOffset: start, attrs: places} = placeOf(token) as Token.LocationWithAttributes;
        const taken = take(token);
        const tag: StartTag = {
          ...{name, isSelfClosing, endsForeign: foreignContent.causesExit(token)},
          attributes: token.attrs.map(attribute => [attribute.name, attribute.value]),
          attributeSource(attribute) {
            const place = places?.[attribute];
            return place ? taken.slice(place.startOffset - start, place.endOffset - start) : '';
          },
        };
        const isHtml = handler.startTag(tag, taken);
        tokenizer.inForeignNode = handler.isForeign();
        if (isHtml) tokenizer.state = modes.get(name) ?? tokenizer.state;
      },
    },
  );
  return {
    write(more) {
      source += more;
      tokenizer.write(more, false);
      tellText();
    },
    end() {
      tokenizer.write('', true);
      tellText();
    },
  };
}
