/** What does the site's checkout endpoint answer to a press? */

import type {CheckoutErrorCode, CheckoutIntent} from '../core/checkout.js';
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

const codes: Readonly<Record<number, CheckoutErrorCode>> = {
  401: 'refused',
  403: 'refused',
  408: 'timeout',
  429: 'rate-limited',
};

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
  const stop = new AbortController();
  const abort = () => stop.abort();
  const timer = setTimeout(abort, timeout);
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();

  const sent = new Headers(headers);
  sent.set('content-type', 'application/json');
  // Without a prototype, since fetch reads inherited members and a page may have added some.
  const request = Object.assign(Object.create(null) as RequestInit, {
    method: 'POST',
    body: JSON.stringify({attemptId, offerId, frequency, amount, locale, email, attribution, ui}),
    headers: sent,
    credentials,
    cache: 'no-store',
    signal: stop.signal,
  });

  const post = async (retries: number): Promise<Readonly<Record<string, unknown>>> => {
    const again = () =>
      new Promise(resolve => setTimeout(resolve, 300)).then(() => post(retries - 1));
    let response: Response;
    let text: string;
    try {
      response = await fetch(url, request);
      text = await response.text();
    } catch (cause) {
      if (signal.aborted) throw new CheckoutError('aborted');
      if (stop.signal.aborted) throw new CheckoutError('timeout');
      if (!navigator.onLine) throw new CheckoutError('offline');
      if (retries) return again();
      throw new CheckoutError('network', undefined, {cause});
    }
    const {status, ok} = response;
    if (retries && status > 501 && status < 505) return again();
    const answer = readObject(text);
    if (ok) return answer;
    const {code, detail} = answer;
    throw new CheckoutError(
      isCheckoutErrorCode(code) && !isSilent(code)
        ? code
        : (codes[status] ?? (status < 500 ? 'bad-response' : 'provider-down')),
      `${status} ${typeof detail === 'string' ? detail : ''}`,
    );
  };

  try {
    return await post(1);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** The object a text says; an empty one when it is no JSON, as a captive portal's page is not. */
function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}
