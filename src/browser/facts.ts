/** Reads what the page knows about itself, its reader and this visit. */

import type {Facts} from '../core/campaigns/audience.js';
import type {ReaderState} from '../core/cadence/reader-state.js';
import {readerCountry} from './country.js';
import {metas} from './metas.js';
import {page} from './page.js';
import {mayHaveAsked} from './storage/visit.js';

/** Facts that the site knows better than the page. */
export interface KnownFacts {
  /** ISO 3166 country of the reader, if the server knows. Default: the region of the browser's language. */
  readonly country?: string;
  readonly signedIn?: boolean;
  /** `pending` while the site does not know yet: nothing is asked until it does. */
  readonly supporter?: boolean | 'pending';
}

/** Reads the facts that a decision needs. Stores and sends nothing. */
export function pageFacts(state: ReaderState, known: KnownFacts = {}): Facts {
  const now = Date.now();
  let referrer = '';
  let hinted = false;
  try {
    // Set by the companion with a pass. Forging it only leads to fewer appeals.
    hinted = /support-hint=1/.test(document.cookie);
    referrer = new URL(document.referrer).hostname;
  } catch {
    // No referrer, or a sandboxed frame, which has no cookies.
  }
  return {
    now,
    // Read only when a campaign has a date, because the first use in a process loads the time zone.
    get utcOffsetMinutes() {
      return -new Date(now).getTimezoneOffset();
    },
    path: location.pathname,
    section: metas('article:section')[0],
    tags: metas('article:tag'),
    language: document.documentElement.lang || navigator.language,
    country: readerCountry(),
    // Read only when a campaign needs it, because it forces a layout.
    get device() {
      return innerWidth < 640 ? 'phone' : innerWidth < 1024 ? 'tablet' : 'desktop';
    },
    referrer,
    articles: state.read.length,
    supporter: known.supporter ?? hinted,
    signedIn: known.signedIn ?? metas('support:signed-in')[0] === 'yes',
    sensitive: metas('support:sensitive').length > 0,
    asked: page().asked === true || mayHaveAsked(referrer),
  };
}
