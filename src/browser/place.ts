/** Is there a place for an appeal on this page? */

import type {Campaign} from '../core/campaign.js';

const tag = 'support-appeal';

/** The first match; a selector that is none matches nothing. */
export function query(selector: string): Element | null {
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
