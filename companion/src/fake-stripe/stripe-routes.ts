/** Routes the API calls that a companion makes. */

import type {Happening, Named} from './stripe-account.js';
import {list} from './stripe-answer.js';
import {lineItems} from './stripe-expand.js';
import type {FormFields} from './stripe-form.js';
import type {Ledger} from './stripe-ledger.js';
import {missing, StripeRefusal} from './stripe-refusal.js';
import {checkSession} from './stripe-rules.js';

/** The services that calls use. */
export interface ApiContext {
  readonly ledger: Ledger;
  /** Epoch ms. */
  readonly now: () => number;
  /** The events so far. */
  readonly events: readonly {readonly id: string}[];
  /** The webhook endpoints. */
  readonly endpoints: () => readonly Named[];
  /** Makes a webhook endpoint, to which events are delivered from then on. */
  readonly makeEndpoint: (params: FormFields) => Named;
  /** Delivers what happened to the webhook endpoint. */
  readonly tell: (happened: readonly Happening[]) => Promise<void>;
}

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** Routes a request. Objects that are only read share one case. */
export async function route(
  {ledger, now, tell, events, endpoints, makeEndpoint}: ApiContext,
  method: string,
  path: string,
  params: FormFields,
): Promise<unknown> {
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
      return lineItems(ledger, id ?? '');
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
      const {refund, happened} = ledger.refund(of, typeof amount === 'number' ? amount : undefined);
      await tell(happened);
      return refund;
    }
    case 'GET invoice_payments': {
      const payment = params['payment'];
      const intent =
        typeof payment === 'object' && !Array.isArray(payment)
          ? payment['payment_intent']
          : undefined;
      const payments = [...ledger.invoicePayments.values()].filter(
        each =>
          (intent === undefined || each.payment.payment_intent === intent) &&
          (params['invoice'] === undefined || each.invoice === params['invoice']),
      );
      return list(payments, path);
    }
    case 'GET subscriptions':
      return list(
        [...ledger.subscriptions.values()].filter(
          each => params['customer'] === undefined || each.customer === params['customer'],
        ),
        path,
      );
    case 'GET events/:id': {
      const event = events.find(candidate => candidate.id === id);
      if (!event) throw missing('event', id ?? '', 'id');
      return event;
    }
    case 'POST webhook_endpoints':
      return makeEndpoint(params);
    case 'GET checkout/sessions':
      return list(
        [...ledger.checkouts.values()].map(({session}) => session),
        path,
      );
    case 'GET charges':
      return list(ledger.all('charge', 'object', 'charge'), path);
    case 'GET invoices':
      return list(ledger.all('invoice', 'object', 'invoice'), path);
    case 'GET events':
      return list(events, path);
    case 'GET webhook_endpoints':
      return list(endpoints(), path);
    case 'GET customers':
      return list(ledger.all('customer', 'email', params['email']), path);
    case 'GET disputes':
      return list(ledger.all('dispute', 'charge', params['charge']), path);
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
        `Unrecognized request URL (${method}: ${path}). The fake does not support it.`,
        {status: 404},
      );
  }
  const object = ledger.find(id ?? '');
  const expected = kind.replace('/', '.').replace(/s$/, '');
  if (object?.object !== expected) throw missing(expected, id ?? '', 'id');
  return expected === 'checkout.session' ? {...object, line_items: undefined} : object;
}
