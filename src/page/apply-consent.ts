/** Applies the site's consent setting to a page view. */

import type {ConsentSetting} from '../browser/consent/consent-signal.js';
import {page} from '../browser/page.js';
import {knownState} from '../browser/storage/stored.js';
import {warn} from './warn.js';

/** Most page views neither may nor need write: only the others load what writes. */
export function applyConsent(setting: ConsentSetting, signal: AbortSignal): void {
  const {views, closes, supported} = knownState();
  // A stamp of a clock that ran ahead is put right, or it would last until that day comes.
  // And a reader who wants to be asked after ten more articles wants them counted.
  const needsWriting = [supported, ...closes].some(
    entry => entry && (entry.at > Date.now() || 'articles' in entry),
  );
  if (setting === 'minimal' && !views.length && !needsWriting) return;
  // What never came has found out nothing.
  page().answered = import('./update-reader-record.js')
    .then(({updateReaderRecord}) => updateReaderRecord({setting, signal}))
    .catch(warn);
}
