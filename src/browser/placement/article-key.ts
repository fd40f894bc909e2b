/** Is this page an article, and how is it told from others without keeping its address? */

import {articleKeyOf} from '../../core/meter/article-key.js';

/** A short hash of the path, or '' where there is no article. */
export function articleKey(): string {
  return document.querySelector('article') ? articleKeyOf(location.pathname) : '';
}
