/** Reads from a paid Checkout Session what is needed to let the payer in. */

import * as z from 'zod';

/** A checkout that has been paid. */
export interface PaidCheckout {
  /** The id of the subscription, or of the payment of a single gift. */
  readonly ref: string;
  readonly customer?: string;
  readonly email?: string;
  /** When the checkout was created. Epoch ms. */
  readonly at: number;
}

const reference = z
  .union([z.string(), z.object({id: z.string()})])
  .nullish()
  .transform(value => (typeof value === 'object' ? value?.id : value));

const shape = z.object({
  subscription: reference,
  payment_intent: reference,
  customer: reference,
  created: z.int().catch(0),
  customer_details: z.object({email: z.string().nullish()}).nullish(),
  customer_email: z.string().nullish(),
});

/** Reads a session from an event or from Stripe's API; `undefined` when it names no payment. */
export function paidCheckout(session: unknown): PaidCheckout | undefined {
  const {data} = shape.safeParse(session);
  const ref = data?.subscription ?? data?.payment_intent;
  if (!data || !ref) return undefined;
  const {customer} = data;
  const email = data.customer_details?.email ?? data.customer_email;
  return {ref, at: data.created * 1000, ...(customer && {customer}), ...(email && {email})};
}
