/** Takes payments and creates their charges. */

import type Stripe from 'stripe';
import type {Account} from './stripe-account.js';
import {freshId} from './stripe-id.js';
import type {ChargeObject, PaymentIntentObject} from './stripe-objects.js';

/** The result of a payment attempt. */
export type PaymentStatus = 'succeeded' | 'processing' | 'requires_payment_method';

interface Payment {
  readonly amount: number;
  readonly currency: string;
  readonly customer: string | null;
  readonly metadata: Stripe.Metadata;
  readonly description: string | null;
  readonly status: PaymentStatus;
}

const chargeStatus = {
  succeeded: 'succeeded',
  processing: 'pending',
  requires_payment_method: 'failed',
} as const;

/** Creates the charge of a payment, which copies the payment's metadata. */
function charge(account: Account, intent: PaymentIntentObject, of: Payment): ChargeObject {
  const {amount, currency, customer, description, metadata} = of;
  const status = chargeStatus[of.status];
  return account.keep<ChargeObject>({
    id: freshId('ch'),
    object: 'charge',
    amount,
    amount_captured: status === 'succeeded' ? amount : 0,
    amount_refunded: 0,
    captured: status === 'succeeded',
    created: account.seconds(),
    currency,
    customer,
    description,
    disputed: false,
    livemode: false,
    metadata: {...metadata},
    paid: status === 'succeeded',
    payment_intent: intent.id,
    refunded: false,
    status,
  });
}

/** Attempts a payment. */
export function pay(account: Account, of: Payment): PaymentIntentObject {
  const intent = account.keep<PaymentIntentObject>({
    id: freshId('pi'),
    object: 'payment_intent',
    amount_received: of.status === 'succeeded' ? of.amount : 0,
    created: account.seconds(),
    latest_charge: null,
    livemode: false,
    ...of,
  });
  intent.latest_charge = charge(account, intent, of).id;
  return intent;
}

/** Returns the charge of a payment. */
export const chargeOf = (account: Account, intent: PaymentIntentObject): ChargeObject =>
  account.get<ChargeObject>(intent.latest_charge, 'charge');

/** Marks a processing payment as succeeded. */
export function succeed(account: Account, intent: PaymentIntentObject): ChargeObject {
  intent.status = 'succeeded';
  intent.amount_received = intent.amount;
  const charge = chargeOf(account, intent);
  return Object.assign(charge, {
    status: 'succeeded',
    paid: true,
    captured: true,
    amount_captured: charge.amount,
  } as const);
}
