/** Who rewrites HTML here: the platform, or the same parser as a package? */

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
  /** Of the tag, which may be another element's: `</div>` ends a paragraph in it too. */
  readonly name: string;
  before(content: string, options: AsHtml): unknown;
  after(content: string, options: AsHtml): unknown;
}

/** What we use of an element that is passing by. */
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

/** A piece of a text: a long one comes in several. */
export interface RewrittenText extends Placed {
  readonly text: string;
  readonly lastInTextNode: boolean;
  replace(content: string, options: AsHtml): unknown;
}

export interface RewrittenComment extends Placed {
  readonly text: string;
  replace(content: string, options: AsHtml): unknown;
}

/** What we use of Cloudflare's `HTMLRewriter`. */
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

/** Calls back at the end of an element; `false` for one that has none, like `<br>`. */
export function atEnd(element: RewrittenElement, end: (tag: RewrittenEnd) => void): boolean {
  try {
    element.onEndTag(end);
    return true;
  } catch {
    return false;
  }
}

/** A rewriter for one response. Cloudflare Workers and Bun bring one; elsewhere it is the package `htmlrewriter`. */
export async function openRewriter(): Promise<Rewriter> {
  const own: unknown = Reflect.get(globalThis, 'HTMLRewriter');
  if (typeof own === 'function') return new (own as new () => Rewriter)();
  const {HTMLRewriter} = await import('htmlrewriter');
  return new HTMLRewriter();
}
