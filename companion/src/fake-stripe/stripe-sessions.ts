/** Creates and expires Checkout Sessions. */

import type Stripe from 'stripe';
import {
  close,
  happened,
  type Account,
  type Checkout,
  type Happening,
  type SessionParams,
} from './stripe-account.js';
import {freshId} from './stripe-id.js';
import type {Interval, PriceObject, SessionObject} from './stripe-objects.js';
import {StripeRefusal} from './stripe-refusal.js';

function priceOf(account: Account, params: SessionParams): PriceObject {
  const data = params.line_items?.[0]?.price_data;
  const recurring = data?.recurring;
  return account.keep<PriceObject>({
    id: freshId('price'),
    object: 'price',
    active: false,
    created: account.seconds(),
    currency: (data?.currency ?? 'usd').toLowerCase(),
    livemode: false,
    metadata: {},
    product: data?.product ?? freshId('prod', 14),
    recurring: recurring
      ? {
          interval: recurring.interval as Interval,
          interval_count: recurring.interval_count ?? 1,
        }
      : null,
    type: recurring ? 'recurring' : 'one_time',
    unit_amount: data?.unit_amount ?? 0,
  });
}

/** Creates a session from checked parameters. `pages` is the URL of the fake's pages. */
export function createSession(
  account: Account,
  params: SessionParams,
  pages: string,
): SessionObject {
  const quantity = params.line_items?.[0]?.quantity ?? 1;
  const embedded = params.ui_mode === 'embedded_page';
  const price = priceOf(account, params);
  const id = freshId('cs_test', 56);
  const total = (price.unit_amount ?? 0) * quantity;
  const session = account.keep<SessionObject>({
    id,
    object: 'checkout.session',
    amount_subtotal: total,
    amount_total: total,
    cancel_url: params.cancel_url ?? null,
    client_reference_id: params.client_reference_id ?? null,
    client_secret: embedded ? `${id}_secret_${freshId('fake', 40)}` : null,
    created: account.seconds(),
    currency: price.currency,
    customer: params.customer ?? null,
    customer_details: null,
    customer_email: params.customer_email ?? null,
    expires_at: params.expires_at ?? account.seconds() + 86_400,
    invoice: null,
    livemode: false,
    locale: params.locale ?? null,
    metadata: {...(params.metadata as Stripe.Metadata | undefined)},
    mode: params.mode,
    payment_intent: null,
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    ...(embedded && {
      redirect_on_completion: params.redirect_on_completion ?? 'always',
      ...(params.return_url !== undefined && {return_url: params.return_url}),
    }),
    status: 'open',
    submit_type: params.submit_type ?? null,
    subscription: null,
    success_url: params.success_url ?? null,
    ui_mode: embedded ? 'embedded_page' : 'hosted_page',
    url: embedded ? null : `${pages}/pay/${id}`,
  });
  account.checkouts.set(id, {session, params, price, quantity});
  return structuredClone(session);
}

/** Returns a session that is neither paid nor expired; throws a `StripeRefusal` otherwise. */
export function openSession(account: Account, id: string): Checkout {
  const checkout = account.checkout(id);
  if (checkout.session.status !== 'open')
    throw new StripeRefusal(`This Checkout Session is ${checkout.session.status ?? 'over'}`, {
      param: 'session',
    });
  return checkout;
}

/** Expires an unpaid session. */
export function expire(account: Account, id: string): Happening[] {
  const {session} = openSession(account, id);
  close(session, 'expired');
  return [happened('checkout.session.expired', session)];
}
