/** Expands ids in a response to the objects that the request's `expand` names. */

import {list} from './stripe-answer.js';
import type {FormFields} from './stripe-form.js';
import type {Ledger} from './stripe-ledger.js';
import {missing} from './stripe-refusal.js';

/** Replaces ids along a path such as `subscription`, `data.invoice` or `latest_charge.customer`. */
function expand(value: unknown, path: readonly string[], find: Ledger['find']): unknown {
  const [name, ...rest] = path;
  if (Array.isArray(value)) return value.map(inner => expand(inner, path, find));
  if (name === undefined || typeof value !== 'object' || value === null) return value;
  const inner = (value as Readonly<Record<string, unknown>>)[name];
  const object = typeof inner === 'string' ? (find(inner) ?? inner) : inner;
  return {...value, [name]: expand(object, rest, find)};
}

/** Returns the line items of a session. */
export function lineItems(ledger: Ledger, id: string): object {
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

/** Expands a result as the request asks. */
export function expanded(ledger: Ledger, result: unknown, params: FormFields): unknown {
  const find = (id: string) => ledger.find(id);
  const wanted = Array.isArray(params['expand']) ? params['expand'] : [];
  return wanted.reduce<unknown>((value, name) => {
    if (name === 'line_items') {
      const id = (value as {readonly id: string}).id;
      return {...(value as object), line_items: lineItems(ledger, id)};
    }
    return typeof name === 'string' ? expand(value, name.split('.'), find) : value;
  }, result);
}
