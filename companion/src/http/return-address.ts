/** Builds the URLs the reader returns to after a checkout. They always point to the site. */

/** Returns the path of a page of the site, without query and fragment; `/` for anything doubtful. */
export function samePath(site: string, page: string | undefined): string {
  // Browsers read a backslash as a slash, and some strip control characters before they look.

  if (!page || !/^\/(?![/\\])[^\\\u0000-\u0020\u007f-\u009f]*$/.test(page)) return '/';
  if (/%(?:[01][\da-f]|7f|5c)/i.test(page)) return '/';
  const url = URL.canParse(page, site) ? new URL(page, site) : undefined;
  if (url?.origin !== site || url.pathname.startsWith('//')) return '/';
  return url.pathname;
}

/** Returns the success URL. Stripe's template stays literal: its braces must not be encoded. */
export function successUrl(site: string, path: string): string {
  const join = path.includes('?') ? '&' : '?';
  return `${site}${path}${join}support=success&support_session={CHECKOUT_SESSION_ID}`;
}

export function cancelUrl(site: string, path: string): string {
  return `${site}${path}?support=cancel`;
}
