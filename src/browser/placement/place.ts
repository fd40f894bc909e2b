/** Finds the place for an appeal on this page. */

import type {Campaign} from '../../core/campaigns/campaign.js';

/** Returns the first match; an invalid selector matches nothing. */
export function query(selector = ''): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

/** Returns the appeals in the page. */
export const appeals = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('support-appeal'),
];

/** Returns the campaign id of an appeal in the page. */
export const campaignOf = (appeal: Element): string => appeal.getAttribute('campaign') ?? 'default';

/** Finds the appeal that the site placed in the page for this campaign. */
export const placedByHand = (campaign: string): HTMLElement | undefined =>
  appeals().find(appeal => campaignOf(appeal) === campaign);

/** Whether there is a place for a campaign on this page. */
export const hasPlace = ({format = 'inline', id, place}: Campaign): boolean =>
  format !== 'inline' || !!(placedByHand(id) ?? query(place?.selector));
