/** Wraps every call to Stripe; its errors do not leave this file. */

import {Stripe} from 'stripe';
import type {Frequency, Money} from 'reader-support/core';
import type {SiteSettings} from '../http/settings.js';
import {paidCheckout, type PaidCheckout} from './paid-checkout.js';
import {Problem} from '../http/problem.js';

/** The API version of every call, whatever the default of the account or the SDK. */
export const apiVersion = '2026-10-28.endive';

/** The state of a checkout. */
export interface CheckoutStanding {
  readonly state: 'open' | 'pending' | 'paid' | 'expired';
  readonly frequency: Frequency;
  readonly amount: Money;
}

/** A created session: its id, and what the page receives. */
export interface OpenedSession {
  readonly id: string;
  readonly answer: {readonly url: string} | {readonly clientSecret: string};
}

/** The current state of a session: the public part, and the part that stays on the server. */
export interface SeenSession {
  readonly standing: CheckoutStanding;
  /** Present once it has been paid. */
  readonly paid: PaidCheckout | undefined;
}

/** The invoice that a payment paid, with the metadata of its subscription. */
export interface PaidInvoice {
  readonly id: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A webhook endpoint that Stripe delivers to. */
export interface WebhookEndpoint {
  readonly url: string;
  /** The API version of its events; `undefined` when it is the account's default. */
  readonly version: string | undefined;
}

/** Every call the companion makes to Stripe. Rejects only with a `Problem`. */
export interface Payments {
  createSession(
    params: Stripe.Checkout.SessionCreateParams,
    idempotencyKey: string,
  ): Promise<OpenedSession>;
  readSession(id: string): Promise<SeenSession>;
  invoiceOf(paymentIntent: string): Promise<PaidInvoice | undefined>;
  subscription(id: string): Promise<Stripe.Subscription>;
  /** Fetches a charge and its disputes. */
  charge(id: string): Promise<{
    readonly charge: Stripe.Charge;
    readonly disputes: readonly Stripe.Dispute[];
  }>;
  /** Opens a portal session in which only this customer sees and ends what they give; resolves with its URL. */
  openPortal(params: Stripe.BillingPortal.SessionCreateParams): Promise<string>;
  /** Fetches an event of the last thirty days. */
  event(id: string): Promise<Stripe.Event>;
  /** Finds the customers with an address. Requires a key that may read customers. */
  customersOf(address: string): Promise<readonly string[]>;
  /** Lists the enabled webhook endpoints; none when the key may not read them. */
  webhookEndpoints(): Promise<readonly WebhookEndpoint[]>;
}

/** A key for the companion to open Stripe with. Prefer a restricted one (`rk_…`). */
export interface StripeKey {
  readonly secretKey: string;
  /** Where the API is, when it is not Stripe: a fake's origin. Never with a live key. */
  readonly apiBase?: string;
}

/** Creates a client for Stripe or a fake. A path in `apiBase` is put before `/v1`. */
export function openStripe({secretKey, apiBase}: StripeKey): Stripe {
  if (apiBase === undefined) return new Stripe(secretKey, {apiVersion, telemetry: false});
  const {hostname, port, protocol, pathname} = new URL(apiBase);
  const prefix = pathname.replace(/\/+$/, '');
  return new Stripe(secretKey, {
    apiVersion,
    telemetry: false,
    host: hostname,
    port: port || (protocol === 'http:' ? 80 : 443),
    protocol: protocol === 'http:' ? 'http' : 'https',
    ...(prefix && {
      httpClient: Stripe.createFetchHttpClient(
        (input: string | URL | Request, init?: RequestInit) => {
          const url = new URL(input instanceof Request ? input.url : input);
          url.pathname = prefix + url.pathname;
          return fetch(url, init);
        },
      ),
    }),
  });
}

// Errors of Stripe that a reader can do something about.
const refusals: Readonly<Record<string, Problem>> = {
  amount_too_small: new Problem(422, 'amount-too-small'),
  amount_too_large: new Problem(422, 'amount-too-large'),
};

const down = () => new Problem(503, 'provider-down', {headers: {'retry-after': '5'}});

/** The fields that are read from an error. By name, not by class: the client may come from another SDK copy. */
export interface StripeError {
  readonly type: string;
  readonly code?: string;
  readonly param?: string;
  readonly statusCode?: number;
  readonly requestId?: string;
}

export function isStripeError(error: unknown): error is StripeError {
  return (
    error instanceof Error &&
    'type' in error &&
    typeof error.type === 'string' &&
    error.type.startsWith('Stripe')
  );
}

const notTaken = 'Stripe did not take the request; the log says which parameter.';

/** Maps an error to a problem. Stripe's message is dropped, because it may contain a key or an address. */
function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (!isStripeError(error)) return down();
  const {code = '', param} = error;
  if (Object.hasOwn(refusals, code)) return refusals[code] ?? down();
  switch (error.type) {
    case 'StripeAuthenticationError':
    case 'StripePermissionError':
      return new Problem(503, 'not-configured');
    case 'StripeInvalidRequestError':
      if (error.statusCode === 404) return new Problem(404, 'not-found');
      return param?.includes('currency')
        ? new Problem(422, 'currency-unsupported')
        : new Problem(502, 'provider-down', {detail: notTaken});
    case 'StripeIdempotencyError':
      return new Problem(502, 'provider-down', {detail: notTaken});
    default:
      return down();
  }
}

