/** Delivers signed events to an endpoint as Stripe does; on demand late, twice and in any order. */

import {hmac} from '../http/hmac.js';
import type {Happening} from './stripe-account.js';
import type {FormFields} from './stripe-form.js';
import {freshId} from './stripe-id.js';
import {StripeRefusal} from './stripe-refusal.js';
import {inVersion} from './stripe-versions.js';

/** Where events are delivered, and with which disturbances. */
export interface FakeWebhooks {
  /** The endpoint's URL, or a handler that is called without a network. */
  readonly to: string | ((request: Request) => Response | Promise<Response>);
  /** The endpoint's signing secret (`whsec_…`). */
  readonly secret: string;
  /** The API version of the endpoint, which decides the shape of events. Default: `2026-10-28.endive`. */
  readonly apiVersion?: string;
  /** Delivers every event twice. */
  readonly twice?: boolean;
  /** Ms to wait before delivering; payments then do not wait for their webhooks. */
  readonly delay?: number;
  /** Delivers the events of one action in a random order. */
  readonly shuffle?: boolean;
  /** The random source of `shuffle`: numbers from 0 to 1. Default: `Math.random`. */
  readonly random?: () => number;
}

/** The address of a handler that is called without a network. */
const handlerUrl = 'http://companion.test/webhook';

/** A webhook endpoint as the API lists it. */
export interface EndpointObject {
  readonly id: string;
  readonly object: 'webhook_endpoint';
  readonly api_version: string;
  readonly enabled_events: readonly string[];
  readonly status: 'enabled';
  readonly url: string;
}

/** Returns the endpoint as the API lists it. */
export const endpointOf = (
  {to, apiVersion}: FakeWebhooks,
  defaultVersion: string,
): EndpointObject => ({
  id: 'we_1',
  object: 'webhook_endpoint',
  api_version: apiVersion ?? defaultVersion,
  enabled_events: ['*'],
  status: 'enabled',
  url: typeof to === 'string' ? to : handlerUrl,
});

/** Makes the endpoint that a call asks for. Throws a `StripeRefusal`. */
export function newEndpoint(
  params: FormFields,
  defaultVersion: string,
): EndpointObject & {readonly secret: string} {
  const {url, enabled_events: events, api_version: version} = params;
  if (typeof url !== 'string' || !URL.canParse(url))
    throw new StripeRefusal('Invalid URL: an endpoint needs one', {code: 'url_invalid'});
  if (!Array.isArray(events) || events.length === 0)
    throw new StripeRefusal('Missing required param: enabled_events.', {
      code: 'parameter_missing',
    });
  return {
    id: freshId('we'),
    object: 'webhook_endpoint',
    api_version: typeof version === 'string' ? version : defaultVersion,
    enabled_events: events.map(String),
    status: 'enabled',
    url,
    secret: freshId('whsec'),
  };
}

/** A delivered event. */
export interface FakeEvent {
  readonly id: string;
  readonly object: 'event';
  readonly api_version: string;
  readonly created: number;
  readonly data: {readonly object: Happening['object']};
  readonly livemode: false;
  readonly pending_webhooks: number;
  readonly request: {readonly id: null; readonly idempotency_key: null};
  readonly type: string;
}

/** A delivery attempt. `status` is 0 when the endpoint could not be reached. */
export interface Delivery {
  readonly event: string;
  readonly type: string;
  readonly status: number;
}

/** Creates a `Stripe-Signature` header for a body at a time in epoch ms. */
export async function signWebhook(body: string, secret: string, now: number): Promise<string> {
  const time = Math.floor(now / 1000);
  const mac = await hmac(secret, `${time}.${body}`);
  const hex = Array.from(new Uint8Array(mac), byte => byte.toString(16).padStart(2, '0')).join('');
  return `t=${time},v1=${hex}`;
}

/** Creates an event from what happened. */
export function eventOf({type, object}: Happening, apiVersion: string, now: number): FakeEvent {
  return {
    id: freshId('evt'),
    object: 'event',
    api_version: apiVersion,
    created: Math.floor(now / 1000),
    data: {object: inVersion(object, apiVersion)},
    livemode: false,
    pending_webhooks: 1,
    request: {id: null, idempotency_key: null},
    type,
  };
}

/** Delivers one event once. Never rejects. */
export async function deliver(
  event: FakeEvent,
  {to, secret}: FakeWebhooks,
  now: number,
): Promise<Delivery> {
  const body = JSON.stringify(event, null, 2);
  const init = {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (fake)',
      'stripe-signature': await signWebhook(body, secret, now),
    },
    redirect: 'manual' as const,
  };
  const {id, type} = event;
  try {
    const response = await (typeof to === 'string'
      ? fetch(to, init)
      : to(new Request(handlerUrl, init)));
    return {event: id, type, status: response.status};
  } catch {
    return {event: id, type, status: 0};
  }
}

/** Returns the events of a batch in the order of delivery. */
export function orderOf(
  events: readonly FakeEvent[],
  {twice, shuffle, random = Math.random}: FakeWebhooks,
): FakeEvent[] {
  const order = twice ? [...events, ...events] : [...events];
  if (shuffle)
    for (let last = order.length - 1; last > 0; last--) {
      const other = Math.floor(random() * (last + 1));
      const [a, b] = [order[last], order[other]];
      if (a && b) [order[last], order[other]] = [b, a];
    }
  return order;
}
