/** Tells a change of the article from a change of its address. */

import {articleAddressOf} from '../../core/meter/article-address.js';
import type {ArticleClues} from './article-clues.js';

/** Returns what identifies the article at an address of this host, or '' where it is of another. */
function addressOf(address = ''): string {
  try {
    const url = new URL(address, location.href);
    return address && url.host === location.host ? articleAddressOf(url) : '';
  } catch {
    return '';
  }
}

/**
 * Whether two looks at a page, one after the other, saw one article: the same name, else the same
 * canonical address, else the same address without tracking parameters.
 */
export function isSameArticle(before: ArticleClues, now: ArticleClues): boolean {
  const name = now.name?.trim() ?? '';
  if (name || before.name?.trim()) return name === before.name?.trim();
  // Apps that change the address often keep the canonical address of the page they were loaded with.
  const isStale = now.canonical === before.canonical;
  const article = (!isStale && addressOf(now.canonical)) || addressOf(now.address);
  return [addressOf(before.canonical), addressOf(before.address)].includes(article);
}
