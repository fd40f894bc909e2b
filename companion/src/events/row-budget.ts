/** Decides which events may add a row to a day's sums, so that invented names fill neither them nor their budget. */

import {type CampaignsFile, experimentKey, type ReaderEvent} from 'reader-support/core';
import {networksOf} from '../http/address.js';
import {numbering} from './event-budget.js';
import {experimentsOf} from './experiments-of.js';

/** The names of a site's campaigns and experiments. */
export interface EventNames {
  readonly campaigns: readonly string[];
  /** By experiment, its arms. */
  readonly experiments: Readonly<Record<string, readonly string[]>>;
}

/** Returns the names in a campaigns file. */
export function eventNamesOf(file: CampaignsFile): EventNames {
  return {
    campaigns: file.campaigns.map(({id}) => id),
    experiments: Object.fromEntries(
      experimentsOf(file).map(experiment => [
        experimentKey(experiment),
        Object.keys(experiment.arms),
      ]),
    ),
  };
}

/** The kit's own placements; a site may name others. */
const ownPlacements = new Set(['inline', 'bar', 'dialog']);

/** The share of the rows that unknown names may have together, where the names are known. */
const shareOfUnknown = 1 / 10;
/** The share of the rows that one network may add with unknown names. */
const shareOfNetwork = 1 / 20;

/** Whether all names of an event are the site's. */
function isListed({campaign, experiment, arm, placement}: ReaderEvent, names: EventNames): boolean {
  if (campaign !== undefined && !names.campaigns.includes(campaign)) return false;
  if (placement !== undefined && !ownPlacements.has(placement)) return false;
  if (experiment === undefined) return arm === undefined;
  const arms = Object.hasOwn(names.experiments, experiment) ? names.experiments[experiment] : [];
  return arms?.includes(arm ?? '') ?? false;
}

/**
 * Creates the budget of one day. The function returns whether an event may be stored: its row is there, or
 * there is room for it. `names`: those of the site, where they are known.
 */
export function rowBudget(
  most: number,
): (event: ReaderEvent, address: string | undefined, names: EventNames | undefined) => boolean {
  const rows = new Set<string>();
  let unknown = 0;
  /** How many rows with unknown names each network has added: at most one entry for each of them. */
  const added = new Map<number, number>();
  const numberOf = numbering();
  return (event, address, names) => {
    const {name, campaign, experiment, arm, placement} = event;
    const row = [name, campaign, experiment, arm, placement].map(part => part ?? '').join('\n');
    if (rows.has(row)) return true;
    if (rows.size >= most) return false;
    if (!names || !isListed(event, names)) {
      if (names && unknown >= most * shareOfUnknown) return false;
      // The largest network, because whoever rents it may use every address in it.
      const network = address === undefined ? undefined : networksOf(address).at(-1);
      if (network !== undefined) {
        const count = added.get(numberOf(network)) ?? 0;
        if (count >= Math.max(1, most * shareOfNetwork)) return false;
        added.set(numberOf(network), count + 1);
      }
      unknown += 1;
    }
    rows.add(row);
    return true;
  };
}
