/** Builders and stand-ins for the tests of the hand-off. */

import type {CheckoutHost} from '../../src/checkout/hook.js';
import type {CheckoutIntent} from '../../src/core/money/checkout.js';

export function anIntent(overrides: Partial<CheckoutIntent> = {}): CheckoutIntent {
  return {
    attemptId: '0b6c2f0e-5d5f-4a55-9b5c-0a1b2c3d4e5f',
    offerId: 'support',
    frequency: 'monthly',
    amount: {minor: 500, currency: 'USD'},
    locale: 'en-US',
    attribution: {campaign: 'winter', placement: 'inline', page: '/news/harbour'},
    ...overrides,
  };
}

export function aHost(overrides: Partial<CheckoutHost> = {}): CheckoutHost {
  return {
    signal: new AbortController().signal,
    locale: 'en-US',
    mount: () => document.body.appendChild(document.createElement('div')),
    ...overrides,
  };
}

export interface Asked {
  readonly url: string;
  readonly init: RequestInit;
  readonly body: Record<string, unknown>;
}

type Answer = Response | Error | ((asked: Asked) => Response | Promise<Response>);

const realFetch = globalThis.fetch;

/** Answers `fetch` with each of the answers in turn, the last one for ever; what was asked is recorded. */
export function answerFetch(...answers: Answer[]): Asked[] {
  const asked: Asked[] = [];
  globalThis.fetch = async (input, init = {}) => {
    const request = {
      url: input as string,
      init,
      body: JSON.parse(init.body as string) as Record<string, unknown>,
    };
    const answer = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push(request);
    init.signal?.throwIfAborted();
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer.clone() : answer(request);
  };
  return asked;
}

export function restoreFetch(): void {
  globalThis.fetch = realFetch;
}

/** An answer that never comes, until the request is aborted. */
export function never({init}: Asked): Promise<Response> {
  return new Promise((_, reject) => {
    init.signal!.addEventListener('abort', () => reject(init.signal!.reason as Error));
  });
}

export function json(body: unknown, status = 200, type = 'application/json'): Response {
  return new Response(JSON.stringify(body), {status, headers: {'content-type': type}});
}

export function problem(status: number, code?: string): Response {
  return json({type: 'about:blank', status, code}, status, 'application/problem+json');
}

export function goOffline(): void {
  Object.defineProperty(navigator, 'onLine', {configurable: true, get: () => false});
}

export function goOnline(): void {
  delete (navigator as {onLine?: boolean}).onLine;
}

/** The code a promise was rejected with; `undefined` when it was kept. */
export async function codeOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return (error as {code?: unknown}).code;
  }
  return undefined;
}
