/** May the page be sent to this URL? */

const stripeHosts = ['checkout.stripe.com', 'buy.stripe.com', 'donate.stripe.com'];

// Stricter than a URL parser, which forgives: only plain ASCII hosts, no userinfo, no backslash, no blank.
const plain = /^(https?:\/\/[\w.:[\]-]+)(?![^/?#])[^\s\\\0-\x1f\x7f]*$/i;

/**
 * Parses a checkout URL; `undefined` unless it is absolute, `https:`, without userinfo and port, and
 * its host is one of Stripe's checkout hosts or of `origins` (`https://pay.example.org`), or it is on the
 * page's own origin, whatever that is.
 */
export function safeCheckoutUrl(text: unknown, origins: readonly string[] = []): URL | undefined {
  const authority = typeof text === 'string' && plain.exec(text)?.[1];
  if (!authority) return;
  try {
    const url = new URL(text as string);
    // What the parser had to rewrite (a port, an encoded host, 0x7f.1) was not what it looked like.
    if (url.origin !== authority.toLowerCase()) return;
    if (url.origin === (globalThis as {location?: Location}).location?.origin) return url;
    if (url.protocol === 'https:' && !url.port) {
      const isUrls = (origin: string) => new URL(origin).origin === url.origin;
      if (stripeHosts.includes(url.hostname) || origins.some(isUrls)) return url;
    }
  } catch {
    // Not a URL.
  }
  return;
}
