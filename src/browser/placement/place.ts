/** Finds the place for an appeal on this page. */

import type {Campaign} from '../../core/campaigns/campaign.js';
import {findPlace, mayHold} from '../../core/campaigns/find-place.js';

/** Whether an element, or one in it where it has no box of its own, is rendered. */
export const isRendered = (element: Element | null): boolean =>
  !!element && [element, ...element.children].some(box => box.checkVisibility());

/** Returns the element that holds the place; an invalid selector matches nothing. */
export function query(selector = ''): Element | undefined {
  try {
    return findPlace<Element>(document, selector, isRendered);
  } catch {
    return undefined;
  }
}

/** Returns the appeals in the page. */
export const appeals = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('support-appeal'),
];

/** Returns the campaign id of an appeal in the page. */
export const campaignOf = (appeal: Element): string => appeal.getAttribute('campaign') ?? 'default';

/** Finds the appeal that the site placed in the page for this campaign, where it can be seen. */
export const placedByHand = (campaign: string): HTMLElement | undefined =>
  appeals().find(appeal => campaignOf(appeal) === campaign && isRendered(appeal.parentElement));

/** Whether an element of the selector may hold an appeal. Which one it is matters only when it is shown. */
function matchesPlace(selector = ''): boolean {
  try {
    return [...document.querySelectorAll(selector)].some(match => mayHold(match, isRendered));
  } catch {
    return false;
  }
}

/** Whether there is a place for a campaign on this page. */
export const hasPlace = ({format = 'inline', id, place}: Campaign): boolean =>
  format !== 'inline' || !!placedByHand(id) || matchesPlace(place?.selector);
