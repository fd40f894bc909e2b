/** Declares what a rewriter of HTML can do, on every platform. */

interface AsHtml {
  readonly html: true;
}

interface Placed {
  readonly removed: boolean;
  before(content: string, options: AsHtml): unknown;
  after(content: string, options: AsHtml): unknown;
  remove(): unknown;
}

export interface RewrittenEnd {
  /** The name of the end tag, which may be another element's: `</div>` also ends a paragraph inside it. */
  readonly name: string;
  before(content: string, options: AsHtml): unknown;
  after(content: string, options: AsHtml): unknown;
}

/** The part of a rewriter's element that is used. */
export interface RewrittenElement extends Placed {
  readonly tagName: string;
  readonly attributes: Iterable<readonly [string, string]>;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  setAttribute(name: string, value: string): unknown;
  removeAttribute(name: string): unknown;
  prepend(content: string, options: AsHtml): unknown;
  setInnerContent(content: string): unknown;
  onEndTag(end: (tag: RewrittenEnd) => void): void;
}

/** A piece of text: a long text arrives in several. */
export interface RewrittenText extends Placed {
  readonly text: string;
  readonly lastInTextNode: boolean;
  replace(content: string, options: AsHtml): unknown;
}

export interface RewrittenComment extends Placed {
  readonly text: string;
  replace(content: string, options: AsHtml): unknown;
}

/** The part of Cloudflare's `HTMLRewriter` that is used. */
export interface Rewriter {
  on(
    selector: string,
    handlers: {
      element?(element: RewrittenElement): void;
      text?(text: RewrittenText): void;
      comments?(comment: RewrittenComment): void;
    },
  ): Rewriter;
  onDocument(handlers: {
    end?(): void;
    text?(text: RewrittenText): void;
    comments?(comment: RewrittenComment): void;
  }): Rewriter;
  transform(response: Response): Response;
}

/** Registers a callback for the end tag of an element; returns `false` for void elements such as `<br>`. */
export function atEnd(element: RewrittenElement, end: (tag: RewrittenEnd) => void): boolean {
  try {
    element.onEndTag(end);
    return true;
  } catch {
    return false;
  }
}
