/** Does the article open in this browser, where no server decides? Fetched only there. */

import {askAccess} from '../browser/ask-access.js';
import {cutArticle} from '../browser/cut-article.js';
import {readerStore} from '../browser/reader-store.js';
import {judgeAccess, type AccessVerdict, type EntitlementAnswer} from '../core/access.js';
import {articleKeyOf} from '../core/article-key.js';
import {neverCounts, recordMetered} from '../core/meter.js';
import type {Guarded} from './paywall-controller.js';

const patience = 3000;

const meta = (name: string): string | undefined =>
  document.querySelector<HTMLMetaElement>(`meta[property="${name}"],meta[name="${name}"]`)?.content;

/**
 * Decides, counts the article where it opens, and takes its rest out of the page where it does not.
 * Decides again whenever something has changed, until the signal is aborted. Returns a function that
 * asks everybody afresh.
 */
export function meterHere(
  host: Guarded,
  enter: (verdict: AccessVerdict) => void,
  signal: AbortSignal,
): () => void {
  const store = readerStore();
  let pass: EntitlementAnswer = {state: 'pending'};
  let since = 0;
  let restore: (() => void) | undefined;
  const open = () => {
    restore?.();
    restore = undefined;
  };

  const judge = () => {
    const now = Date.now();
    const {meter: counted, supported} = store.read();
    const free = meta('support:free');
    const article = {
      key: articleKeyOf(location.pathname),
      section: meta('article:section'),
      free: neverCounts.find(one => one === free),
    };
    const reader = {
      now,
      minutesEast: -new Date(now).getTimezoneOffset(),
      registered: host.signedIn,
    };
    const {meter} = host;
    const gift: EntitlementAnswer = supported
      ? {state: 'yes', until: supported.until}
      : {state: 'no'};
    const verdict = judgeAccess({
      ...{meter, counted, article, since, ...reader},
      entitlements: [
        {provider: 'pass', answer: pass},
        {provider: 'record', answer: gift},
      ],
    });
    // A tab in the background is not read.
    if (verdict.access === 'metered' && document.visibilityState === 'visible')
      store.update(state => recordMetered(state, meter, article, reader));
    if (verdict.access === 'locked') {
      const root = document.getElementById(host.for ?? '');
      if (root) restore ??= cutArticle(root, host.preview, host);
    } else open();
    enter(verdict);
  };

  const decide = () => {
    if (signal.aborted) return;
    try {
      judge();
    } catch (error) {
      // A meter that a site has set up wrong takes nobody's article away.
      console.warn('reader-support:', error);
      open();
    }
  };

  const ask = () => {
    since = Date.now();
    pass = {state: 'pending'};
    void askAccess(host.access, signal).then(answer => {
      pass = answer;
      decide();
    });
    // Nobody is kept waiting for a companion that does not answer.
    setTimeout(decide, patience + 1);
    decide();
  };

  // A gift in this tab or another, and a page that comes back from the pay page.
  addEventListener('support-supported', ask, {signal});
  addEventListener('pageshow', event => event.persisted && ask(), {signal});
  document.addEventListener('visibilitychange', decide, {signal});
  signal.addEventListener('abort', store.watch(decide));
  signal.addEventListener('abort', open);
  ask();
  return ask;
}
