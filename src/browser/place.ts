/** Where does an appeal stand in the article, so that putting it there moves nothing a reader sees? */

import type {Campaign} from '../core/campaign.js';

const tag = 'support-appeal';

function query(selector: string): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

/** The appeal a site has put into the page by hand for this campaign. */
export function placedByHand(campaign: string): HTMLElement | undefined {
  for (const element of document.querySelectorAll<HTMLElement>(tag)) {
    if ((element.getAttribute('campaign') ?? 'default') === campaign) return element;
  }
  return undefined;
}

/** Whether an inline campaign has somewhere to stand on this page. */
export function hasPlace(campaign: Campaign): boolean {
  const {format = 'inline', id, place} = campaign;
  return (
    format !== 'inline' ||
    placedByHand(id) !== undefined ||
    (place?.selector !== undefined && query(place.selector) !== null)
  );
}

const isPainted = (): boolean => performance.getEntriesByName('first-contentful-paint').length > 0;

/**
 * Puts the element after the n-th paragraph of the place. When the reader is looking at that very
 * spot, the next break between blocks below the screen is taken instead, because nobody's text
 * should jump.
 */
export function putInPlace(element: HTMLElement, place: NonNullable<Campaign['place']>): boolean {
  const root = place.selector === undefined ? null : query(place.selector);
  if (!root) return false;
  const {paragraph} = place;
  let after = root.lastElementChild;
  if (paragraph !== undefined) {
    const direct = root.querySelectorAll(':scope > p');
    const paragraphs = direct.length > 0 ? direct : root.querySelectorAll('p');
    after = paragraphs[Math.min(paragraph, paragraphs.length) - 1] ?? after;
  }
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
