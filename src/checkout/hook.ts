/** Chooses the checkout hook, which takes a reader from the button to a payment. */

import type {CheckoutSetting, PaymentLinks} from '../core/money/checkout-setting.js';
import type {CheckoutHook} from './ask-companion.js';
import {serverRedirect} from './server-redirect.js';

export type {CheckoutHook, CheckoutHost} from './ask-companion.js';

/** Returns the hook of a `checkout` attribute or property; a string is the URL of a checkout endpoint. */
export function checkoutHook(value: CheckoutSetting | CheckoutHook): CheckoutHook {
  if (typeof value === 'function') return value;
  if (typeof value === 'string') return serverRedirect(value);
  return async (intent, host) =>
    (await import('./named-checkout.js')).namedCheckout(value)(intent, host);
}

/** Returns the origins that Payment Links or a page's address name, which need not be allowed again. */
export function originsNamedBy(value: CheckoutSetting | CheckoutHook | undefined): string[] {
  if (typeof value !== 'object') return [];
  const addresses = Object.hasOwn(value, 'page')
    ? [(value as {page: string}).page]
    : Object.values((value as {paymentLinks: PaymentLinks}).paymentLinks)
        .flatMap(byCurrency => Object.values(byCurrency as Record<string, Record<string, string>>))
        .flatMap(byAmount => Object.values(byAmount));
  return addresses.map(address => new URL(address).origin);
}
