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
  const isSane = (campaign?: Campaign) => typeof campaign?.id === 'string';
  return Object.assign(file, {campaigns: Array.isArray(campaigns) ? campaigns.filter(isSane) : []});
}

/**
 * Returns what the site says on an appeal, as an attribute or a property. What a session has put there is
 * not the site's, nor is what all elements of the page inherit.
 */
export function ownValue(
  appeal: Element,
  name: string,
  value: unknown = (appeal as unknown as Record<string, unknown>)[name],
): unknown {
  const filled = page().filled?.get(appeal)?.[name];
  if (filled && filled.value === value) return filled.own;
  return value === (HTMLElement.prototype as unknown as Record<string, unknown>)[name]
    ? undefined
    : value;
}

/** Returns the format that the site gave an appeal: a default is not reflected, so the attribute tells. */
export function ownFormat(appeal: Element): Campaign['format'] {
  const format = ownValue(appeal, 'format', appeal.getAttribute('format'));
  return (['inline', 'bar', 'dialog'] as const).find(known => known === format);
}

/** Returns the campaign with what the site says on its appeal, as far as that decides who is asked, and how. */
export function withOwn(
  campaign: Campaign,
  appeal: Element | undefined = placedByHand(campaign.id),
): Campaign {
  if (!appeal) return campaign;
  return ownProperties({
    ...campaign,
    format: ownFormat(appeal) ?? campaign.format,
    cadence: ownValue(appeal, 'cadence') ?? campaign.cadence,
    schedule: {
      ...campaign.schedule,
      end: ownValue(appeal, 'campaignEnds') ?? campaign.schedule?.end,
    },
  } as Campaign);
}

/** Appeals put into the page by hand are campaigns too, after those of the file. */
export function withHandPlaced(campaigns: readonly Campaign[]): Campaign[] {
  const all = campaigns.map(campaign => withOwn(campaign));
  for (const appeal of appeals()) {
    const id = campaignOf(appeal);
    if (all.some(campaign => campaign.id === id)) continue;
    all.push(withOwn(ownProperties({id, format: 'inline'}), appeal));
  }
  return all;
}
