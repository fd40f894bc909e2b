/** What does `start()` need only now and then? Fetched when it is needed, all in one piece. */

import {readerStore} from './browser/reader-store.js';
import type {ConsentSetting} from './browser/consent-signal.js';
import {articleKey} from './browser/article-key.js';
import {articlesToGo, recordArticle} from './core/reader-record.js';

export {present} from './present.js';

/** Keeps the record within what the reader allows, and counts this article if that is asked for. */
export async function care(setting: ConsentSetting, signal: AbortSignal): Promise<void> {
  const store = readerStore();
  if (setting === 'minimal' || setting === 'full') store.allow(setting === 'full');
  else {
    const {watchConsent} = await import('./browser/consent-signal.js');
    watchConsent(setting, isGiven => store.allow(isGiven), signal);
  }
  const key = articleKey();
  const {closes} = store.read();
  if (key && !signal.aborted && (setting === 'full' || articlesToGo(closes, Date.now()))) {
    store.update((state, now) => recordArticle(state, key, now));
  }
}

/** Tells a developer what is wrong with a campaigns file. */
export async function explain(value: unknown): Promise<void> {
  const {parseCampaigns} = await import('./core/campaign.js');
  const parsed = parseCampaigns(value);
  if (parsed.ok) return;
  for (const {path, problem} of parsed.problems)
    console.warn(`reader-support: ${path}: ${problem}`);
}
