/** Declares the checkout hook, which takes a reader from the button to a payment. */

import type {CheckoutIntent, CheckoutOutcome} from '../core/money/checkout.js';
import {serverRedirect} from './server-redirect.js';

/** What a hook may use of the page while it runs. */
export interface CheckoutHost {
  /** Aborted when the attempt ends early: time-out, close, or the element's removal. */
  readonly signal: AbortSignal;
  /** BCP 47. */
  readonly locale: string;
  /** Returns a light-DOM element to mount a payment form in. Throws once the attempt has ended. */
  mount(): HTMLElement;
}

/**
 * Takes a press of the button to a payment. It resolves with what to do next and never navigates itself;
 * it fails by rejecting, preferably with a `CheckoutError`.
 */
export type CheckoutHook = (intent: CheckoutIntent, host: CheckoutHost) => Promise<CheckoutOutcome>;

/** Returns the hook of a `checkout` attribute or property; a string is the URL of a checkout endpoint. */
export function checkoutHook(value: string | CheckoutHook): CheckoutHook {
  return typeof value === 'function' ? value : serverRedirect(value);
}
