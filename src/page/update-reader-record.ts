/** Writes what must be written on a page view, whether or not it asks. */

import {articleAddress} from '../browser/placement/article-address.js';
import {watchConsent, type ConsentSetting} from '../browser/consent/consent-signal.js';
import {enrolments, forgetEnrolments, keep} from '../browser/storage/enrolments.js';
import {page} from '../browser/page.js';
import {readerStore} from '../browser/storage/reader-store.js';
import {articlesToGo, recordArticle} from '../core/cadence/reader-record.js';
import {countedKeyOf} from '../core/meter/article-key.js';

/** What is known of the page view. */
export interface RecordOptions {
  readonly setting: ConsentSetting;
  /** Ends with the session, so that its views ask once; for a callback with the view, so that each asks. */
  readonly signal: AbortSignal;
}

/** The answers that are awaited or known, by the signal that ends the listening for changes. */
const answers = new WeakMap<AbortSignal, Promise<void>>();

/**
 * Keeps the record within what the reader allows, and counts this article if that is asked for.
 * Resolves when it is known what the reader allows: at the latest when silence is a no.
 */
export function updateReaderRecord({setting, signal}: RecordOptions): Promise<void> {
  const known = answers.get(signal);
  // A reader who wants to be reminded after ten more articles wants them counted.
  if ((known && page().full) || articlesToGo(readerStore().read().closes, Date.now())) {
    countArticle();
  }
  if (known) return known;
  const answer = new Promise<void>(resolve => {
    signal.addEventListener('abort', () => resolve());
    watchConsent(
      setting,
      isGiven => {
        applyConsent(isGiven);
        resolve();
      },
      signal,
    );
  });
  answers.set(signal, answer);
  return answer;
}

function applyConsent(isGiven: boolean): void {
  readerStore().setConsent(isGiven);
  if (isGiven) {
    // A reader who was drawn before the answer stays there on the pages to come.
    if (page().enrolments) keep(enrolments(Date.now()));
    countArticle();
  } else forgetEnrolments();
}

/** Counts the article that is in the page now. */
function countArticle(): void {
  if (!document.querySelector('article')) return;
  const address = articleAddress();
  readerStore().update((state, now) => {
    const entries = [...state.read, ...state.closes.flatMap(({read = []}) => read)];
    return recordArticle(state, countedKeyOf(address, entries), now);
  });
}
