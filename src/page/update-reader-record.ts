/** Writes what must be written on a page view, whether or not it asks. */

import {articleKey} from '../browser/placement/article-key.js';
import {watchConsent, type ConsentSetting} from '../browser/consent/consent-signal.js';
import {enrolments, forgetEnrolments, keep} from '../browser/storage/enrolments.js';
import {page} from '../browser/page.js';
import {readerStore} from '../browser/storage/reader-store.js';
import {articlesToGo, recordArticle} from '../core/cadence/reader-record.js';

/** What is known of the page view. */
export interface RecordOptions {
  readonly setting: ConsentSetting;
  readonly signal: AbortSignal;
}

/**
 * Keeps the record within what the reader allows, and counts this article if that is asked for.
 * Resolves when it is known what the reader allows: at the latest when silence is a no.
 */
export function updateReaderRecord({setting, signal}: RecordOptions): Promise<void> {
  const store = readerStore();
  const key = articleKey();
  const count = () => {
    if (key) store.update((state, now) => recordArticle(state, key, now));
  };
  const applyConsent = (isGiven: boolean) => {
    store.setConsent(isGiven);
    if (isGiven) {
      // A reader who was drawn before the answer stays there on the pages to come.
      if (page().enrolments) keep(enrolments(Date.now()));
      count();
    } else forgetEnrolments();
  };
  const consentSettled = new Promise<void>(resolve => {
    watchConsent(
      setting,
      isGiven => {
        applyConsent(isGiven);
        resolve();
      },
      signal,
    );
    signal.addEventListener('abort', () => resolve());
  });
  // A reader who wants to be reminded after ten more articles wants them counted.
  if (articlesToGo(store.read().closes, Date.now())) count();
  return consentSettled;
}
