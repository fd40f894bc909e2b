/** Chooses the copy for the number of articles that a reader has read. */

import type {Copy, CopyTexts} from '../experiments/experiment.js';
import {ownProperties} from '../own-properties.js';

/** Whether a text counts the articles that the reader has read. */
export const isCount = (text: unknown): boolean =>
  typeof text === 'string' && text.includes('{articles}');

/**
 * Returns the texts for a reader of so many articles, 0 where they are not counted. Below `minArticles`
 * (default: 5) `withoutCount` holds, and a text that counts all the same is left out.
 */
export function copyForCount(copy: Copy | undefined, articles: number, minArticles = 5): CopyTexts {
  const own = ownProperties({...copy});
  if (articles > 0 && articles >= minArticles) return own;
  const texts = Object.entries({...own, ...own.withoutCount})
    .filter(([, text]) => !isCount(text))
    .map(([name, text]) => [
      name,
      Array.isArray(text) ? text.filter(paragraph => !isCount(paragraph)) : text,
    ]);
  return ownProperties(Object.fromEntries(texts) as CopyTexts);
}
