/** Waits for a campaign's trigger: time, scrolling or exit intent. */

import {articleScrollers, shareScrolled} from './share-scrolled.js';
import type {Trigger} from '../../core/campaigns/campaign.js';
import {ownProperties} from '../../core/own-properties.js';

/** Resolves on whichever comes first: seconds on the page, share scrolled, or the pointer leaving at the top. */
export function whenTriggered(trigger: Trigger, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const ended = new AbortController();
    const until = ownProperties({signal: ended.signal, once: false});
    const done = () => {
      clearTimeout(timer);
      ended.abort();
      resolve();
    };
    const {seconds, scroll, exit} = ownProperties(trigger);
    const timer = seconds === undefined ? undefined : setTimeout(done, seconds * 1000);
    signal.addEventListener('abort', done, ownProperties({once: true}));
    if (scroll !== undefined) {
      const look = () => {
        const scrollers = articleScrollers();
        // Before the page is complete, it may be short because most of it is missing.
        const isMeasured = scrollers.length > 0 || document.readyState === 'complete';
        if (isMeasured && shareScrolled(scrollers) >= scroll) done();
      };
      // Whatever scrolls: `scroll` does not bubble, and does not leave a shadow root.
      for (const target of [window, ...articleScrollers()])
        target.addEventListener('scroll', look, {capture: true, passive: true, ...until});
      addEventListener('load', look, until);
      look();
    }
    if (exit) {
      document.addEventListener(
        'mouseout',
        event => {
          if (!event.relatedTarget && event.clientY <= 0) done();
        },
        until,
      );
    }
  });
}
