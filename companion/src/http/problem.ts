/** Answers errors as RFC 9457 problems that carry only a code. */

import type {CheckoutErrorCode, Money} from 'reader-support/core';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** A code of a page, or a question that only a site which asks for it receives. */
export type ProblemCode = CheckoutErrorCode | 'already-supporting';

/** What each code means, for whoever sets a page or the companion up. A problem may say it more exactly. */
const details: Readonly<Record<ProblemCode, string>> = {
  'not-configured': 'The companion is not set up for this.',
  'in-progress': 'Another attempt is under way.',
  aborted: 'The attempt was called off.',
  timeout: 'No answer came in time.',
  offline: 'The browser is offline.',
  network: 'The endpoint could not be reached.',
  'bad-response': 'The answer has another shape than expected.',
  'unsafe-url': 'The URL of the outcome is not allowed.',
  'script-blocked': 'Stripe.js was blocked.',
  'amount-too-small': 'The amount is below the least that is taken.',
  'amount-too-large': 'The amount is above the most that is taken.',
  'currency-unsupported': 'The currency is not offered, or cannot be charged.',
  'offer-unavailable': 'There is no such offer, or not for this frequency.',
  'challenge-required': 'A human check is set up and its answer is missing or bad.',
  'rate-limited': 'Too many attempts: wait for as long as Retry-After says.',
  'provider-down': 'Stripe or the store is slow, down, or gave an answer that cannot be used.',
  'origin-not-allowed': 'The page’s origin is neither `site` nor one of `origins`.',
  'unsupported-media-type': 'The body has a content type or an encoding that is not taken.',
  'too-large': 'The body is larger than what is taken.',
  'method-not-allowed': 'The route does not take this method: see Allow.',
  'not-found': 'There is no such route, or nothing of that name.',
  'invalid-request': 'The body or a value in it is not what the route takes.',
  'not-signed-in': 'A token or a pass is missing, or was not accepted.',
  'not-permitted': 'The caller may not do this.',
  'already-supporting':
    'A recurring gift of this reader goes on: ask, and repeat the request with `anotherGift: true`.',
};

/** What may accompany a code. */
export interface ProblemDetails {
  readonly min?: Money;
  readonly max?: Money;
  /** The path where a reader manages the gift they have. */
  readonly manage?: string;
  /** An explanation for developers: fixed text, the same for every caller. */
  readonly detail?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error thrown inside the companion and answered by `problemResponse()`. */
export class Problem extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(status: number, code: ProblemCode, details: ProblemDetails = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** The answer for a problem: words of ours that are the same for everybody, never cached. */
export function problemResponse({status, code, details: given}: Problem): Response {
  const {headers, ...numbers} = given;
  const title = titles[status] ?? 'Error';
  const body = {type: 'about:blank', title, status, code, detail: details[code], ...numbers};
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      ...headers,
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
