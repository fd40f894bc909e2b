/** Finds the campaigns of a page: those of its file, and the appeals that stand in it by hand. */

import {page} from '../browser/page.js';
import {appeals, campaignOf, placedByHand} from '../browser/placement/place.js';
import type {Campaign, CampaignsFile} from '../core/campaigns/campaign.js';
import {ownProperties} from '../core/own-properties.js';
import type {StartOptions} from './page-view.js';

/** Returns the campaigns file as it is given, fetched, or found in the page. */
export async function loadCampaigns(
  source: StartOptions['campaigns'] = {campaigns: []},
): Promise<unknown> {
  if (typeof source !== 'string' && !(source instanceof URL)) return source;
  const address = String(source);
  if (address.startsWith('#'))
    return JSON.parse(document.querySelector(address)?.textContent ?? '');
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  return response.json();
}

/** Takes what looks like a campaign. The whole parser stays with the newsroom: `?support-debug` brings it. */
export function saneFile(value: unknown): CampaignsFile {
  const file = ownProperties({...(value as CampaignsFile)});
  const {campaigns} = file;
  const isSane = (campaign: unknown) =>
    Object.hasOwn(Object(campaign) as object, 'id') &&
    typeof (campaign as Campaign).id === 'string';
  return Object.assign(file, {campaigns: Array.isArray(campaigns) ? campaigns.filter(isSane) : []});
}

/** Returns the format that the site gave an appeal; `inline` is also what the element gives itself. */
export function ownFormat(appeal?: Element): 'bar' | 'dialog' | undefined {
  const format = appeal?.getAttribute('format');
  if (format !== 'bar' && format !== 'dialog') return undefined;
  const filled = page().filled?.get(appeal as Element)?.['format'];
  return filled?.value === format ? (filled.own as 'bar' | undefined) : format;
}

/** Returns the campaign in the format of the appeal that the site placed for it. */
export function inOwnFormat(campaign: Campaign): Campaign {
  const format = ownFormat(placedByHand(campaign.id));
  return format ? ownProperties({...campaign, format}) : campaign;
}

/** Appeals put into the page by hand are campaigns too, after those of the file. */
export function withHandPlaced(campaigns: readonly Campaign[]): Campaign[] {
  const all = campaigns.map(inOwnFormat);
  for (const appeal of appeals()) {
    const id = campaignOf(appeal);
    if (all.some(campaign => campaign.id === id)) continue;
    all.push(ownProperties({id, format: ownFormat(appeal) ?? 'inline'}));
  }
  return all;
}
