/** Cuts an article after its preview, so that the rest never leaves the server. */

import {
  atEnd,
  type RewrittenComment,
  type RewrittenElement,
  type RewrittenEnd,
  type RewrittenText,
  type Rewriter,
} from './rewriter.js';
import {watchSpill} from './overflow.js';
import type {Withheld} from './withheld.js';

/** Where an article is cut. Everything from there to the end of `root` stays on the server. */
export interface Cut {
  /** The element that holds the article's text. Default: `article`. */
  readonly root?: string;
  /**
   * How many paragraphs the preview has; lists, quotations and tables count as one, and so does each box or
   * line of 50 characters that stands in none of them. Default: 3.
   * `marker`: up to the comment `<!-- support:gate -->`, or to the first gated element.
   */
  readonly preview?: number | 'marker';
  /** The most characters of a preview in any case. Default: 1000 for each paragraph, 3000 in total for `marker`. */
  readonly previewCharacters?: number;
  /**
   * The most of an article's text that a preview shows in any case, from 0 to 1. It needs the whole page, so
   * `stream` leaves it out. Default: 0.5 where an article is written in boxes and lines instead of paragraphs,
   * 1 everywhere else.
   */
  readonly previewShare?: number;
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
/** Elements besides those at which a text that stands in no block ends. */
const breaking = new Set([...closing, 'br', 'li', 'span', 'dd', 'dt', 'td', 'th']);
/** From so many characters on, without spaces, a text that stands in no block counts as a paragraph. */
const paragraphLength = 50;
/** Elements whose text is no part of an article's paragraphs. */
const furniture = new Set(['h1', 'header', 'figcaption', 'nav', 'aside', 'footer', 'address']);
/** Elements whose text readers do not see. */
const silent = new Set(['script', 'style']);
/** Elements whose text may stand in other places of a page too. */
const unquoted = [...furniture, 'h2', 'h3', 'h4', 'h5', 'h6', 'button', 'figure', 'iframe'].join();
/** A selector that no page matches. */
const nothing = 'support-nothing';
/** The kit's own wall, which is kept in place. */
const wallTag = 'support-paywall';

/** Spaces do not count, because a text may arrive in pieces of any size. */
const lengthOf = (text: string): number => text.replaceAll(/\s+/g, '').length;

/** Whether readers with scripts never see the element: it may hold a second copy of the whole text. */
const isUnseen = (element: RewrittenElement): boolean =>
  element.tagName === 'noscript' ||
  (element.tagName === 'template' && !element.hasAttribute('shadowrootmode'));

/** An article as far as it has been read. Spaces do not count as characters. */
export interface CutArticle {
  readonly shown: number;
  readonly taken: number;
  /** Whether it is written in paragraphs, lists and the like, and not in mere boxes. */
  readonly hasBlocks: boolean;
}

/** Where a cut is, and what it did. */
export interface CutState {
  /** Whether the page is within an article. */
  isInArticle(): boolean;
  /** The articles of the page, in order. */
  articles(): readonly CutArticle[];
}

/** What a page needs besides the site's options. */
export interface CutRun {
  /** Called when `root` or a gated element has been reached, each time. */
  readonly found: () => void;
  readonly withheld: Withheld;
  /** The most characters of each article's preview, in order. Default: `previewCharacters` for each. */
  readonly limits?: readonly number[] | undefined;
}

/** Registers the cut. */
export function cutAt(rewriter: Rewriter, cut: Cut, {found, withheld, limits}: CutRun): CutState {
  const {root = 'article', preview = 3, gated = defaultGated, wall = '', drop} = cut;
  const paragraphs = preview === 'marker' ? Infinity : preview;
  const {previewCharacters = 1000 * (preview === 'marker' ? 3 : Math.max(preview, 1))} = cut;
  const spill = watchSpill(rewriter);
  let isCut = false;
  let isWalled = false;
  let count = 0;
  const articles: {shown: number; taken: number; hasBlocks: boolean}[] = [];
  /** The article here. */
  let article = {shown: 0, taken: 0, hasBlocks: false};
  /** The most characters of its preview. */
  let most = previewCharacters;
  /** Where the text here stands: its elements tell before the article does. */
  const here = {isEmptied: false, isCode: false, isLink: false, isUnquoted: false};
  /** How many elements of a kind are open around the current place. */
  const depth = {root: 0, wall: 0, silent: 0, unseen: 0, furniture: 0};
  /** Text that stands in no block: its characters since the last paragraph, and how many paragraphs they made. */
  const loose = {characters: 0, count: 0};
  /** The outermost open block: the rewriter shows an element only while it streams past. */
  let block: {readonly tag: string} | undefined;

  rewriter
    // Before the root, so that it is no element within itself.
    .on('*', {
      element: enterElement,
      text() {
        here.isEmptied = here.isCode = here.isLink = here.isUnquoted = false;
      },
    })
    .on([...silent].join(), {
      text() {
        here.isCode = true;
      },
    })
    .on('a', {
      text() {
        here.isLink = true;
      },
    })
    .on(unquoted, {
      text() {
        here.isUnquoted = true;
      },
    })
    .on(drop ?? nothing, {
      text() {
        here.isEmptied = true;
      },
    })
    .on(gated, {
      text({text}) {
        if (!here.isEmptied) takeText(text);
        here.isEmptied = true;
      },
    })
    .on(root, {element: enterArticle, text: cutText, comments: cutComment})
    .on(gated, {element: emptyGated});
  if (drop) rewriter.on(drop, {element: element => void element.remove()});
  return {isInArticle: () => depth.root > 0, articles: () => articles};

  function enterArticle(element: RewrittenElement): void {
    const {tagName} = element;
    found();
    depth.root += 1;
    atEnd(element, end => {
      depth.root -= 1;
      spill.end(tagName, end, depth.root > 0);
      if (depth.root === 0) end.before(wallHere(), {html: true});
    });
    if (depth.root > 1) return;
    count = loose.characters = loose.count = 0;
    block = undefined;
    most = limits?.[articles.length] ?? previewCharacters;
    article = {shown: 0, taken: 0, hasBlocks: false};
    articles.push(article);
    isCut = paragraphs < 1;
    if (isCut) element.prepend(wallHere(), {html: true});
  }

  function enterElement(element: RewrittenElement): void {
    const {tagName} = element;
    const endsLine = breaking.has(tagName) && tagName !== 'span';
    withheld.part(endsLine);
    if (depth.root === 0) return;
    /** What happens at its end: registered once, as some platforms keep only the last. */
    const ends: ((tag: RewrittenEnd) => void)[] = [];
    const hasEnd = atEnd(element, tag => {
      withheld.part(endsLine);
      for (const end of ends) end(tag);
    });
    if (depth.wall === 0 && hasEnd) ends.push(spill.pass(element));
    // An unclosed paragraph ends where the next block begins.
    if (block?.tag === 'p' && closing.has(tagName) && endsPreview(block))
      element.before(wallHere(), {html: true});
    if (breaking.has(tagName)) {
      if (endsLoose()) element.before(wallHere(), {html: true});
      ends.push(tag => {
        if (endsLoose()) tag.after(wallHere(), {html: true});
      });
    }
    if (isCut && tagName !== wallTag && depth.wall === 0) element.remove();
    else if (hasEnd) ends.push(entered(element));
  }

  /** Counts an element that is read, and returns what happens at its end. */
  function entered(element: RewrittenElement): (tag: RewrittenEnd) => void {
    const {tagName} = element;
    if (tagName === wallTag) return enter('wall');
    if (depth.wall > 0) return () => undefined;
    if (silent.has(tagName)) return enter('silent');
    if (depth.unseen > 0) return () => undefined;
    if (isUnseen(element)) return enter('unseen');
    if (blocks.has(tagName) && !block) return enterBlock(tagName);
    return furniture.has(tagName) ? enter('furniture') : () => undefined;
  }

  function enter(kind: keyof typeof depth): () => void {
    depth[kind] += 1;
    return () => {
      depth[kind] -= 1;
    };
  }

  function enterBlock(tag: string): (end: RewrittenEnd) => void {
    const opened = {tag};
    block = opened;
    // What came before was a byline and the like: this article is written in paragraphs.
    if (count === 0) loose.count = loose.characters = 0;
    article.hasBlocks = true;
    return end => {
      if (endsPreview(opened)) end.after(wallHere(), {html: true});
    };
  }

  /** Closes a block; returns `true` when the preview ends with it. */
  function endsPreview(closed: typeof block): boolean {
    if (block !== closed) return false;
    block = undefined;
    count += 1;
    if (count < paragraphs || isCut) return false;
    isCut = true;
    return true;
  }

  /** Ends a text that stands in no block; returns `true` when the preview ends with it. */
  function endsLoose(): boolean {
    if (isCut || block || loose.characters < paragraphLength) return false;
    loose.characters = 0;
    loose.count += 1;
    isCut = loose.count >= paragraphs;
    return isCut;
  }

  function cutText(text: RewrittenText): void {
    if (depth.wall || depth.silent) return;
    if (isCut || depth.unseen) {
      if (!here.isEmptied) takeText(text.text);
      // Not `remove()`, which keeps what another handler has inserted.
      text.replace('', {html: true});
      return;
    }
    if (here.isEmptied) return;
    const room = most - article.shown;
    const length = lengthOf(text.text);
    article.shown += length;
    if (!block && depth.furniture === 0) loose.characters += length;
    if (article.shown <= most) {
      withheld.show(text.text);
      return;
    }
    // Too long without the end of a paragraph: cut at a space, so that no character reference is split.
    isCut = true;
    const start = /^[^]*\s/.exec(text.text.slice(0, room))?.[0].trimEnd() ?? '';
    withheld.show(start);
    takeText(text.text.slice(start.length));
    article.shown = most;
    text.replace(`${start}…${wallHere()}`, {html: true});
  }

  /** Remembers a text that stays on the server. */
  function takeText(text: string): void {
    if (here.isCode) return;
    article.taken += lengthOf(text);
    if (!here.isUnquoted) withheld.take(text, here.isLink);
  }

  function cutComment(comment: RewrittenComment): void {
    if (depth.wall) return;
    const isMarker = !isCut && marker.test(comment.text);
    isCut ||= isMarker;
    // Comments may contain article text and are never needed to read it.
    comment.replace(isMarker ? wallHere() : '', {html: true});
  }

  function emptyGated(element: RewrittenElement): void {
    found();
    element.setInnerContent('');
    if (depth.root > 0 && preview !== 'marker') return;
    isCut ||= depth.root > 0;
    if (!element.removed) element.after(wallHere(), {html: true});
  }

  /** Returns the wall's HTML the first time. */
  function wallHere(): string {
    const html = isWalled ? '' : wall;
    isWalled = true;
    return html;
  }
}
