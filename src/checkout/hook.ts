/** What takes a reader from the button to a payment? */

import type {CheckoutIntent, CheckoutOutcome} from '../core/money/checkout.js';
import {serverRedirect} from './server-redirect.js';

/** What a hook may use of the page while it works. */
export interface CheckoutHost {
  /** Aborted when the attempt ends early: time-out, close, or the element's removal. */
  readonly signal: AbortSignal;
  /** BCP 47. */
  readonly locale: string;
  /** A light-DOM element to mount a payment form in; throws once the attempt has ended. */
  mount(): HTMLElement;
}

/**
 * Takes one press to a payment. It answers what shall happen and never navigates itself; it fails by
 * rejecting, best with a `CheckoutError`.
 */
export type CheckoutHook = (intent: CheckoutIntent, host: CheckoutHost) => Promise<CheckoutOutcome>;

/** The hook that a `checkout` attribute or property means: a text is the URL of a checkout endpoint. */
export function checkoutHook(value: string | CheckoutHook): CheckoutHook {
  return typeof value === 'function' ? value : serverRedirect(value);
}
