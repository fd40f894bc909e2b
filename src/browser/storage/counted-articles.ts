/** Tells how many articles the reader has read, where that may be counted. */

import {isOptedOut} from '../analytics/is-opted-out.js';
import {page} from '../page.js';
import {knownState} from './stored.js';

/** Returns the number of recently read articles; 0 without full consent and under Global Privacy Control. */
export const countedArticles = (): number =>
  page().full && !isOptedOut() ? knownState().read.length : 0;
