/** Exports the checkout hook: its types, its errors and the adapters of the package. */

export type {
  Attribution,
  CheckoutErrorCode,
  CheckoutIntent,
  CheckoutOutcome,
} from '../core/money/checkout.js';
export {checkoutErrorCodes, clientReference, readClientReference} from '../core/money/checkout.js';
export {CheckoutError} from './checkout-error.js';
export type {CheckoutHook, CheckoutHost} from './hook.js';
export {checkoutHook} from './hook.js';
export type {
  CheckoutSetting,
  LinksByAmount,
  LinksForOnce,
  PaymentLinks,
} from '../core/money/checkout-setting.js';
export {donationPage} from './donation-page.js';
export type {PaymentLinksOptions} from './payment-links.js';
export {paymentLinks} from './payment-links.js';
export {safeCheckoutUrl} from './safe-url.js';
export type {
  EmbeddedCheckoutPage,
  ServerEmbeddedOptions,
  StripeForEmbedding,
  StripeLoader,
} from './server-embedded.js';
export {serverEmbedded} from './server-embedded.js';
export type {ServerRedirectOptions} from './server-redirect.js';
export {serverRedirect} from './server-redirect.js';
