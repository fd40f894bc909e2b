/** Fakes Stripe's API: the calls that a companion makes, including idempotency. */

import {json, respond, type StripeAnswer} from './stripe-answer.js';
import {expanded} from './stripe-expand.js';
import {suffer, type Fault} from './stripe-faults.js';
import {parseForm, type FormFields} from './stripe-form.js';
import {idempotency} from './stripe-idempotency.js';
import {StripeRefusal} from './stripe-refusal.js';
import {route, type ApiContext} from './stripe-routes.js';

/** A recorded API request for tests. The key itself is not kept. */
export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** The parsed body or query, with the SDK's types. */
  readonly params: FormFields;
  readonly idempotencyKey: string | undefined;
  readonly apiVersion: string | undefined;
  /** The status of the response; 0 when there was none. */
  readonly status: number;
  /** Whether the response was replayed for an idempotency key. */
  readonly replayed: boolean;
}

/** The API and its recorded requests. */
export interface Api {
  readonly requests: readonly RecordedRequest[];
  fetch(request: Request, path: string, url: URL): Promise<Response>;
  fail(faults: readonly Fault[]): void;
}

/** Checks the key as Stripe does in test mode. Throws a `StripeRefusal`. */
function checkKey(headers: Headers): void {
  const key = headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
  if (key.startsWith('pk_'))
    throw new StripeRefusal(
      'This API call cannot be made with a publishable API key. Please use a secret API key.',
      {status: 403, code: 'secret_key_required'},
    );
  if (!/^[sr]k_test_/.test(key))
    throw new StripeRefusal('Invalid API Key provided: the fake accepts test keys only', {
      status: 401,
    });
}

/** Creates the API on a ledger. */
export function openApi(context: ApiContext): Api {
  const requests: RecordedRequest[] = [];
  const faults: Fault[] = [];
  const once = idempotency();

  async function work(
    {method, headers}: Request,
    path: string,
    params: FormFields,
  ): Promise<StripeAnswer> {
    try {
      checkKey(headers);
      const result = await route(context, method, path, params);
      return json(expanded(context.ledger, result, params));
    } catch (error) {
      if (error instanceof StripeRefusal) return json(error.body, error.status);
      throw error;
    }
  }

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
