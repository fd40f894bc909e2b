/** Holds the checkouts that a campaigns file names without a server. Fetched where it does. */

import type {CheckoutSetting, PaymentLinks} from '../core/money/checkout-setting.js';
import type {CheckoutHook} from './ask-companion.js';
import {donationPage} from './donation-page.js';
import {paymentLinks} from './payment-links.js';

/** Returns the hook of Payment Links, or of a page's address. */
export const namedCheckout = (value: Exclude<CheckoutSetting, string>): CheckoutHook =>
  Object.hasOwn(value, 'page')
    ? donationPage((value as {page: string}).page)
    : paymentLinks((value as {paymentLinks: PaymentLinks}).paymentLinks);
