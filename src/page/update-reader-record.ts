/** What must be written on a page view that asks nothing? */

import {articleKey} from '../browser/placement/article-key.js';
import {watchConsent, type ConsentSetting} from '../browser/consent/consent-signal.js';
import {enrolments, forgetEnrolments, keep} from '../browser/storage/enrolments.js';
import {page} from '../browser/page.js';
import {readerStore} from '../browser/storage/reader-store.js';
import type {CampaignsFile} from '../core/campaigns/campaign.js';
import {articlesToGo, recordArticle} from '../core/cadence/reader-record.js';
import type {StartOptions} from './start.js';

/** What is known of the page view. */
export interface PageCare {
  readonly setting: ConsentSetting;
  readonly signal: AbortSignal;
  /** Whether the reader is back from a payment. */
  readonly isBack: boolean;
  readonly options: StartOptions;
  readonly file: CampaignsFile;
}

/**
 * Keeps the record within what the reader allows, counts this article if that is asked for, and
 * thanks a reader who is back from a payment on a page that has no thanks of its own.
 * Resolves when it is known what the reader allows: at the latest when silence is a no.
 */
export function care({setting, signal, isBack, options, file}: PageCare): Promise<void> {
  const store = readerStore();
  const key = articleKey();
  const count = () => {
    if (key) store.update((state, now) => recordArticle(state, key, now));
  };
  const allow = (isGiven: boolean) => {
    store.allow(isGiven);
    if (isGiven) {
      // A reader who was drawn before the answer stays there on the pages to come.
      if (page().enrolments) keep(enrolments(Date.now()));
      count();
    } else forgetEnrolments();
  };
  const answered = new Promise<void>(resolve => {
    watchConsent(
      setting,
      isGiven => {
        allow(isGiven);
        resolve();
      },
      signal,
    );
    signal.addEventListener('abort', () => resolve());
  });
  // A reader who wants to be reminded after ten more articles wants them counted.
  if (articlesToGo(store.read().closes, Date.now())) count();
  if (isBack) void thank(options, file);
  return answered;
}

/** How long the thanks lies over the foot of the page, in ms. */
const thanksLasts = 20_000;

/** Thanks a reader who comes back to a page without a `<support-thanks>`, over the foot of it. */
async function thank(options: StartOptions, file: CampaignsFile): Promise<void> {
  try {
    if (file.companion) (await import('./connect-companion.js')).join(file);
    await options.load?.();
  } catch {
    // Without the element there are no words, and the page is as it was.
    return;
  }
  if (document.querySelector('support-thanks')) return;
  const strip = document.createElement('div');
  const thanks = document.createElement('support-thanks');
  const checkout = options.checkout ?? file.checkout;
  if (typeof checkout === 'string') thanks.setAttribute('checkout', checkout);
  strip.append(thanks);
  strip.style.setProperty('position', 'fixed');
  strip.style.setProperty('inset', 'auto 0 0');
  strip.style.setProperty('z-index', '2147483647');
  document.body.append(strip);
  setTimeout(() => strip.remove(), thanksLasts);
}
