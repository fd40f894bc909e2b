/** Notices when an app shows another article without loading a page. */

import {addressOfPage, articleClues} from '../browser/placement/article-clues.js';
import {ownProperties} from '../core/own-properties.js';

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
  let change: object | undefined;

  const restart = () => {
    change = undefined;
    clues = articleClues();
  };

  const check = () => {
    if (change || clues.address === addressOfPage()) return;
    const current = (change = {});
    // Most pages follow no route, so what compares articles is fetched with the first.
    void import('../browser/placement/is-other-article.js')
      .then(
        ({isOtherArticle}) => isOtherArticle(clues),
        () => true,
      )
      .then(isOther => {
        // The site has said that a view begins, or has ended the session.
        if (change !== current) return;
        restart();
        report(isOther);
      });
  };

  navigation?.addEventListener('currententrychange', check, ownProperties({signal}));
  signal.addEventListener('abort', restart);
  return {isChanging: () => change !== undefined, check, restart};
}
