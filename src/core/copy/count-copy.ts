/** Chooses the copy for the number of articles that a reader has read. */

import type {Copy, CopyTexts} from './copy-fields.js';
import {ownProperties} from '../own-properties.js';

/** Whether a text counts the articles that the reader has read. */
export const isCount = (text: unknown): boolean =>
  typeof text === 'string' && text.includes('{articles}');

/** Leaves out what counts, at any depth. */
function uncounted(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(text => !isCount(text));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => !isCount(inner));
  return Object.fromEntries(entries.map(([name, inner]) => [name, uncounted(inner)]));
}

/**
 * Returns the texts for a reader of so many articles, 0 where they are not counted. Below `minArticles`
 * (default: 5) `withoutCount` holds, and a text that counts all the same is left out.
 */
export function copyForCount(copy: Copy | undefined, articles: number, minArticles = 5): CopyTexts {
  const own = ownProperties({...copy});
  return articles > 0 && articles >= minArticles
    ? own
    : ownProperties(uncounted({...own, ...own.withoutCount}) as CopyTexts);
}
