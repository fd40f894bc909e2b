/** Says where the inline appeals of a campaigns file would stand in a page. */

import {
  findPlace,
  paragraphBreaks,
  type Campaign,
  type CampaignsFile,
  type PageElement,
} from 'reader-support/core';

/** An element of a parsed page. */
interface Parsed extends PageElement<Parsed> {
  getAttribute(name: string): string | null;
}

/** The part of a parsed page that is used. */
export interface ParsedPage {
  querySelectorAll(selectors: string): Iterable<Parsed>;
}

/** What a page does not show, as far as its markup says. */
const hidden =
  '[hidden],template,noscript,details:not([open]),[style*="display:none" i],[style*="display: none" i]';
const isVisible = (element: Parsed): boolean => !element.closest(hidden);

/** Returns the last words of an element's text. */
function lastWords({textContent}: Parsed): string {
  const words = (textContent ?? '').trim().split(/\s+/);
  return `${words.length > 6 ? '… ' : ''}${words.slice(-6).join(' ')}`;
}

function place(page: ParsedPage, {id, place: {selector = '', paragraph} = {}}: Campaign): string {
  const isOwn = (appeal: Parsed) => (appeal.getAttribute('campaign') ?? 'default') === id;
  const appeals = [...page.querySelectorAll('support-appeal')].filter(isOwn);
  if (appeals.some(({parentElement}) => parentElement && isVisible(parentElement)))
    return 'where its <support-appeal> stands';
  let root: Parsed | undefined;
  try {
    root = selector ? findPlace(page, selector, isVisible) : undefined;
  } catch {
    // A selector that is invalid matches nothing, as in a browser.
  }
  if (!root)
    return selector
      ? `nowhere: nothing that is visible, and not in a link or a button, matches ${selector}`
      : 'nowhere: it has no `place`, and the page has no <support-appeal> for it';
  const breaks = paragraph ? paragraphBreaks(root, isVisible) : [];
  const last = breaks[Math.min(paragraph ?? 0, breaks.length) - 1];
  if (!last) return `at the end of <${root.tagName.toLowerCase()}> (${selector})`;
  const number = Math.min(paragraph ?? 0, breaks.length);
  return `after paragraph ${number} of ${breaks.length}, which ends with ${JSON.stringify(lastWords(last))}`;
}

/** Returns a line for each inline campaign. A parsed page has no layout, so style sheets are not considered. */
export function appealPlaces(page: ParsedPage, {campaigns}: CampaignsFile): string[] {
  return campaigns
    .filter(({format = 'inline'}) => format === 'inline')
    .map(campaign => `${campaign.id}: ${place(page, campaign)}`);
}
