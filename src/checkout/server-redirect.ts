/** Provides a checkout that redirects to Stripe's hosted page through the site's own endpoint. */

import {askCompanion, throughStripe} from './ask-companion.js';
import type {CheckoutHook, CompanionOptions} from './ask-companion.js';
import {CheckoutError} from './checkout-error.js';

/** Options of the request to the checkout endpoint. */
export type ServerRedirectOptions = CompanionOptions;

/**
 * Returns a hook that posts the intent to `url`, which creates a Checkout Session and answers `{url}`, and
 * sends the reader there. The session's URL is used once and not stored.
 */
export function serverRedirect(url: string, options: ServerRedirectOptions = {}): CheckoutHook {
  return throughStripe(async (intent, {signal}) => {
    const {url: to} = await askCompanion(url, 'hosted_page', options, intent, signal);
    if (typeof to !== 'string') throw new CheckoutError('bad-response');
    return {type: 'redirect', url: to};
  });
}
