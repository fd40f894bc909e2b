/** What must be written on a page view that asks nothing? */

import {articleKey} from './browser/article-key.js';
import {watchConsent, type ConsentSetting} from './browser/consent-signal.js';
import {readerStore} from './browser/reader-store.js';
import {articlesToGo, recordArticle} from './core/reader-record.js';

/** Keeps the record within what the reader allows, and counts this article if that is asked for. */
export function care(setting: ConsentSetting, signal: AbortSignal): void {
  const store = readerStore();
  if (setting === 'minimal' || setting === 'full') store.allow(setting === 'full');
  else watchConsent(setting, isGiven => store.allow(isGiven), signal);
  const key = articleKey();
  const {closes} = store.read();
  if (key && !signal.aborted && (setting === 'full' || articlesToGo(closes, Date.now()))) {
    store.update((state, now) => recordArticle(state, key, now));
  }
}
