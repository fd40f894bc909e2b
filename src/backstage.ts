/** What does `start()` need only now and then? Fetched when it is needed. */

import type {ConsentSetting} from './browser/consent-signal.js';
import {page} from './browser/page.js';
import type {CampaignsFile} from './core/campaign.js';
import type {StartOptions} from './start.js';

export {present} from './present.js';

/**
 * Keeps the record within what the reader allows, counts this article if that is asked for, and
 * thanks a reader who is back from a payment on a page that has no thanks of its own.
 */
export async function care(
  setting: ConsentSetting,
  signal: AbortSignal,
  isBack: boolean,
  options: StartOptions,
  file: CampaignsFile,
): Promise<void> {
  const careful = import('./care.js');
  const answered = careful.then(({care: keep}) => keep(setting, signal));
  // A piece that never came has found out nothing.
  page().answered = answered.catch(() => undefined);
  const {thank} = await careful;
  if (!isBack) return;
  if (file.companion) (await import('./join.js')).join(file);
  await options.load?.();
  thank(options.checkout ?? file.checkout);
}

/** Tells a developer what is wrong with a campaigns file, and shows an editor its experiments. */
export async function explain(value: unknown, options: StartOptions): Promise<void> {
  const {parseCampaigns} = await import('./core/campaign.js');
  const parsed = parseCampaigns(value);
  if (location.search.includes('support-arm') && parsed.file) {
    (await import('./preview.js')).preview(parsed.file, options);
  }
  if (parsed.ok) return;
  for (const {path, problem} of parsed.problems)
    console.warn(`reader-support: ${path}: ${problem}`);
}
