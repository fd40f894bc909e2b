/** Builds companions and requests for tests: complete defaults, with overrides. */

import {Stripe} from 'stripe';
import type {Offer} from 'reader-support/core';
import {
  createSupportServer,
  type CheckoutRequest,
  type LogEntry,
  type SupportServer,
  type SupportServerOptions,
} from '../src/companion.js';
import {
  memoryStore,
  stripeFake,
  type MemoryStore,
  type StripeFake,
} from '../src/fake-stripe/index.js';

export const site = 'https://www.example.org';
export const secret = 'whsec_of_the_tests';

export const offer: Offer = {
  id: 'support',
  once: {
    USD: {min: 200, max: 100_000, presets: [500], preset: 500},
    ISK: {min: 50_000, max: 10_000_000, presets: [50_000], preset: 50_000},
    KWD: {min: 1000, max: 100_000, presets: [1000], preset: 1000},
    JPY: {min: 300, max: 100_000, presets: [500], preset: 500},
  },
  monthly: {
    USD: {min: 200, max: 50_000, presets: [200, 500], preset: 500},
    EUR: {min: 200, max: 50_000, presets: [200, 500], preset: 500},
  },
  annual: {USD: {min: 2000, max: 500_000, presets: [5000], preset: 5000}},
};

export function anIntent(changes: object = {}): CheckoutRequest {
  return {
    attemptId: 'attempt-0001',
    offerId: 'support',
    frequency: 'monthly',
    amount: {minor: 500, currency: 'USD'},
    locale: 'en-GB',
    attribution: {campaign: 'winter', page: '/news/harbour'},
    ...changes,
  };
}

export interface Companion {
  readonly server: SupportServer;
  /** The SDK, connected to the fake: for another companion at the same Stripe. */
  readonly stripe: Stripe;
  readonly fake: StripeFake;
  readonly store: MemoryStore;
  readonly log: LogEntry[];
  /** Posts an intent as a page of the site does. */
  readonly press: (
    body?: unknown,
    headers?: Record<string, string | undefined>,
    address?: string,
  ) => Promise<Response>;
  readonly look: (id: string) => Promise<Response>;
  readonly deliver: (body: BodyInit, headers: Record<string, string>) => Promise<Response>;
}

/** Creates a companion connected to a fake in both directions, without a network and without limits. */
export function aCompanion(
  options: Partial<SupportServerOptions> = {},
  base = options.basePath ?? '',
): Companion {
  const store = memoryStore();
  const log: LogEntry[] = [];
  const fake = stripeFake({
    origin: site,
    ...(options.now && {now: options.now}),
    webhooks: {to: request => receive(request), secret},
  });
  const httpClient = Stripe.createFetchHttpClient(fake.fetch);
  const stripe = new Stripe('sk_test_of_the_tests', {httpClient, telemetry: false});
  const server = createSupportServer({
    stripe,
    site,
    offers: [offer],
    webhookSecrets: [secret],
    store,
    limits: {perAddress: [], global: []},
    log: entry => log.push(entry),
    ...options,
  });
  const receive = (request: Request) =>
    server.fetch(new Request(`${site}${base}/webhook`, request));
  return {
    server,
    stripe,
    fake,
    store,
    log,
    press(body = anIntent(), headers = {}, address) {
      const sent = new Headers({'content-type': 'application/json', origin: site});
      for (const [name, value] of Object.entries(headers))
        if (value === undefined) sent.delete(name);
        else sent.set(name, value);
      return server.fetch(
        new Request(`${site}${base}/checkout`, {
          method: 'POST',
          headers: sent,
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
        {address},
      );
    },
    look: id => server.fetch(new Request(`${site}${base}/checkout/${id}`)),
    deliver: (body, headers) =>
      server.fetch(new Request(`${site}${base}/webhook`, {method: 'POST', body, headers})),
  };
}

/** Returns the session that a response points to. */
export async function sessionOf(response: Response): Promise<string> {
  const answer = (await response.json()) as {url?: string; clientSecret?: string};
  return answer.url?.split('/').at(-1) ?? answer.clientSecret?.split('_secret_')[0] ?? '';
}

/** Returns the code of a problem. */
export async function codeOf(response: Response): Promise<string | undefined> {
  return ((await response.json()) as {code?: string}).code;
}
