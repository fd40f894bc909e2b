/** How does a press reach Stripe's hosted page through the site's own endpoint? */

import {askCompanion} from './ask-companion.js';
import type {CompanionOptions} from './ask-companion.js';
import {CheckoutError} from './checkout-error.js';
import type {CheckoutHook} from './hook.js';

/** How the checkout endpoint is asked. */
export type ServerRedirectOptions = CompanionOptions;

/**
 * Posts the intent to `url`, which makes a Checkout Session and answers `{url}`; the reader is sent
 * there. The session's URL is used once and kept nowhere.
 */
export function serverRedirect(url: string, options: ServerRedirectOptions = {}): CheckoutHook {
  return async (intent, {signal}) => {
    const {url: to} = await askCompanion(url, 'hosted_page', options, intent, signal);
    if (typeof to !== 'string') throw new CheckoutError('bad-response');
    return {type: 'redirect', url: to};
  };
}
