/** Returns a hashed key of the current article, so that its address is not stored. */

import {articleKeyOf} from '../../core/meter/article-key.js';

/** Returns a short hash of the path, or '' where the page is not an article. */
export function articleKey(): string {
  return document.querySelector('article') ? articleKeyOf(location.pathname) : '';
}
