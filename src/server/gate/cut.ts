/** Where does the preview end, and how is everything behind it kept from leaving? */

import {atEnd, type RewrittenElement, type Rewriter} from './rewriter.js';
import {watchSpill} from './spill.js';

/** Where the text of an article is cut. Everything from there to the end of `root` stays on the server. */
export interface Cut {
  /** The element that holds the article's text. Default: `article`. */
  readonly root?: string;
  /**
   * How many paragraphs are a preview; lists, quotations and tables count as one. Default: 3.
   * `marker`: up to the comment `<!-- support:gate -->`, or to the first gated element.
   */
  readonly preview?: number | 'marker';
  /** The most characters of a preview, whatever else is said. Default: 1000 for each paragraph, 3000 in all for `marker`. */
  readonly previewCharacters?: number;
  /** Elements that are emptied wherever they are. Default: `[data-support-gated]` and AMP's sections. */
  readonly gated?: string;
  /** More that must not leave: `.print-version, script.state`. */
  readonly drop?: string;
  /** HTML of the site's own that stands directly after the preview: the wall, where the page has none yet. */
  readonly wall?: string;
}

const defaultGated = '[data-support-gated], [subscriptions-section="content"]';

/** A comment by which an editor says where the preview ends. */
const marker = /^\s*support:gate\s*$/;

/** What is one paragraph of a preview. */
const blocks = new Set(['p', 'ul', 'ol', 'dl', 'blockquote', 'pre', 'table']);
/** What ends a paragraph that nobody has closed (HTML, "in body"). */
const closing = new Set(
  ['address', 'article', 'aside', 'center', 'details', 'dialog', 'dir', 'div', 'fieldset'].concat(
    ['figcaption', 'figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header'],
    ['hgroup', 'hr', 'listing', 'main', 'menu', 'nav', 'plaintext', 'search', 'section'],
    ['summary', 'xmp', ...blocks],
  ),
);
/** Text in these is not read. */
const silent = new Set(['script', 'style']);
/** Ours, and kept where it is. */
const wallTag = 'support-paywall';

/** What no reader with a script sees: a second text, which may be the whole of it. */
const isUnseen = (element: RewrittenElement): boolean =>
  element.tagName === 'noscript' ||
  (element.tagName === 'template' && !element.hasAttribute('shadowrootmode'));

/** Registers the cut. `report` hears once, at the end of the page, whether anything was found to cut. */
export function cutAt(rewriter: Rewriter, cut: Cut, report: (isFound: boolean) => void): void {
  const {root = 'article', preview = 3, gated = defaultGated, wall = '', drop} = cut;
  const paragraphs = preview === 'marker' ? Infinity : preview;
  const {previewCharacters = 1000 * (preview === 'marker' ? 3 : Math.max(preview, 1))} = cut;
  let isFound = false;
  let depth = 0;
  let silence = 0;
  let unseen = 0;
  let kept = 0;
  let count = 0;
  let characters = 0;
  let isCut = false;
  let isWalled = false;
  /** The outermost block that is open: an element is only known while it passes. */
  let block: {readonly tag: string} | undefined;

  /** The wall, once. */
  const wallHere = (): string => {
    const html = isWalled ? '' : wall;
    isWalled = true;
    return html;
  };
  /** Ends a block; `true` when the preview ends with it. */
  const ends = (one: typeof block): boolean => {
    if (block !== one) return false;
    block = undefined;
    count += 1;
    if (count < paragraphs || isCut) return false;
    isCut = true;
    return true;
  };

  const spill = watchSpill(rewriter);
  const inside = (element: RewrittenElement) => {
    const {tagName} = element;
    if (kept === 0) spill.pass(element);
    // A paragraph that nobody closed ends where the next block begins.
    if (block?.tag === 'p' && closing.has(tagName) && ends(block))
      element.before(wallHere(), {html: true});
    if (tagName === wallTag) {
      kept += 1;
      atEnd(element, () => {
        kept -= 1;
      });
    } else if (kept > 0) {
      return;
    } else if (isCut) {
      element.remove();
    } else if (silent.has(tagName)) {
      silence += 1;
      atEnd(element, () => {
        silence -= 1;
      });
    } else if (unseen > 0) {
      return;
    } else if (isUnseen(element)) {
      unseen += 1;
      atEnd(element, () => {
        unseen -= 1;
      });
    } else if (blocks.has(tagName) && !block) {
      const opened = {tag: tagName};
      block = opened;
      atEnd(element, end => {
        if (ends(opened)) end.after(wallHere(), {html: true});
      });
    }
  };

  rewriter
    .on(root, {
      element(element) {
        const {tagName} = element;
        isFound = true;
        depth += 1;
        atEnd(element, end => {
          depth -= 1;
          if (depth > 0) return;
          end.before(wallHere(), {html: true});
          spill.end(tagName, end);
        });
        if (depth > 1) return;
        count = characters = 0;
        block = undefined;
        isCut = paragraphs < 1;
        if (isCut) element.prepend(wallHere(), {html: true});
      },
      text(text) {
        if (kept || silence) return;
        if (isCut || unseen) {
          // Not `remove()`: that leaves what another has put in its place.
          text.replace('', {html: true});
          return;
        }
        const room = previewCharacters - characters;
        // Spaces do not count: a text may arrive in pieces of any size.
        characters += text.text.replaceAll(/\s+/g, '').length;
        if (characters <= previewCharacters) return;
        // Too much without a paragraph's end: at a space, so that no character reference is torn.
        isCut = true;
        const preview = /^[^]*\s/.exec(text.text.slice(0, room))?.[0].trimEnd() ?? '';
        text.replace(`${preview}…${wallHere()}`, {html: true});
      },
      comments(comment) {
        if (kept) return;
        const isMarker = !isCut && marker.test(comment.text);
        isCut ||= isMarker;
        // Nobody needs a comment to read an article.
        comment.replace(isMarker ? wallHere() : '', {html: true});
      },
    })
    .on(within(root), {element: inside})
    .on(gated, {
      element(element) {
        isFound = true;
        element.setInnerContent('');
        if (depth > 0 && preview !== 'marker') return;
        isCut ||= depth > 0;
        if (!element.removed) element.after(wallHere(), {html: true});
      },
    })
    .onDocument({end: () => report(isFound)});
  if (drop) rewriter.on(drop, {element: element => void element.remove()});
}

/** Everything inside of the elements that a list of selectors names. */
function within(selectors: string): string {
  return selectors
    .split(',')
    .map(selector => `${selector} *`)
    .join();
}
