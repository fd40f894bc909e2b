/** Builds responses in the shape of Stripe's API. */

import {freshId} from './stripe-id.js';

/** The content of a response, which can be sent again. */
export interface StripeAnswer {
  readonly status: number;
  readonly body: string;
}

/** Creates an answer with a JSON value. */
export const json = (value: unknown, status = 200): StripeAnswer => ({
  status,
  body: JSON.stringify(value, null, 2),
});

/** Creates a list object. The fake does not paginate. */
export const list = (data: readonly unknown[], url: string): object => ({
  object: 'list',
  data,
  has_more: false,
  url,
});

/** Creates the response to a request, with a request id of its own. */
export const respond = (
  answer: StripeAnswer,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  new Response(answer.body, {
    status: answer.status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'request-id': freshId('req', 14),
      ...headers,
    },
  });
