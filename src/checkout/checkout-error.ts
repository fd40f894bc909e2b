/** Declares the error of a failed checkout and its codes. */

import {checkoutErrorCodes} from '../core/money/checkout.js';
import type {CheckoutErrorCode} from '../core/money/checkout.js';

/** The error of a failed checkout. Readers see a message for the code; `message` is for developers. */
export class CheckoutError extends Error {
  readonly code: CheckoutErrorCode;
  constructor(code: CheckoutErrorCode, message: string = code, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CheckoutError';
    this.code = code;
  }
}

/** Whether a value is one of the closed list of codes. */
export function isCheckoutErrorCode(value: unknown): value is CheckoutErrorCode {
  return checkoutErrorCodes.includes(value as CheckoutErrorCode);
}

/** Whether a code is not shown to the reader, who left or pressed twice. */
export function isSilent(code: CheckoutErrorCode): boolean {
  return code === 'aborted' || code === 'in-progress';
}

/**
 * Returns the code of anything thrown. Any object with a known `code` counts, because a site's hook may
 * use another copy of this package, or none.
 */
export function checkoutErrorCode(thrown: unknown): CheckoutErrorCode {
  const {code, name} = Object(thrown) as {code?: unknown; name?: unknown};
  if (isCheckoutErrorCode(code)) return code;
  // A code of another version of this package, such as `refused` of 0.1.0.
  if (name === 'CheckoutError') return 'provider-down';
  if (name === 'AbortError') return 'aborted';
  if (name === 'TimeoutError') return 'timeout';
  return navigator.onLine ? 'bad-response' : 'offline';
}
