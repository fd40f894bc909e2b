/** What does an answer of Stripe's API look like? */

import {freshId} from './stripe-id.js';

/** An answer before it is a response, so that it can be given again. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** An answer that says a value. */
export const json = (value: unknown, status = 200): Answer => ({
  status,
  body: JSON.stringify(value, null, 2),
});

/** A list, whole: the double has no second page. */
export const list = (data: readonly unknown[], url: string): object => ({
  object: 'list',
  data,
  has_more: false,
  url,
});

/** The response to a request, with an id of its own. */
export const respond = (answer: Answer, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(answer.body, {
    status: answer.status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'request-id': freshId('req', 14),
      ...headers,
    },
  });
