/** Identifies the article of the current page by an address, or by the name that the site gave it. */

import {articleAddressOf} from '../../core/meter/article-address.js';

/** The canonical address that was found last, and the page's address when it was found first. */
let last: {readonly canonical: string | undefined; readonly page: string} | undefined;

/**
 * Returns what identifies the article: `<meta name="support:article">`, else the canonical address if it
 * has the host of the page, else the page's address without tracking parameters.
 */
export function articleAddress(): string {
  const page = articleAddressOf(location);
  const canonical = document.querySelector<HTMLLinkElement>('head link[rel~=canonical]')?.href;
  // Apps that change the address often keep the canonical address of the page they were loaded with.
  if (!last || last.canonical !== canonical) last = {canonical, page};
  let address = page;
  try {
    const url = new URL(canonical ?? '');
    if (last.page === page && url.host === location.host) address = articleAddressOf(url);
  } catch {
    // There is none, or it is not an address.
  }
  const name = document.querySelector<HTMLMetaElement>('meta[name="support:article"]')?.content;
  return name?.trim() || address;
}
