/** What does `start()` need only now and then? Fetched when it is needed. */

import type {ConsentSetting} from './browser/consent-signal.js';

export {present} from './present.js';

/** Keeps the record within what the reader allows, and counts this article if that is asked for. */
export async function care(setting: ConsentSetting, signal: AbortSignal): Promise<void> {
  const careful = await import('./care.js');
  careful.care(setting, signal);
}

/** Tells a developer what is wrong with a campaigns file. */
export async function explain(value: unknown): Promise<void> {
  const {parseCampaigns} = await import('./core/campaign.js');
  const parsed = parseCampaigns(value);
  if (parsed.ok) return;
  for (const {path, problem} of parsed.problems)
    console.warn(`reader-support: ${path}: ${problem}`);
}
