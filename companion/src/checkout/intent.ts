/** Parses the body of a checkout request: a checkout intent, without price ids, products, customers or URLs. */

import * as z from 'zod';
import type {CheckoutIntent} from 'reader-support/core';
import {plainText} from '../http/plain-text.js';
import {Problem} from '../http/problem.js';

/** Where the reader pays: on Stripe's page, or in a frame on the site. */
export type CheckoutUi = 'hosted_page' | 'embedded_page';

/** The body of `POST /checkout`. */
export interface CheckoutRequest extends CheckoutIntent {
  readonly ui?: CheckoutUi;
  /** The answer of the human check in the page, where the companion requires one. */
  readonly challenge?: string;
  /** Says that a reader whose recurring gift goes on wants another one. */
  readonly anotherGift?: true;
}

const name = z.string().max(200).regex(plainText);

const checkoutRequest: z.ZodType<CheckoutRequest> = z.strictObject({
  attemptId: z.string().regex(/^[\w-]{8,64}$/),
  offerId: name.min(1),
  frequency: z.enum(['once', 'monthly', 'annual']),
  amount: z.strictObject({minor: z.int(), currency: z.string().regex(/^[A-Z]{3}$/)}),
  locale: z.string().max(64).regex(plainText),
  email: z.exactOptional(z.email().max(254)),
  attribution: z.strictObject({
    campaign: z.exactOptional(name),
    experiment: z.exactOptional(name),
    arm: z.exactOptional(name),
    exposure: z.exactOptional(name),
    holdback: z.exactOptional(name),
    holdbackExposure: z.exactOptional(name),
    placement: z.exactOptional(name),
    page: z.exactOptional(z.string().max(2000).regex(plainText)),
    readerId: z.exactOptional(name),
  }),
  ui: z.exactOptional(z.enum(['hosted_page', 'embedded_page'])),
  challenge: z.exactOptional(z.string().min(1).max(2048).regex(plainText)),
  anotherGift: z.exactOptional(z.literal(true)),
});

/** Parses a body. Throws a `Problem` on any unexpected field. */
export function readCheckoutRequest(body: unknown): CheckoutRequest {
  const {success, data} = checkoutRequest.safeParse(body);
  if (!success) throw new Problem(422, 'invalid-request');
  return data;
}
