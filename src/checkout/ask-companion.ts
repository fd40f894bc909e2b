/** Posts a checkout intent to the site's checkout endpoint and reads the response. */

import type {CheckoutErrorCode, CheckoutIntent, CheckoutOutcome} from '../core/money/checkout.js';
import {CheckoutError, isCheckoutErrorCode, isSilent} from './checkout-error.js';
import {ownProperties} from '../core/own-properties.js';

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
export interface CheckoutHook {
  (intent: CheckoutIntent, host: CheckoutHost): Promise<CheckoutOutcome>;
  /** Who takes the money. The form says "Paid through Stripe" of a hook only where this says so. */
  readonly provider?: 'stripe';
}

/** Says of a hook that its payments are Stripe's. */
export const throughStripe = (hook: CheckoutHook): CheckoutHook =>
  Object.assign(hook, {provider: 'stripe'} as const);

/** Options of the request to the checkout endpoint. */
export interface CompanionOptions {
  /** How long the whole request may take, including a retry, in ms. Default: 10,000. */
  readonly timeout?: number;
  /** Additional request headers, for example a CSRF token. */
  readonly headers?: HeadersInit;
  /** Whether cookies are sent. Default: `same-origin`. */
  readonly credentials?: RequestCredentials;
}

/**
 * Posts an intent as JSON and returns the JSON object of the response. Retries once, with the same
 * `attemptId`, after a network error or a 502, 503 or 504. Rejects with a `CheckoutError` that has the
 * `code` of an RFC 9457 problem if it is a known one, otherwise a code for the HTTP status.
 */
export async function askCompanion(
  url: string,
  ui: 'hosted_page' | 'embedded_page',
  options: CompanionOptions,
  intent: CheckoutIntent,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  const {timeout = 10_000, headers, credentials = 'same-origin'} = ownProperties({...options});
  const {attemptId, offerId, frequency, amount, locale, email, attribution} = ownProperties(intent);
  // In browsers without `AbortSignal.any()`, the caller's own time-out still ends the attempt.
  const until =
    (AbortSignal as Partial<typeof AbortSignal>).any?.([signal, AbortSignal.timeout(timeout)]) ??
    signal;
  const sent = new Headers(headers);
  sent.set('content-type', 'application/json');
  const request = ownProperties<RequestInit>({
    method: 'POST',
    body: JSON.stringify({attemptId, offerId, frequency, amount, locale, email, attribution, ui}),
    headers: sent,
    credentials,
    cache: 'no-store',
    signal: until,
  });

  for (let retries = 1; ; retries--) {
    try {
      const response = await fetch(url, request);
      const {status} = response;
      const answer = readObject(await response.text());
      if (response.ok) return answer;
      if (!retries || status < 502 || status > 504) {
        throw new CheckoutError(codeOfProblem(answer['code']) ?? codeOfStatus(status));
      }
    } catch (cause) {
      if (cause instanceof CheckoutError) throw cause;
      if (!retries || until.aborted || !navigator.onLine) {
        throw new CheckoutError(
          signal.aborted
            ? 'aborted'
            : until.aborted
              ? 'timeout'
              : navigator.onLine
                ? 'network'
                : 'offline',
          undefined,
          {cause},
        );
      }
    }
    await new Promise(resolve => setTimeout(resolve, 300));
  }
}

/**
 * The code a problem names, if the reader is to be told of it. One that this version does not know
 * comes from an older or a newer companion: whatever it says, the companion could not do it.
 */
function codeOfProblem(code: unknown): CheckoutErrorCode | undefined {
  if (typeof code !== 'string' || !code) return undefined;
  if (!isCheckoutErrorCode(code)) return 'provider-down';
  return isSilent(code) ? undefined : code;
}

function codeOfStatus(status: number): CheckoutErrorCode {
  if (status === 429) return 'rate-limited';
  if (status === 403) return 'not-permitted';
  return status < 500 ? 'bad-response' : 'provider-down';
}

/** Parses a JSON object; an empty one for other text, such as a captive portal's page. */
function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return ownProperties(Object(JSON.parse(text))) as Readonly<Record<string, unknown>>;
  } catch {
    return ownProperties({});
  }
}
