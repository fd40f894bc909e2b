/** Cuts an article after its preview, so that the rest never leaves the server. */

import {atEnd, type RewrittenElement, type Rewriter} from './rewriter.js';
import {watchSpill} from './overflow.js';

/** Where an article is cut. Everything from there to the end of `root` stays on the server. */
export interface Cut {
  /** The element that holds the article's text. Default: `article`. */
  readonly root?: string;
  /**
   * How many paragraphs the preview has; lists, quotations and tables count as one. Default: 3.
   * `marker`: up to the comment `<!-- support:gate -->`, or to the first gated element.
   */
  readonly preview?: number | 'marker';
  /** The most characters of a preview in any case. Default: 1000 for each paragraph, 3000 in total for `marker`. */
  readonly previewCharacters?: number;
  /** Selector of elements that are emptied anywhere in the page. Default: `[data-support-gated]` and AMP's sections. */
  readonly gated?: string;
  /** Selector of further elements to remove, such as `.print-version, script.state`. */
  readonly drop?: string;
  /** The site's own HTML to insert directly after the preview: the wall, where the page has none yet. */
  readonly wall?: string;
}

const defaultGated = '[data-support-gated], [subscriptions-section="content"]';

/** The comment with which an editor marks the end of the preview. */
const marker = /^\s*support:gate\s*$/;

/** Elements that count as one paragraph of a preview. */
const blocks = new Set(['p', 'ul', 'ol', 'dl', 'blockquote', 'pre', 'table']);
/** Start tags that close an open paragraph (HTML parsing, "in body"). */
const closing = new Set(
  ['address', 'article', 'aside', 'center', 'details', 'dialog', 'dir', 'div', 'fieldset'].concat(
    ['figcaption', 'figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header'],
    ['hgroup', 'hr', 'listing', 'main', 'menu', 'nav', 'plaintext', 'search', 'section'],
    ['summary', 'xmp', ...blocks],
  ),
);
/** Elements whose text readers do not see. */
const silent = new Set(['script', 'style']);
/** The kit's own wall, which is kept in place. */
const wallTag = 'support-paywall';

/** Whether readers with scripts never see the element: it may hold a second copy of the whole text. */
const isUnseen = (element: RewrittenElement): boolean =>
  element.tagName === 'noscript' ||
  (element.tagName === 'template' && !element.hasAttribute('shadowrootmode'));

/** Registers the cut. `report` is called once, at the end of the page, with whether anything was cut. */
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
  /** The outermost open block: the rewriter shows an element only while it streams past. */
  let block: {readonly tag: string} | undefined;

  /** Returns the wall's HTML the first time. */
  const wallHere = (): string => {
    const html = isWalled ? '' : wall;
    isWalled = true;
    return html;
  };
  /** Closes a block; returns `true` when the preview ends with it. */
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
    // An unclosed paragraph ends where the next block begins.
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
          // Not `remove()`, which keeps what another handler has inserted.
          text.replace('', {html: true});
          return;
        }
        const room = previewCharacters - characters;
        // Spaces do not count, because a text may arrive in pieces of any size.
        characters += text.text.replaceAll(/\s+/g, '').length;
        if (characters <= previewCharacters) return;
        // Too long without the end of a paragraph: cut at a space, so that no character reference is split.
        isCut = true;
        const preview = /^[^]*\s/.exec(text.text.slice(0, room))?.[0].trimEnd() ?? '';
        text.replace(`${preview}…${wallHere()}`, {html: true});
      },
      comments(comment) {
        if (kept) return;
        const isMarker = !isCut && marker.test(comment.text);
        isCut ||= isMarker;
        // Comments may contain article text and are never needed to read it.
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

/** Returns a selector for everything inside the elements of a selector list. */
function within(selectors: string): string {
  return selectors
    .split(',')
    .map(selector => `${selector} *`)
    .join();
}
