/** Identifies the article of the current page by an address, or by the name that the site gave it. */

import {articleAddressOf} from '../../core/meter/article-address.js';
import {articleClues} from './article-clues.js';

/** The canonical address that was found last, and the page's address when it was found first. */
let last: {readonly canonical: string | undefined; readonly page: string} | undefined;

/** Returns what identifies the article at an address of this host; '' for no address and for another host's. */
export function addressOnThisHost(address = ''): string {
  try {
    const url = new URL(address, location.href);
    return address && url.host === location.host ? articleAddressOf(url) : '';
  } catch {
    return '';
  }
}

/**
 * Returns what identifies the article: `<meta name="support:article">`, else the canonical address if it
 * has the host of the page, else the page's address without tracking parameters.
 */
export function articleAddress(): string {
  const page = articleAddressOf(location);
  const {name, canonical} = articleClues();
  // Apps that change the address often keep the canonical address of the page they were loaded with.
  if (!last || last.canonical !== canonical) last = {canonical, page};
  return name?.trim() || (last.page === page && addressOnThisHost(canonical)) || page;
}
