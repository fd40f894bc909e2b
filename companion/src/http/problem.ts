/** Answers errors as RFC 9457 problems that carry only a code. */

import type {CheckoutErrorCode, Money} from 'reader-support/core';

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

/** What may accompany a code. */
export interface ProblemDetails {
  readonly min?: Money;
  readonly max?: Money;
  /** An explanation for developers: fixed text, the same for every caller. */
  readonly detail?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error thrown inside the companion and answered by `problemResponse()`. */
export class Problem extends Error {
  readonly status: number;
  readonly code: CheckoutErrorCode;
  readonly details: ProblemDetails;

  constructor(status: number, code: CheckoutErrorCode, details: ProblemDetails = {}) {
    super(code);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** Returns the response for a problem. It is never cached and reveals nothing else. */
export function problemResponse({status, code, details}: Problem): Response {
  const {headers, ...numbers} = details;
  const body = {type: 'about:blank', title: titles[status] ?? 'Error', status, code, ...numbers};
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
