/** Notices when an app shows another article without loading a page. */

import {addressOfPage, articleClues} from '../browser/placement/article-clues.js';

/** How long the address must rest before a change of route is looked for, in ms. */
const restMs = 100;

/** What a session knows of the routes of its page. */
export interface Routes {
  /** Whether the address has just changed: what comes into the page may belong to the next article. */
  isChanging(): boolean;
  /** Looks at the address, for browsers that do not say when it changes. */
  check(): void;
  /** Takes the page as it is now for what is shown. */
  restart(): void;
}

/**
 * Calls back when the address has changed and come to rest, with whether the page shows another article.
 * Changes of state or hash are none. Ends with the signal.
 */
export function followRoutes(
  signal: AbortSignal,
  report: (isOtherArticle: boolean) => void,
): Routes {
  // Not every browser has it yet.
  const {navigation} = globalThis as {navigation?: Navigation};
  let clues = articleClues();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const awaitRest = () => {
    clearTimeout(timer);
    const current = (timer = setTimeout(() => void compare(current), restMs));
  };

  const compare = async (current: typeof timer) => {
    // A router may still be fetching the article.
    if (navigation?.transition) return awaitRest();
    const now = articleClues();
    const isSame =
      now.address === clues.address ||
      (await import('../browser/placement/is-same-article.js').then(
        ({isSameArticle}) => isSameArticle(clues, now),
        () => false,
      ));
    // The address has changed again, or the site has said that a view begins, or ended the session.
    if (timer !== current) return;
    timer = undefined;
    clues = now;
    report(!isSame);
  };

  const restart = () => {
    clearTimeout(timer);
    timer = undefined;
    clues = articleClues();
  };

  navigation?.addEventListener('currententrychange', awaitRest, {signal});
  signal.addEventListener('abort', restart);
  return {
    isChanging: () => timer !== undefined,
    check: () => {
      if (timer === undefined && clues.address !== addressOfPage()) awaitRest();
    },
    restart,
  };
}