/** Returns what may be logged of an error: its class, its codes and the request id. */
function detailOf(error: unknown): Readonly<Record<string, string | number | undefined>> {
  if (!isStripeError(error)) return {type: error instanceof Error ? error.name : typeof error};
  const {type, code, param, statusCode, requestId} = error;
  return {type, code, param, status: statusCode, request: requestId};
}

const frequencyOf: Readonly<Record<string, Frequency>> = {
  once: 'once',
  monthly: 'monthly',
  annual: 'annual',
};

function checkoutStandingOf(session: Stripe.Checkout.Session): CheckoutStanding {
  const name = session.metadata?.['rs_frequency'] ?? '';
  const frequency = Object.hasOwn(frequencyOf, name) ? frequencyOf[name] : undefined;
  const {amount_total: minor, currency, status, payment_status: payment} = session;
  if (session.metadata?.['rs'] !== '1' || !frequency || minor === null || !currency)
    throw new Problem(404, 'not-found');
  const paid = payment === 'unpaid' ? 'pending' : 'paid';
  const state = status === 'complete' ? paid : status === 'expired' ? 'expired' : 'open';
  return {state, frequency, amount: {minor, currency: currency.toUpperCase()}};
}

/** How Stripe is reached. */
export interface PaymentSettings extends Pick<SiteSettings, 'log'> {
  readonly stripe: Stripe | StripeKey;
  readonly timeout: number;
  readonly allowLive: boolean;
  /** Whether the key is a live one; `undefined` when only Stripe knows. */
  readonly live: boolean | undefined;
}

/** Connects the companion to Stripe. */
export function openPayments(settings: PaymentSettings): Payments {
  const {log, timeout, allowLive, live} = settings;
  const stripe = 'checkout' in settings.stripe ? settings.stripe : openStripe(settings.stripe);
  const options = {apiVersion, timeout, maxNetworkRetries: 1} as const;

  /** Runs a call and its retry with a deadline, because Stripe may ask to wait longer than readers do. */
  async function ask<T>(call: () => Promise<T>): Promise<T> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const expiry = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('deadline')), 2 * timeout + 1000);
    });
    try {
      return await Promise.race([call(), expiry]);
    } catch (error) {
      const problem = problemOf(error);
      if (!(error instanceof Problem) && problem.status !== 404)
        log({at: 'checkout', problem: problem.code, detail: detailOf(error)});
      throw problem;
    } finally {
      clearTimeout(timer);
    }
  }

  const refuseWrongMode = (session: {readonly livemode: boolean}) => {
    if (session.livemode ? !allowLive : live === true) throw new Problem(404, 'not-found');
  };

  return {
    createSession: (params, idempotencyKey) =>
      ask(async () => {
        const session = await stripe.checkout.sessions.create(params, {...options, idempotencyKey});
        if (session.livemode && !allowLive) throw new Problem(503, 'not-configured');
        const {url, client_secret: clientSecret} = session;
        if (params.ui_mode === 'embedded_page' && clientSecret)
          return {id: session.id, answer: {clientSecret}};
        if (params.ui_mode === 'hosted_page' && url && URL.canParse(url))
          return {id: session.id, answer: {url}};
        throw down();
      }),

    readSession: id =>
      ask(async () => {
        const session = await stripe.checkout.sessions.retrieve(id, {}, options);
        refuseWrongMode(session);
        const standing = checkoutStandingOf(session);
        const paid = standing.state === 'paid' ? paidCheckout(session) : undefined;
        return {standing, paid};
      }),

    invoiceOf: paymentIntent =>
      ask(async () => {
        const {data} = await stripe.invoicePayments.list(
          {
            payment: {type: 'payment_intent', payment_intent: paymentIntent},
            expand: ['data.invoice'],
            limit: 1,
          },
          options,
        );
        const invoice = data[0]?.invoice;
        if (typeof invoice !== 'object' || invoice.deleted) return undefined;
        const metadata = invoice.parent?.subscription_details?.metadata ?? {};
        return {id: invoice.id, metadata};
      }),

    subscription: id => ask(() => stripe.subscriptions.retrieve(id, {}, options)),

    charge: id =>
      ask(async () => {
        const charge = await stripe.charges.retrieve(id, {}, options);
        if (!charge.disputed) return {charge, disputes: []};
        const {data} = await stripe.disputes.list({charge: id, limit: 100}, options);
        return {charge, disputes: data};
      }),

    openPortal: params =>
      ask(async () => {
        const {url, livemode} = await stripe.billingPortal.sessions.create(params, options);
        if (livemode && !allowLive) throw new Problem(503, 'not-configured');
        if (!URL.canParse(url)) throw down();
        return url;
      }),

    event: id => ask(() => stripe.events.retrieve(id, {}, options)),

    customersOf: address =>
      ask(async () => {
        const {data} = await stripe.customers.list({email: address, limit: 100}, options);
        return data.map(({id}) => id);
      }),

    webhookEndpoints: () =>
      ask(async () => {
        const endpoints = await stripe.webhookEndpoints
          .list({limit: 100}, options)
          .catch((error: unknown) => {
            if (isStripeError(error) && error.type === 'StripePermissionError') return {data: []};
            throw error;
          });
        return endpoints.data
          .filter(({status}) => status === 'enabled')
          .map(({url, api_version: version}) => ({url, version: version ?? undefined}));
      }),
  };
}
