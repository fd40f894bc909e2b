/** Inserts an appeal into the article without moving anything the reader sees. */

import type {CampaignPlace} from '../../core/campaigns/campaign.js';
import {paragraphBreaks} from '../../core/campaigns/paragraph-breaks.js';
import {isRendered, query} from './place.js';

const isPainted = (): boolean => !!performance.getEntriesByName('first-contentful-paint')[0];

/** Whether a reader can see an element; what only screen readers find is one pixel high. */
const isVisible = (element: Element): boolean =>
  isRendered(element) && element.getBoundingClientRect().height > 1;

/**
 * Inserts the element after the n-th paragraph of the place. If that spot is on screen, uses the next
 * break between paragraphs below the screen instead, so that the text does not jump.
 */
export function putInPlace(element: HTMLElement, {selector, paragraph}: CampaignPlace): boolean {
  const root = query(selector);
  if (!root) return false;
  const breaks = paragraph ? paragraphBreaks<Element>(root, isVisible) : [];
  const from = Math.min(paragraph ?? 0, breaks.length) - 1;
  const {clientHeight, scrollHeight} = document.documentElement;
  const isStill = isPainted() && scrollHeight > clientHeight;
  const isInView = (block: Element) => {
    const {bottom} = block.getBoundingClientRect();
    return isStill && bottom > 0 && bottom < clientHeight;
  };
  const after = breaks.slice(Math.max(from, 0)).find(block => !isInView(block));
  if (after) after.after(element);
  else root.append(element);
  return true;
}
