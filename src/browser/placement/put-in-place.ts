/** Where does an appeal stand in the article, so that putting it there moves nothing a reader sees? */

import type {Place} from '../../core/campaigns/campaign.js';
import {query} from './place.js';

const isPainted = (): boolean => !!performance.getEntriesByName('first-contentful-paint')[0];

/**
 * Puts the element after the n-th paragraph of the place. When the reader is looking at that very
 * spot, the next break between blocks below the screen is taken instead, because nobody's text
 * should jump.
 */
export function putInPlace(element: HTMLElement, place: Place): boolean {
  const root = query(place.selector);
  if (!root) return false;
  const direct = root.querySelectorAll(':scope > p');
  const paragraphs = direct[0] ? direct : root.querySelectorAll('p');
  // Of none there is no number, and the end of the place is taken.
  const last = Math.min(place.paragraph ?? NaN, paragraphs.length);
  let after = paragraphs[last - 1] ?? root.lastElementChild;
  const {clientHeight, scrollHeight} = document.documentElement;
  if (isPainted() && scrollHeight > clientHeight) {
    const isInView = (block: Element) => {
      const {bottom} = block.getBoundingClientRect();
      return bottom > 0 && bottom < clientHeight;
    };
    while (after && isInView(after) && after.nextElementSibling) after = after.nextElementSibling;
  }
  if (after) after.after(element);
  else root.append(element);
  return true;
}
