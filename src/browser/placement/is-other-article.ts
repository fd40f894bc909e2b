/** Finds out whether a page whose address changes comes to show another article. */

import {addressOfPage, articleClues, type ArticleClues} from './article-clues.js';
import {isSameArticle} from './is-same-article.js';

/** How long the address must rest before the article is looked at, in ms. */
const restMs = 100;

/** Waits until the address rests; resolves with whether the page then shows another article than before. */
export async function isOtherArticle(before: ArticleClues): Promise<boolean> {
  // Not every browser has it yet.
  const {navigation} = globalThis as {navigation?: Navigation};
  let address: string;
  do {
    address = addressOfPage();
    await new Promise(resolve => setTimeout(resolve, restMs));
    // A router may still be fetching the article.
  } while (navigation?.transition || address !== addressOfPage());
  const now = articleClues();
  return now.address !== before.address && !isSameArticle(before, now);
}
