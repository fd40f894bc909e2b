/** Completes Checkout Sessions when a reader pays, at once or later by bank. */

import type Stripe from 'stripe';
import {close, happened, type Account, type Checkout, type Happening} from './stripe-account.js';
import {freshId} from './stripe-id.js';
import {bill, payInvoice} from './stripe-invoices.js';
import type {CustomerObject, InvoiceObject, PaymentIntentObject} from './stripe-objects.js';
import {chargeOf, pay, succeed} from './stripe-payments.js';
import {StripeRefusal} from './stripe-refusal.js';
import {openSession} from './stripe-sessions.js';
import {subscribe} from './stripe-subscriptions.js';

/** Paid at once, or later by bank. */
type Paid = 'paid' | 'unpaid';

/** Returns the reader's address, which Stripe's page asks for when the session has none. */
const emailOf = (checkout: Checkout) => checkout.session.customer_email ?? 'reader@example.com';

const paymentEvents = (account: Account, intent: PaymentIntentObject) => [
  happened('charge.succeeded', chargeOf(account, intent)),
  happened('payment_intent.succeeded', intent),
];

function completeSubscription(account: Account, checkout: Checkout, payment: Paid): Happening[] {
  const {session} = checkout;
  const customer = account.keep<CustomerObject>({
    id: session.customer ?? freshId('cus', 14),
    object: 'customer',
    created: account.seconds(),
    email: emailOf(checkout),
    livemode: false,
    metadata: {},
    name: null,
  });
  session.customer = customer.id;
  const paid = payment === 'paid';
  const subscription = subscribe(account, checkout, customer.id, paid ? 'active' : 'incomplete');
  const {invoice, intent} = bill(
    account,
    subscription,
    'subscription_create',
    paid ? 'succeeded' : 'processing',
  );
  session.subscription = subscription.id;
  session.invoice = invoice.id;
  return [
    happened('customer.created', customer),
    happened('customer.subscription.created', subscription),
    ...(paid ? [...paymentEvents(account, intent), happened('invoice.paid', invoice)] : []),
  ];
}

function completePayment(
  account: Account,
  {session, params}: Checkout,
  payment: Paid,
): Happening[] {
  const intent = pay(account, {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    customer: session.customer,
    metadata: {...(params.payment_intent_data?.metadata as Stripe.Metadata | undefined)},
    description: params.payment_intent_data?.description ?? null,
    status: payment === 'paid' ? 'succeeded' : 'processing',
  });
  session.payment_intent = intent.id;
  return payment === 'paid' ? paymentEvents(account, intent) : [];
}

/** Pays a session as a reader would. */
export function complete(account: Account, id: string, payment: Paid): Happening[] {
  const checkout = openSession(account, id);
  const {session, params} = checkout;
  const events =
    params.mode === 'subscription'
      ? completeSubscription(account, checkout, payment)
      : completePayment(account, checkout, payment);
  session.payment_status = payment;
  session.customer_details = {
    address: null,
    business_name: null,
    email: emailOf(checkout),
    individual_name: null,
    name: null,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  };
  close(session, 'complete');
  return [...events, happened('checkout.session.completed', session)];
}

function settleInvoice(account: Account, id: string, invoiceId: string): Happening[] {
  const invoice = account.get<InvoiceObject>(invoiceId, 'invoice');
  const intent = payInvoice(account, invoice);
  const subscription = account.subscription(id);
  subscription.status = 'active';
  return [
    happened('charge.succeeded', succeed(account, intent)),
    happened('invoice.paid', invoice),
    happened('customer.subscription.updated', subscription),
  ];
}

/** Settles the payment of a session that is complete but unpaid. */
export function settleSession(
  account: Account,
  id: string,
  outcome: 'succeeded' | 'failed',
): Happening[] {
  const {session} = account.checkout(id);
  if (session.status !== 'complete' || session.payment_status !== 'unpaid')
    throw new StripeRefusal('This Checkout Session does not wait for a payment');
  if (outcome === 'failed') return [happened('checkout.session.async_payment_failed', session)];
  session.payment_status = 'paid';
  const events = session.invoice
    ? settleInvoice(account, id, session.invoice)
    : [
        happened(
          'charge.succeeded',
          succeed(
            account,
            account.get<PaymentIntentObject>(session.payment_intent, 'payment_intent'),
          ),
        ),
      ];
  return [...events, happened('checkout.session.async_payment_succeeded', session)];
}
