/** Injects faults into single requests to the Stripe fake. */

import {json, respond} from './stripe-answer.js';
import {StripeRefusal} from './stripe-refusal.js';

/** A fault of one request: before the work is done, or after it (`late`), so that only the response is lost. */
export interface Fault {
  /** Answers with an error of this status, in Stripe's shape unless there is a `body`. */
  readonly status?: number;
  /** Answers with this text instead of JSON. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long to wait first, in ms. */
  readonly delay?: number;
  /** Never answers until the caller gives up. */
  readonly hang?: boolean;
  /** Breaks the connection. */
  readonly reset?: boolean;
  readonly late?: boolean;
}

const wait = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(new DOMException('aborted', 'AbortError'));
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
  });

/** Applies a fault; resolves with `undefined` when it only delays. */
export async function suffer(fault: Fault, signal: AbortSignal): Promise<Response | undefined> {
  if (fault.hang) await wait(2 ** 31 - 1, signal);
  if (fault.delay) await wait(fault.delay, signal);
  // The same error as Node's `fetch`.
  if (fault.reset) throw Object.assign(new TypeError('fetch failed'), {code: 'ECONNRESET'});
  const {status = 200, body, headers = {}} = fault;
  if (body !== undefined)
    return new Response(body, {status, headers: {'content-type': 'text/html', ...headers}});
  if (fault.status === undefined) return undefined;
  const refusal = new StripeRefusal('The fake was asked to fail.', {
    status,
    type: status === 429 ? 'rate_limit_error' : 'api_error',
  });
  return respond(json(refusal.body, status), headers);
}
