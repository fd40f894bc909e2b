/** Refunds charges, and makes refunds fail. */

import {happened, type Account, type Happening} from './stripe-account.js';
import {freshId} from './stripe-id.js';
import type {
  ChargeObject,
  PaymentIntentObject,
  RefundObject,
  SubscriptionObject,
} from './stripe-objects.js';
import {StripeRefusal} from './stripe-refusal.js';

/** A refund, and what happened by it. */
export interface Refunded {
  readonly refund: RefundObject;
  readonly happened: Happening[];
}

/** Finds the charge of a session, subscription, invoice, payment intent or charge. */
export function chargeBehind(account: Account, id: string): ChargeObject {
  const session = account.checkouts.get(id)?.session;
  let of = session ? (session.payment_intent ?? session.invoice ?? id) : id;
  if (account.find(of)?.object === 'subscription')
    of = account.get<SubscriptionObject>(of, 'subscription').latest_invoice ?? of;
  for (const payment of account.invoicePayments.values())
    if (payment.invoice === of) of = payment.payment.payment_intent;
  const intent = account.find(of) as PaymentIntentObject | undefined;
  const chargeId = intent?.object === 'payment_intent' ? intent.latest_charge : of;
  return account.get<ChargeObject>(chargeId, 'charge');
}

/** Refunds a payment, fully or in part. */
export function refund(account: Account, id: string, minor?: number): Refunded {
  const charge = chargeBehind(account, id);
  const remainder = charge.amount - charge.amount_refunded;
  const amount = minor ?? remainder;
  if (!remainder || charge.status !== 'succeeded')
    throw new StripeRefusal(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    });
  if (amount < 1 || amount > remainder)
    throw new StripeRefusal(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${remainder})`,
      {param: 'amount'},
    );
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount;
  const refund = account.keep<RefundObject>({
    id: freshId('re'),
    object: 'refund',
    amount,
    charge: charge.id,
    created: account.seconds(),
    currency: charge.currency,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: 'requested_by_customer',
    status: 'succeeded',
  });
  return {
    refund,
    happened: [happened('refund.created', refund), happened('charge.refunded', charge)],
  };
}

/** Makes a refund fail; the money returns to the account. */
export function failRefund(account: Account, id: string): Happening[] {
  const refund = account.get<RefundObject>(id, 'refund');
  if (refund.status !== 'succeeded')
    throw new StripeRefusal(`Refund ${id} has not succeeded and cannot fail.`);
  refund.status = 'failed';
  const charge = account.get<ChargeObject>(refund.charge, 'charge');
  charge.amount_refunded -= refund.amount;
  charge.refunded = false;
  return [happened('refund.updated', refund), happened('refund.failed', refund)];
}
