/** What does the site's checkout endpoint answer to a press? */

import type {CheckoutErrorCode, CheckoutIntent} from '../core/money/checkout.js';
import {CheckoutError, isCheckoutErrorCode, isSilent} from './checkout-error.js';

/** How the checkout endpoint is asked. */
export interface CompanionOptions {
  /** Milliseconds for the whole answer, a retry included; 10,000 unless told. */
  readonly timeout?: number;
  /** More request headers, for example a CSRF token. */
  readonly headers?: HeadersInit;
  /** Whether cookies go along; `same-origin` unless told. */
  readonly credentials?: RequestCredentials;
}

/**
 * Posts an intent as JSON and reads the JSON object of the answer. Tries once more, with the same
 * `attemptId`, after a network fault or a 502, 503 or 504. Rejects with a `CheckoutError`: the `code` of an
 * RFC 9457 problem if it has one of ours, else the code of the HTTP status.
 */
export async function askCompanion(
  url: string,
  ui: 'hosted_page' | 'embedded_page',
  {timeout = 10_000, headers, credentials = 'same-origin'}: CompanionOptions,
  {attemptId, offerId, frequency, amount, locale, email, attribution}: CheckoutIntent,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>>> {
  // Where a browser cannot join signals, the caller's own time-out still ends the attempt.
  const until =
    (AbortSignal as Partial<typeof AbortSignal>).any?.([signal, AbortSignal.timeout(timeout)]) ??
    signal;
  const sent = new Headers(headers);
  sent.set('content-type', 'application/json');
  // Without a prototype, since fetch reads inherited members and a page may have added some.
  const request = {
    __proto__: null,
    method: 'POST',
    body: JSON.stringify({attemptId, offerId, frequency, amount, locale, email, attribution, ui}),
    headers: sent,
    credentials,
    cache: 'no-store',
    signal: until,
  } as RequestInit;

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

/** The code a problem names, if it is one of ours that the reader is to be told. */
function codeOfProblem(code: unknown): CheckoutErrorCode | undefined {
  return isCheckoutErrorCode(code) && !isSilent(code) ? code : undefined;
}

function codeOfStatus(status: number): CheckoutErrorCode {
  if (status === 429) return 'rate-limited';
  if (status === 403) return 'refused';
  return status < 500 ? 'bad-response' : 'provider-down';
}

/** The object a text says; an empty one when it is no JSON, as a captive portal's page is not. */
function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
