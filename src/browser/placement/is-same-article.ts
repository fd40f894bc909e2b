/** Tells a change of the article from a change of its address. */

import {addressOnThisHost} from './article-address.js';
import type {ArticleClues} from './article-clues.js';

/**
 * Whether two looks at a page, one after the other, saw one article: the same name, else the same
 * canonical address, else the same address without tracking parameters.
 */
export function isSameArticle(before: ArticleClues, now: ArticleClues): boolean {
  const name = now.name?.trim() ?? '';
  if (name || before.name?.trim()) return name === before.name?.trim();
  // Apps that change the address often keep the canonical address of the page they were loaded with.
  const isStale = now.canonical === before.canonical;
  const article = (!isStale && addressOnThisHost(now.canonical)) || addressOnThisHost(now.address);
  return [addressOnThisHost(before.canonical), addressOnThisHost(before.address)].includes(article);
}
