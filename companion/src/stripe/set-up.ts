/** Looks at a Stripe account as its operator does: what a key may do, and where events are sent. */

import type Stripe from 'stripe';
import {apiVersion, isStripeError, openStripe, type StripeKey} from './payments.js';

/** A webhook endpoint of the account. */
export interface AccountEndpoint {
  readonly id: string;
  readonly url: string;
  readonly isEnabled: boolean;
  /** Absent where it follows the account's default. */
  readonly version: string | undefined;
  readonly events: readonly string[];
}

/** What a call came to: `refused` where the key may not do it. */
export type Probe = 'allowed' | 'refused';

/** What `init` and `doctor` ask of Stripe. Methods reject with Stripe's errors, of which only `code` may be repeated. */
export interface StripeSetUp {
  readonly isLive: boolean;
  /** Tries to read each kind of object that the companion reads. */
  reads(): Promise<Readonly<Record<string, Probe>>>;
  /** Opens a checkout and expires it. Test keys only. */
  sells(sale: {
    readonly currency: string;
    readonly minor: number;
    readonly successUrl: string;
  }): Promise<Probe>;
  /** The endpoints; `undefined` where the key may not see them. */
  endpoints(): Promise<readonly AccountEndpoint[] | undefined>;
  /** Makes an endpoint and resolves with its signing secret, which Stripe tells once. */
  makeEndpoint(url: string, events: readonly string[]): Promise<string>;
  /** How far this machine's clock is ahead of Stripe's, in ms, as well as an answer tells. */
  clockSkew(): Promise<number | undefined>;
}

const isRefusal = (error: unknown): boolean =>
  isStripeError(error) && error.type === 'StripePermissionError';

/** Opens the account of a key. */
export function openSetUp(key: StripeKey): StripeSetUp {
  const stripe = openStripe(key);
  const one = {limit: 1};
  const options = {apiVersion, timeout: 10_000, maxNetworkRetries: 1} as const;
  const probe = async (call: () => Promise<unknown>): Promise<Probe> => {
    try {
      await call();
      return 'allowed';
    } catch (error) {
      if (isRefusal(error)) return 'refused';
      throw error;
    }
  };
  const kinds: Readonly<Record<string, () => Promise<unknown>>> = {
    'checkout sessions': () => stripe.checkout.sessions.list(one, options),
    subscriptions: () => stripe.subscriptions.list(one, options),
    invoices: () => stripe.invoices.list(one, options),
    charges: () => stripe.charges.list(one, options),
    disputes: () => stripe.disputes.list(one, options),
    events: () => stripe.events.list(one, options),
    customers: () => stripe.customers.list(one, options),
  };
  return {
    isLive: /^[sr]k_live_/.test(key.secretKey),

    async reads() {
      const entries = Object.entries(kinds).map(
        async ([kind, call]) => [kind, await probe(call)] as const,
      );
      return Object.fromEntries(await Promise.all(entries));
    },

    sells: ({currency, minor, successUrl}) =>
      probe(async () => {
        const price = {currency: currency.toLowerCase(), unit_amount: minor};
        const {id} = await stripe.checkout.sessions.create(
          {
            mode: 'payment',
            line_items: [{quantity: 1, price_data: {...price, product_data: {name: 'A test'}}}],
            success_url: successUrl,
          },
          options,
        );
        await stripe.checkout.sessions.expire(id, {}, options);
      }),

    async endpoints() {
      try {
        const {data} = await stripe.webhookEndpoints.list({limit: 100}, options);
        return data.map(({id, url, status, api_version: version, enabled_events: events}) => ({
          ...{id, url, events},
          isEnabled: status === 'enabled',
          version: version ?? undefined,
        }));
      } catch (error) {
        if (isRefusal(error)) return undefined;
        throw error;
      }
    },

    async makeEndpoint(url, events) {
      const {secret} = await stripe.webhookEndpoints.create(
        {
          ...{url, api_version: apiVersion},
          enabled_events: events as Stripe.WebhookEndpointCreateParams.EnabledEvent[],
        },
        options,
      );
      if (!secret) throw new TypeError('expected the endpoint to have a secret but it has none');
      return secret;
    },

    async clockSkew() {
      const before = Date.now();
      const {lastResponse} = await stripe.webhookEndpoints
        .list(one, options)
        .catch(() => stripe.checkout.sessions.list(one, options));
      const told = Date.parse(lastResponse.headers['date'] ?? '');
      return Number.isNaN(told) ? undefined : (before + Date.now()) / 2 - told;
    },
  };
}
