/** Inserts an appeal into the article without moving anything the reader sees. */

import type {CampaignPlace} from '../../core/campaigns/campaign.js';
import {query} from './place.js';

const isPainted = (): boolean => !!performance.getEntriesByName('first-contentful-paint')[0];

/**
 * Inserts the element after the n-th paragraph of the place. If that spot is on screen, uses the next
 * gap between blocks below the screen instead, so that the text does not jump.
 */
export function putInPlace(element: HTMLElement, place: CampaignPlace): boolean {
  const root = query(place.selector);
  if (!root) return false;
  const direct = root.querySelectorAll(':scope > p');
  const paragraphs = direct[0] ? direct : root.querySelectorAll('p');
  // Without a paragraph number this is NaN, and the end of the place is used.
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
