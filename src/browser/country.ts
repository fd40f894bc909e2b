/** Reads the reader's country: for audiences and for the currency of a form alike. */

import {metas} from './metas.js';
import {page} from './page.js';

/**
 * Returns the country that the site gives, to `start()` or in a `<meta name="support:country">`, else
 * the region of the browser's language; undefined where neither names one.
 */
export const readerCountry = (): string | undefined =>
  // What is empty is unknown too. A region stands behind the language and its script.
  page().country ||
  metas('support:country')[0] ||
  /^\w+(?:-\w{4})?-(\w\w)\b/.exec(navigator.language)?.[1];
