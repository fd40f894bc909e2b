/** The companion: the part of the kit that may hold a secret. Web standards in and out. */

import {Hono} from 'hono';
import type {Connection} from './address.js';
import {checkoutRoutes, type Env} from './checkout.js';
import {checkOptions, type SupportServerOptions} from './options.js';
import {corsHeaders, preflight} from './origin.js';
import {Problem, problemResponse} from './problem.js';
import {openPayments} from './stripe.js';
import {webhookRoute} from './webhook.js';

export type {Connection} from './address.js';
export type {CheckoutRequest, CheckoutUi} from './intent.js';
export {slidingWindow, type Limit, type Limiter} from './limiter.js';
export type {LogEntry, StripeKey, SupportServerOptions} from './options.js';
export type {EventOutcome, Store} from './store.js';
export type {CheckoutStanding} from './stripe.js';
export type {Gift, GiftEnd, GiftFact, GiftRefund, GiftSource} from '../core/gift.js';

export interface SupportServer {
  /**
   * Answers a request; never rejects. `connection` carries the caller's address where the runtime
   * knows it: without one only the limits for everybody hold.
   */
  fetch(request: Request, connection?: Connection): Promise<Response>;
}

/**
 * Makes the companion. Throws a `TypeError` on a set-up that would fail later: a publishable key, a
 * live key without `allowLive`, a blank webhook secret, no site.
 */
export function createSupportServer(options: SupportServerOptions): SupportServer {
  const settings = checkOptions(options);
  const {origins, log} = settings;
  const payments = openPayments(settings);
  const checkout = checkoutRoutes(settings, payments);

  const notAllowed = (allow: string) => () => {
    throw new Problem(405, 'refused', {headers: {allow}});
  };

  const app = new Hono<Env>().basePath(settings.basePath || '/');
  app.post('/checkout', checkout.create);
  app.options('/checkout', context => preflight(context.req.raw, origins, 'POST'));
  app.all('/checkout', notAllowed('POST, OPTIONS'));
  app.get('/checkout/:id', checkout.look);
  app.options('/checkout/:id', context => preflight(context.req.raw, origins, 'GET'));
  app.all('/checkout/:id', notAllowed('GET, OPTIONS'));
  app.post('/webhook', webhookRoute(settings, payments));
  app.all('/webhook', notAllowed('POST'));

  app.notFound(() => problemResponse(new Problem(404, 'refused')));
  app.onError((error, context) => {
    const known = error instanceof Problem;
    if (!known) log({at: 'companion', problem: 'failed', detail: {type: error.name}});
    const response = problemResponse(known ? error : new Problem(500, 'provider-down'));
    for (const [name, value] of Object.entries(corsHeaders(context.req.raw, origins)))
      response.headers.set(name, value);
    return response;
  });

  return {
    fetch: async (request, connection = {}) => await app.fetch(request, connection),
  };
}
