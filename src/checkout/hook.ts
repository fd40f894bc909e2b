/** Chooses the checkout hook, which takes a reader from the button to a payment. */

import {serverRedirect} from './server-redirect.js';
import type {CheckoutHook} from './ask-companion.js';

export type {CheckoutHook, CheckoutHost} from './ask-companion.js';

/** Returns the hook of a `checkout` attribute or property; a string is the URL of a checkout endpoint. */
export function checkoutHook(value: string | CheckoutHook): CheckoutHook {
  return typeof value === 'function' ? value : serverRedirect(value);
}
