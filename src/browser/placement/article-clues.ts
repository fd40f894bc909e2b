/** Reads what the page says of its article, without comparing it. */

import {metas} from '../metas.js';

/** What an article is identified by, see `isSameArticle()`. */
export interface ArticleClues {
  /** The name that the site gave it. */
  readonly name: string | undefined;
  /** The canonical address, which may be of an article before. */
  readonly canonical: string | undefined;
  /** Path and parameters of the page. */
  readonly address: string;
}

/** The part of the page's address that may tell articles apart. */
export const addressOfPage = (): string => location.pathname + location.search;

export const articleClues = (): ArticleClues => ({
  name: metas('support:article')[0],
  canonical: document.querySelector<HTMLLinkElement>('head link[rel~=canonical]')?.href,
  address: addressOfPage(),
});
