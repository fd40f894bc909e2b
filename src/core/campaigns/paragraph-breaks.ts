/** Finds the breaks between the paragraphs of an article, in reading order, where an appeal may stand. */

import {besides, controls, type PageElement} from './find-place.js';

/** What else holds text that is no paragraph of the article. */
const others =
  'header,footer,address,form,table,ul,ol,dl,pre,details,dialog,[role=note],[rel=author],[itemprop=author],[class*=byline i]';

/** A sentence that ends, with what may follow its last mark: quotes, brackets, notes. */
const ended = /[.!?…。！？؟।۔][\s\p{Pe}\p{Pf}\p{No}"'*\d]*$/u;
/** A text whose rest follows in the next block. */
const unended = /[:：,;—–]\s*$/;
/** From this length on, a text is a paragraph whatever it looks like. */
const long = 80;

const textOf = ({textContent}: {readonly textContent: string | null}): string =>
  (textContent ?? '').trim();

/** Whether an element is a paragraph, or a block with a long text of its own. */
function isBlock<E extends PageElement<E>>(element: E): boolean {
  if (element.matches('p,[role=paragraph]')) return textOf(element) !== '';
  const own = [...element.childNodes].filter(({nodeType}) => nodeType === 3).map(textOf);
  return own.join('').length >= long;
}

/** Returns the last element that belongs to a paragraph: the list that its sentence announces, for instance. */
function endOf<E extends PageElement<E>>(block: E, root: E, isVisible: (element: E) => boolean): E {
  let end = block;
  for (let text = textOf(block); ;) {
    let outer = end;
    while (outer !== root && !outer.nextElementSibling && outer.parentElement !== root)
      outer = outer.parentElement ?? root;
    let next = outer.nextElementSibling;
    while (next && !isVisible(next)) next = next.nextElementSibling;
    const isList = next?.matches('ul,ol,dl,table') && !ended.test(text);
    if (!next || !(isList || unended.test(text))) return end;
    end = next;
    text = textOf(next);
  }
}

/**
 * Returns the elements after which an appeal may stand: the paragraphs of an article, or what belongs to
 * them. Bylines and captions, and whatever stands in a quotation, a list or an aside, do not count.
 */
export function paragraphBreaks<E extends PageElement<E>>(
  root: E,
  isVisible: (element: E) => boolean,
): E[] {
  const isWithin = (element: E) =>
    !(element.closest([controls, besides, others].join()) ?? root).contains(root);
  const blocks = root.matches('p')
    ? [root]
    : [...root.querySelectorAll('p,div,[role=paragraph]')].filter(
        element => isBlock(element) && !isWithin(element) && isVisible(element),
      );
  // What is short and precedes the first long text, or is no sentence, is a byline, a date or a label.
  const first = blocks.findIndex(block => textOf(block).length >= long);
  const isProse = (block: E, position: number) =>
    first < 0 ||
    (position >= first &&
      [textOf(block)].some(text => text.length >= long || ended.test(text) || unended.test(text)));
  return blocks.filter(isProse).map(block => endOf(block, root, isVisible));
}
