/** Explains a campaigns file to a developer and an editor on the live site: its problems and its experiments. */

import {parseCampaigns} from '../../core/campaigns/parse-campaigns.js';
import type {StartOptions} from '../page-view.js';

/** Tells a developer what is wrong with a campaigns file, and shows an editor its experiments. */
export async function explain(value: unknown, options: StartOptions): Promise<void> {
  const parsed = parseCampaigns(value);
  if (location.search.includes('support-arm') && parsed.file) {
    (await import('./preview-panel.js')).preview(parsed.file, options);
  }
  if (parsed.ok) return;
  for (const {path, problem} of parsed.problems)
    console.warn(`reader-support: ${path}: ${problem}`);
}
