/** What does the page say about itself, its reader and this visit? */

import type {Facts} from '../core/campaigns/audience.js';
import type {ReaderState} from '../core/cadence/reader-state.js';
import {page} from './page.js';
import {mayHaveAsked} from './storage/visit.js';

/** What a site knows better than the page does. */
export interface KnownFacts {
  /** ISO 3166 country of the reader, if the server knows. */
  readonly country?: string;
  readonly signedIn?: boolean;
  /** `pending` while the site is finding out: nothing is asked until it knows. */
  readonly supporter?: boolean | 'pending';
}

const metas = (name: string): string[] =>
  Array.from(
    document.querySelectorAll<HTMLMetaElement>(`meta[property="${name}"],meta[name="${name}"]`),
    meta => meta.content,
  );

/** Reads the facts a decision needs. Nothing is kept and nothing is sent. */
export function pageFacts(state: ReaderState, known: KnownFacts = {}): Facts {
  const now = Date.now();
  let referrer = '';
  let hinted = false;
  try {
    // From the companion, beside a pass. It can be forged, and all that wins is fewer appeals.
    hinted = /support-hint=1/.test(document.cookie);
    referrer = new URL(document.referrer).hostname;
  } catch {
    // A visit without a referrer, or a sandboxed frame, which has no cookies.
  }
  return {
    now,
    // Only when a campaign has a date: the first time a process is asked, it has to find its zone.
    get minutesEast() {
      return -new Date(now).getTimezoneOffset();
    },
    path: location.pathname,
    section: metas('article:section')[0],
    tags: metas('article:tag'),
    language: document.documentElement.lang || navigator.language,
    country: known.country ?? metas('support:country')[0],
    // Only when a campaign asks: it makes the browser lay the page out at once.
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
