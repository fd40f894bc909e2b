/** What does Stripe's API answer? The calls that a newsroom's companion makes, idempotency included. */

import {parseForm, type FormFields} from './stripe-form.js';
import type {Happening, Ledger} from './stripe-ledger.js';
import {freshId} from './stripe-ledger.js';
import {missing, StripeRefusal} from './stripe-refusal.js';
import {checkSession} from './stripe-rules.js';

/** One API request, as a test may want to look at it. The key itself is not kept. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** The parsed body or query, in the SDK's types. */
  readonly params: FormFields;
  readonly idempotencyKey: string | undefined;
  readonly apiVersion: string | undefined;
  /** What was answered; 0 when nothing was. */
  readonly status: number;
  /** Whether the answer was one that had been given before. */
  readonly replayed: boolean;
}

/** A way for one request to go wrong. Before the work is done, or after it (`late`), so that only the answer is lost. */
export interface Fault {
  /** An error with this status, in Stripe's shape unless there is a `body`. */
  readonly status?: number;
  /** The text to answer instead of JSON. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Ms to wait first. */
  readonly delay?: number;
  /** Never answer, until the caller gives up. */
  readonly hang?: boolean;
  /** Break the connection. */
  readonly reset?: boolean;
  readonly late?: boolean;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface Api {
  readonly requests: readonly RecordedRequest[];
  fetch(request: Request, path: string, url: URL): Promise<Response>;
  fail(faults: readonly Fault[]): void;
}

const json = (value: unknown, status = 200): Answer => ({
  status,
  body: JSON.stringify(value, null, 2),
});

const list = (data: readonly unknown[], url: string) => ({
  object: 'list',
  data,
  has_more: false,
  url,
});

/** Puts objects where `expand` asks for them: `subscription`, `data.invoice`, `latest_charge.customer`. */
function expand(value: unknown, path: readonly string[], find: Ledger['find']): unknown {
  const [name, ...rest] = path;
  if (Array.isArray(value)) return value.map(inner => expand(inner, path, find));
  if (name === undefined || typeof value !== 'object' || value === null) return value;
  const inner = (value as Readonly<Record<string, unknown>>)[name];
  const found = typeof inner === 'string' ? (find(inner) ?? inner) : inner;
  return {...value, [name]: expand(found, rest, find)};
}

/** Opens the API over a ledger. */
export function openApi({
  ledger,
  now,
  tell,
  events,
}: {
  readonly ledger: Ledger;
  /** What was told so far. */
  readonly events: readonly {readonly id: string}[];
  readonly now: () => number;
  readonly tell: (happened: readonly Happening[]) => Promise<void>;
}): Api {
  const requests: RecordedRequest[] = [];
  const answered = new Map<string, {readonly asked: string; readonly answer: Answer}>();
  const inWork = new Set<string>();
  const faults: Fault[] = [];

  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

  function lineItems(id: string) {
    const checkout = ledger.checkouts.get(id);
    if (!checkout) throw missing('checkout.session', id, 'session');
    const {session, price, quantity} = checkout;
    const item = {
      id: `li_${id.slice(-14)}`,
      object: 'item',
      amount_subtotal: session.amount_subtotal,
      amount_total: session.amount_total,
      currency: price.currency,
      description: checkout.params.line_items?.[0]?.price_data?.product_data?.name ?? null,
      price,
      quantity,
    };
    return list([item], `/v1/checkout/sessions/${id}/line_items`);
  }

  /** The routes. Names of objects are Stripe's; those that are only read share one line. */
  async function route(method: string, path: string, params: FormFields): Promise<unknown> {
    const [, kind = '', id, action] =
      /^\/v1\/([a-z_]+(?:\/sessions)?)(?:\/(\w+))?(?:\/(\w+))?$/.exec(path) ?? [];
    const what = `${method} ${kind}${id ? '/:id' : ''}${action ? `/${action}` : ''}`;
    switch (what) {
      case 'POST checkout/sessions':
        return ledger.create(checkSession(params, now()));
      case 'POST checkout/sessions/:id/expire':
        await tell(ledger.expire(id ?? ''));
        break;
      case 'GET checkout/sessions/:id/line_items':
        return lineItems(id ?? '');
      case 'POST billing_portal/sessions':
        return ledger.createPortal(
          text(params['customer']) ?? '',
          text(params['return_url']) ?? null,
        );
      case 'POST subscriptions/:id':
        await tell(
          ledger.cancel(id ?? '', params['cancel_at_period_end'] === true ? 'period-end' : 'never'),
        );
        break;
      case 'DELETE subscriptions/:id':
        await tell(ledger.cancel(id ?? '', 'now'));
        break;
      case 'POST refunds': {
        const of = text(params['payment_intent']) ?? text(params['charge']) ?? '';
        const amount = params['amount'];
        const {refund, happened} = ledger.refund(
          of,
          typeof amount === 'number' ? amount : undefined,
        );
        await tell(happened);
        return refund;
      }
      case 'GET invoice_payments': {
        const payment = params['payment'];
        const intent =
          typeof payment === 'object' && !Array.isArray(payment)
            ? payment['payment_intent']
            : undefined;
        const found = [...ledger.invoicePayments.values()].filter(
          each =>
            (intent === undefined || each.payment.payment_intent === intent) &&
            (params['invoice'] === undefined || each.invoice === params['invoice']),
        );
        return list(found, path);
      }
      case 'GET subscriptions':
        return list(
          [...ledger.subscriptions.values()].filter(
            each => params['customer'] === undefined || each.customer === params['customer'],
          ),
          path,
        );
      case 'GET events/:id': {
        const event = events.find(each => each.id === id);
        if (!event) throw missing('event', id ?? '', 'id');
        return event;
      }
      case 'GET customers':
        return list(
          ledger.all('customer').filter(each => Reflect.get(each, 'email') === params['email']),
          path,
        );
      case 'GET disputes':
        return list(
          ledger.all('dispute').filter(each => Reflect.get(each, 'charge') === params['charge']),
          path,
        );
      case 'GET checkout/sessions/:id':
      case 'GET subscriptions/:id':
      case 'GET customers/:id':
      case 'GET payment_intents/:id':
      case 'GET charges/:id':
      case 'GET invoices/:id':
      case 'GET refunds/:id':
        break;
      default:
        throw new StripeRefusal(
          `Unrecognized request URL (${method}: ${path}). The double does not know it.`,
          {status: 404},
        );
    }
    const object = ledger.find(id ?? '');
    const expected = kind.replace('/', '.').replace(/s$/, '');
    if (object?.object !== expected) throw missing(expected, id ?? '', 'id');
    return expected === 'checkout.session' ? {...object, line_items: undefined} : object;
  }

  function withExpansions(result: unknown, params: FormFields): unknown {
    const wanted = Array.isArray(params['expand']) ? params['expand'] : [];
    return wanted.reduce<unknown>((value, name) => {
      if (name === 'line_items') {
        const id = (value as {readonly id: string}).id;
        return {...(value as object), line_items: lineItems(id)};
      }
      return typeof name === 'string' ? expand(value, name.split('.'), ledger.find) : value;
    }, result);
  }

  async function work(request: Request, path: string, params: FormFields): Promise<Answer> {
    try {
      const key = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
      if (key.startsWith('pk_'))
        throw new StripeRefusal(
          'This API call cannot be made with a publishable API key. Please use a secret API key.',
          {status: 403, code: 'secret_key_required'},
        );
      if (!/^[sr]k_test_/.test(key))
        throw new StripeRefusal('Invalid API Key provided: the double takes test keys only', {
          status: 401,
        });
      return json(withExpansions(await route(request.method, path, params), params));
    } catch (error) {
      if (error instanceof StripeRefusal) return json(error.body, error.status);
      throw error;
    }
  }

  const mismatch = new StripeRefusal(
    'Keys for idempotent requests can only be used with the same parameters they were first used with.',
    {type: 'idempotency_error'},
  );
  const inUse = new StripeRefusal(
    'There is currently another in-progress request using this Idempotent Key.',
    {status: 409, type: 'idempotency_error', code: 'idempotency_key_in_use'},
  );

  /** The first request with a key does the work; later ones get its answer, or a refusal if they ask otherwise. */
  async function once(
    key: string | undefined,
    asked: string,
    run: () => Promise<Answer>,
  ): Promise<Answer & {readonly replayed: boolean}> {
    if (key === undefined) return {...(await run()), replayed: false};
    if (key.length > 255)
      return {
        ...json(new StripeRefusal('Idempotency keys can have up to 255 characters').body, 400),
        replayed: false,
      };
    const known = answered.get(key);
    if (known && known.asked !== asked) return {...json(mismatch.body, 400), replayed: false};
    if (known) return {...known.answer, replayed: true};
    if (inWork.has(key)) return {...json(inUse.body, 409), replayed: false};
    inWork.add(key);
    try {
      const answer = await run();
      // What is refused before the work begins may be tried again with the same key.
      if (answer.status < 400 || answer.status >= 500) answered.set(key, {asked, answer});
      return {...answer, replayed: false};
    } finally {
      inWork.delete(key);
    }
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

  /** What a fault makes of an answer; `undefined` when it only delays. */
  async function suffer(fault: Fault, signal: AbortSignal): Promise<Response | undefined> {
    if (fault.hang) await wait(2 ** 31 - 1, signal);
    if (fault.delay) await wait(fault.delay, signal);
    // Node's `fetch` says it like this.
    if (fault.reset) throw Object.assign(new TypeError('fetch failed'), {code: 'ECONNRESET'});
    const {status = 200, body, headers = {}} = fault;
    if (body !== undefined)
      return new Response(body, {status, headers: {'content-type': 'text/html', ...headers}});
    if (fault.status === undefined) return undefined;
    const refusal = new StripeRefusal('The double was told to fail.', {
      status,
      type: status === 429 ? 'rate_limit_error' : 'api_error',
    });
    return respond(json(refusal.body, status), headers);
  }

  const respond = (answer: Answer, headers: Readonly<Record<string, string>> = {}) =>
    new Response(answer.body, {
      status: answer.status,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        'request-id': freshId('req', 14),
        ...headers,
      },
    });

  return {
    requests,
    fail: next => void faults.push(...next),

    async fetch(request, path, url) {
      const {method, headers, signal} = request;
      const body = method === 'POST' ? await request.text() : url.search.slice(1);
      const params = parseForm(body);
      const idempotencyKey =
        method === 'POST' ? (headers.get('idempotency-key') ?? undefined) : undefined;
      const record = (status: number, replayed = false) =>
        requests.push({
          method,
          path,
          params,
          idempotencyKey,
          apiVersion: headers.get('stripe-version') ?? undefined,
          status,
          replayed,
        });

      const fault = faults.shift();
      try {
        if (fault && !fault.late) {
          const faulty = await suffer(fault, signal);
          if (faulty) {
            record(faulty.status);
            return faulty;
          }
        }
        const asked = `${method} ${path} ${body}`;
        const answer = await once(idempotencyKey, asked, () => work(request, path, params));
        if (fault?.late) {
          const faulty = await suffer(fault, signal);
          if (faulty) {
            record(faulty.status);
            return faulty;
          }
        }
        record(answer.status, answer.replayed);
        return respond(answer, {
          ...(idempotencyKey !== undefined && {'idempotency-key': idempotencyKey}),
          ...(answer.replayed && {'idempotent-replayed': 'true'}),
        });
      } catch (error) {
        record(0);
        throw error;
      }
    },
  };
}
