/** Decides whether the page may navigate to a checkout URL. */

const stripeHosts = ['checkout.stripe.com', 'buy.stripe.com', 'donate.stripe.com'];

// Stricter than a URL parser: only plain ASCII hosts, no userinfo, no backslash, no whitespace.
const plain = /^(https?:\/\/[\w.:[\]-]+)(?![^/?#])[^\s\\\0-\x1f\x7f]*$/i;
const bareHost = /^(?:https:\/\/)?(.*?)\/?$/i;

/**
 * Parses a checkout URL; `undefined` unless it is absolute, `https:`, without userinfo and port, and
 * its host is one of Stripe's checkout hosts or of `origins`, or it is on the page's own origin. An
 * origin is written like `location.origin`, `https://pay.example.org`, or as a bare host.
 */
export function safeCheckoutUrl(text: unknown, origins: readonly string[] = []): URL | undefined {
  const authority = typeof text === 'string' && plain.exec(text)?.[1];
  if (!authority) return;
  try {
    const url = new URL(text);
    // If the parser had to rewrite it (a port, a numeric host), the URL was not what it looked like.
    if (url.origin !== authority.toLowerCase()) return;
    if (url.origin === (globalThis as {location?: Location}).location?.origin) return url;
    if (url.protocol !== 'https:' || url.port) return;
    for (const origin of [...stripeHosts, ...origins]) {
      if (bareHost.exec(origin)?.[1]?.toLowerCase() === url.hostname) return url;
    }
  } catch {
    // Not a URL.
  }
  return;
}
