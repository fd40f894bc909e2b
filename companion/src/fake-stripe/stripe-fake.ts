/** Assembles the Stripe fake for tests and demos: API, pages and webhooks without a network. */

import type Stripe from 'stripe';
import {
  embeddedPage,
  missingPage,
  pageResponse,
  payPage,
  portalPage,
  type Page,
} from './pay-page.js';
import {payPageStyle} from './pay-page-style.js';
import type {Happening} from './stripe-account.js';
import {openApi, type RecordedRequest} from './stripe-api.js';
import type {PlanChange} from './stripe-changes.js';
import type {Fault} from './stripe-faults.js';
import {embeddedScript, stripeJsStub} from './stripe-js-stub.js';
import {openLedger, type Ledger} from './stripe-ledger.js';
import type {RefundObject, SessionObject, SubscriptionObject} from './stripe-objects.js';
import {StripeRefusal} from './stripe-refusal.js';
import {
  deliver,
  endpointOf,
  newEndpoint,
  eventOf,
  orderOf,
  type Delivery,
  type EndpointObject,
  type FakeEvent,
  type FakeWebhooks,
} from './stripe-webhooks.js';

export interface StripeFakeOptions {
  /** The origin at which readers reach the fake. Default: `http://localhost:8080`. */
  readonly origin?: string;
  /** The path prefix of its pages. Default: `/stripe-fake`. */
  readonly base?: string;
  /** Where events are delivered. Without it they are only recorded. */
  readonly webhooks?: FakeWebhooks;
  /** The clock, in epoch ms. */
  readonly now?: () => number;
}

/** A fake of Stripe: an API for the `stripe` SDK, pages for a browser, and controls for tests. */
export interface StripeFake {
  /**
   * Answers API calls (`/v1/…`, with or without the base path in front) and pages (`{base}/…`).
   * Accepts the arguments of `fetch`, so it is also an HTTP client: `Stripe.createFetchHttpClient(fake.fetch)`.
   */
  readonly fetch: (input: Request | string | URL, init?: RequestInit) => Promise<Response>;
  /** Every API request, parsed, in order. */
  readonly requests: readonly RecordedRequest[];
  /** The parameters of every created Checkout Session, with the SDK's types. */
  readonly created: readonly Stripe.Checkout.SessionCreateParams[];
  /** Every event, in order. */
  readonly events: readonly FakeEvent[];
  /** Every delivery attempt, in the order in which they ended. */
  readonly deliveries: readonly Delivery[];
  /** Where events are delivered; may be changed at any time. */
  webhooks: FakeWebhooks | undefined;
  session(id: string): SessionObject;
  subscription(id: string): SubscriptionObject;
  /** Pays a session as a reader would. `unpaid`: the payment arrives later, see `settle()`. */
  pay(id: string, payment?: 'paid' | 'unpaid'): Promise<void>;
  /** Settles the payment of an unpaid session. */
  settle(id: string, outcome?: 'succeeded' | 'failed'): Promise<void>;
  expire(id: string): Promise<void>;
  /** Bills the next period of a subscription, given by its id or its session's. */
  renew(id: string, outcome?: 'paid' | 'declined'): Promise<void>;
  /** Ends a subscription now, or at the end of its period (then at the next `renew()`). */
  cancel(id: string, when?: 'now' | 'period-end'): Promise<void>;
  /** Changes what a subscription costs, or how often. Bills at once what a new interval starts. */
  change(id: string, plan: PlanChange): Promise<void>;
  /** Refunds a payment (session, subscription, invoice, payment intent or charge), fully or in part. */
  refund(id: string, minor?: number): Promise<RefundObject>;
  /** Makes a refund fail, as when the bank rejects it; the money returns to the account. */
  failRefund(id: string): Promise<void>;
  /** Disputes a payment (given as in `refund()`), or records the bank's decision. */
  dispute(id: string, status?: 'needs_response' | 'won' | 'lost'): Promise<void>;
  /** Delivers events again: all of them, or those of one type. */
  redeliver(type?: string): Promise<void>;
  /** Makes the next API requests fail, one fault each. */
  fail(...faults: readonly Fault[]): void;
  /** Waits for current deliveries. */
  settled(): Promise<void>;
}

const apiVersion = '2026-10-28.endive';
/** How long a payment waits for its webhooks to be answered, in ms. */
const patience = 10_000;

const file = (text: string, type: string) =>
  new Response(text, {
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });

const redirect = (to: string) =>
  new Response(null, {status: 303, headers: {location: to, 'cache-control': 'no-store'}});

