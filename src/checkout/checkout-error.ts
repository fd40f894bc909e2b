/** Why did a checkout fail? */

import {checkoutErrorCodes} from '../core/money/checkout.js';
import type {CheckoutErrorCode} from '../core/money/checkout.js';

/** A checkout's failure. The code picks the words a reader sees; the message is for developers only. */
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

/** Whether nobody is told of a code: the reader went away, or pressed twice. */
export function isSilent(code: CheckoutErrorCode): boolean {
  return code === 'aborted' || code === 'in-progress';
}

/**
 * The code of anything thrown. Any object with a `code` of ours counts, since a site's hook may come
 * with another copy of this package, or with none.
 */
export function checkoutErrorCode(thrown: unknown): CheckoutErrorCode {
  const {code, name} = Object(thrown) as {code?: unknown; name?: unknown};
  if (isCheckoutErrorCode(code)) return code;
  if (name === 'AbortError') return 'aborted';
  if (name === 'TimeoutError') return 'timeout';
  return navigator.onLine ? 'bad-response' : 'offline';
}
