/** Waits for a campaign's trigger: time, scrolling or exit intent. */

import type {Trigger} from '../../core/campaigns/campaign.js';

/** Resolves on whichever comes first: seconds on the page, share scrolled, or the pointer leaving at the top. */
export function whenTriggered(trigger: Trigger, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const ended = new AbortController();
    const until = {signal: ended.signal};
    const done = () => {
      clearTimeout(timer);
      ended.abort();
      resolve();
    };
    const {seconds, scroll, exit} = trigger;
    const timer = seconds === undefined ? undefined : setTimeout(done, seconds * 1000);
    signal.addEventListener('abort', done, {once: true});
    if (scroll !== undefined) {
      const look = () => {
        const {scrollHeight, clientHeight} = document.documentElement;
        const way = scrollHeight - clientHeight;
        if (way > 0 && (scrollY / way) * 100 >= scroll) done();
      };
      addEventListener('scroll', look, {passive: true, ...until});
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
