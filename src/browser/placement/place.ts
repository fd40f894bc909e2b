/** Is there a place for an appeal on this page? */

import type {Campaign} from '../../core/campaigns/campaign.js';

/** The first match; a selector that is none matches nothing. */
export function query(selector = ''): Element | null {
  try {
    return document.querySelector(selector);
  } catch {
    return null;
  }
}

/** The appeals that stand in the page. */
export const appeals = (): HTMLElement[] => [
  ...document.querySelectorAll<HTMLElement>('support-appeal'),
];

/** Which campaign an appeal in the page belongs to. */
export const campaignOf = (appeal: Element): string => appeal.getAttribute('campaign') ?? 'default';

/** The appeal a site has put into the page by hand for this campaign. */
export const placedByHand = (campaign: string): HTMLElement | undefined =>
  appeals().find(appeal => campaignOf(appeal) === campaign);

/** Whether a campaign has somewhere to stand on this page. */
export const hasPlace = ({format = 'inline', id, place}: Campaign): boolean =>
  format !== 'inline' || !!(placedByHand(id) ?? query(place?.selector));
