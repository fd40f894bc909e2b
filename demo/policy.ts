/** Sets the Content Security Policy of each demo page, so that violations show at once. */

import {createHash} from 'node:crypto';
import {antiFlickerSnippet} from '../src/core/meter/anti-flicker-snippet.js';

const plain = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'font-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
};

const write = (policy: Readonly<Record<string, string>>): string =>
  Object.entries(policy)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

const strict = write({
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'font-src': "'self'",
  'connect-src': "'self'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'reader-support',
});

// Only pages that embed Stripe must allow it; a redirect to Checkout needs nothing.
const embedded = write({
  ...plain,
  'script-src': "'self' https://js.stripe.com",
  'connect-src': "'self' https://api.stripe.com",
  'frame-src': "'self' https://js.stripe.com https://checkout.stripe.com",
  'img-src': "'self' https://*.stripe.com",
});

/** The anti-flicker snippet stands in the page itself, so the policy knows it by its hash. */
const guarded = write({
  ...plain,
  'style-src': `'self' 'sha256-${createHash('sha256').update(antiFlickerSnippet().css).digest('base64')}'`,
});

// The gallery shows pages of its own in frames, and has a form that filters them.
const gallery = write({...plain, 'frame-src': "'self'", 'form-action': "'self'"});

const framed = write({...plain, 'frame-ancestors': "'self'"});

const forms = write({...plain, 'form-action': "'self'"});

/** Returns the Content Security Policy of the page at a path. */
export function policyOf(path: string): string {
  if (path === '/strict.html') return strict;
  if (path === '/embedded.html') return embedded;
  if (/^\/paywall(-\d)?\.html$/.test(path)) return guarded;
  if (path === '/gift') return forms;
  if (path === '/gallery.html') return gallery;
  if (path === '/gallery/state') return framed;
  return write(plain);
}