/** Creates a fake with an empty account in test mode. */
export function stripeFake(options: StripeFakeOptions = {}): StripeFake {
  const {origin = 'http://localhost:8080', base = '/stripe-fake', now = Date.now} = options;
  const pages = `${origin}${base}`;
  const ledger: Ledger = openLedger({now, pages});
  const events: FakeEvent[] = [];
  const deliveries: Delivery[] = [];
  const underWay = new Set<Promise<void>>();

  async function send(batch: readonly FakeEvent[]): Promise<void> {
    const {webhooks} = fake;
    if (!webhooks) return;
    if (webhooks.delay) await new Promise(resolve => setTimeout(resolve, webhooks.delay));
    for (const event of orderOf(batch, webhooks))
      deliveries.push(await deliver(event, webhooks, now()));
  }

  /** Delivers events; waits for the endpoint as Stripe's page does, unless deliveries are delayed. */
  async function tell(happened: readonly Happening[]): Promise<void> {
    const version = fake.webhooks?.apiVersion ?? apiVersion;
    const batch = happened.map(happening => eventOf(happening, version, now()));
    events.push(...batch);
    const sending = send(batch);
    underWay.add(sending);
    const done = sending.finally(() => underWay.delete(sending));
    if (fake.webhooks?.delay) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise(resolve => (timer = setTimeout(resolve, patience)));
    await Promise.race([done, enough]);
    clearTimeout(timer);
  }

  const made: EndpointObject[] = [];
  const api = openApi({
    ...{ledger, now, tell, events},
    endpoints: () => {
      const {webhooks} = fake;
      const isMade = made.some(({url}) => url === webhooks?.to);
      return webhooks && !isMade ? [...made, endpointOf(webhooks, apiVersion)] : made;
    },
    makeEndpoint(params) {
      const {secret, ...endpoint} = newEndpoint(params, apiVersion);
      made.push(endpoint);
      fake.webhooks = {to: endpoint.url, secret, apiVersion: endpoint.api_version};
      return {...endpoint, secret};
    },
  });

  /** Returns the URL a reader goes to after paying. */
  const after = ({success_url: url, id}: SessionObject) =>
    (url ?? pages).replaceAll('{CHECKOUT_SESSION_ID}', id);

  async function pay(request: Request, kind: 'pay' | 'embedded', id: string): Promise<Response> {
    const form = new URLSearchParams(await request.text());
    const {session} = ledger.checkouts.get(id) ?? {};
    const here = `${base}/${kind}/${id}`;
    if (session?.status !== 'open') return redirect(here);
    if (!form.has('pay')) return redirect(`${here}?declined`);
    await fake.pay(id);
    return redirect(kind === 'pay' ? after(session) : here);
  }

  async function manage(request: Request, id: string): Promise<Response> {
    const form = new URLSearchParams(await request.text());
    const portal = ledger.portals.get(id);
    const wanted = form.get('cancel') ?? form.get('keep') ?? '';
    const mine = ledger.subscriptions.get(wanted);
    // A portal shows and ends only its own customer's subscriptions.
    if (mine && mine.customer === portal?.customer)
      await tell(ledger.cancel(wanted, form.has('cancel') ? 'period-end' : 'never'));
    return redirect(`${base}/portal/${id}`);
  }

  function page(kind: string, id: string, declined: boolean): Page {
    ledger.find(id); // An open session past its end expires on access.
    const checkout = ledger.checkouts.get(id);
    const embedded = checkout?.session.ui_mode === 'embedded_page';
    if (checkout && kind === 'pay' && !embedded) return payPage(checkout, base, declined);
    if (checkout && kind === 'embedded' && embedded) return embeddedPage(checkout, base, declined);
    const portal = ledger.portals.get(id);
    if (!portal || kind !== 'portal') return missingPage;
    const mine = [...ledger.subscriptions.values()].filter(s => s.customer === portal.customer);
    return portalPage(portal, mine, base);
  }

  async function serve(request: Request, path: string, url: URL): Promise<Response> {
    if (path === '/pay.css') return file(payPageStyle, 'text/css');
    if (path === '/stripe.js') return file(stripeJsStub(pages), 'text/javascript');
    if (path === '/embedded.js') return file(embeddedScript, 'text/javascript');
    const [, kind = '', id = ''] = /^\/(pay|embedded|portal)\/(\w+)$/.exec(path) ?? [];
    if (request.method === 'POST' && kind) {
      if (kind === 'portal') return await manage(request, id);
      return await pay(request, kind === 'pay' ? 'pay' : 'embedded', id);
    }
    return pageResponse(page(kind, id, url.searchParams.has('declined')), base);
  }

  const fake: StripeFake = {
    async fetch(input, init) {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const isInside = base !== '' && url.pathname.startsWith(`${base}/`);
      const path = isInside ? url.pathname.slice(base.length) : url.pathname;
      if (path.startsWith('/v1/')) return await api.fetch(request, path, url);
      return await serve(request, path, url);
    },
    requests: api.requests,
    get created() {
      return [...ledger.checkouts.values()].map(checkout => checkout.params);
    },
    events,
    deliveries,
    webhooks: options.webhooks,
    session(id) {
      const checkout = ledger.checkouts.get(id);
      if (!checkout) throw new StripeRefusal(`No such checkout session: ${id}`);
      return structuredClone(checkout.session);
    },
    subscription(id) {
      const of = ledger.checkouts.get(id)?.session.subscription ?? id;
      const subscription = ledger.subscriptions.get(of);
      if (!subscription) throw new StripeRefusal(`No such subscription: ${id}`);
      return structuredClone(subscription);
    },
    pay: async (id, payment = 'paid') => await tell(ledger.complete(id, payment)),
    settle: async (id, outcome = 'succeeded') => await tell(ledger.settle(id, outcome)),
    expire: async id => await tell(ledger.expire(id)),
    renew: async (id, outcome = 'paid') => await tell(ledger.renew(id, outcome)),
    cancel: async (id, when = 'now') => await tell(ledger.cancel(id, when)),
    change: async (id, plan) => await tell(ledger.change(id, plan)),
    failRefund: async id => await tell(ledger.failRefund(id)),
    dispute: async (id, status = 'needs_response') => await tell(ledger.dispute(id, status)),
    async refund(id, minor) {
      const {refund, happened} = ledger.refund(id, minor);
      await tell(happened);
      return refund;
    },
    redeliver: type => send(events.filter(event => type === undefined || event.type === type)),
    fail: (...faults) => api.fail(faults),
    async settled() {
      while (underWay.size) await Promise.all(underWay);
    },
  };
  return fake;
}
