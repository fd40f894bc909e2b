/** Finds the subscription of an invoice, in the shape of any API version. */

import * as z from 'zod';
import {isOurs, type Metadata} from '../stripe/index.js';

/** What an invoice says about its subscription. */
export interface InvoiceSubscription {
  readonly id: string | undefined;
  readonly metadata: Metadata;
}

const metadata = z.record(z.string(), z.string()).nullish();
/** A reference: an id, or the object itself where Stripe expanded it. */
const reference = z
  .union([z.string(), z.object({id: z.string()})])
  .transform(value => (typeof value === 'object' ? value.id : value));

/** Since 2025-03-31.basil everything is under `parent`. */
const invoiceShape = z.object({
  parent: z
    .object({
      subscription_details: z.object({subscription: reference.nullish(), metadata}).nullish(),
    })
    .nullable(),
});

/** Before, the subscription stood in the invoice; its metadata beside it or, before June 2023, in the lines. */
const olderInvoiceShape = z.object({
  subscription: reference.nullable(),
  subscription_details: z.object({metadata}).nullish(),
  lines: z.object({data: z.array(z.object({metadata}))}).nullish(),
});

/** Returns `null` for an invoice of no subscription, and `undefined` for an unexpected shape. */
export function subscriptionOfInvoice(invoice: unknown): InvoiceSubscription | null | undefined {
  // Where both places are filled, the newer one counts.
  if (typeof invoice === 'object' && invoice !== null && 'parent' in invoice) {
    const current = invoiceShape.safeParse(invoice).data;
    if (!current) return undefined;
    const details = current.parent?.subscription_details;
    return details ? {id: details.subscription ?? undefined, metadata: details.metadata} : null;
  }
  const older = olderInvoiceShape.safeParse(invoice).data;
  if (!older) return undefined;
  if (older.subscription === null) return null;
  const line = older.lines?.data.find(candidate => isOurs(candidate.metadata));
  const snapshot = older.subscription_details?.metadata;
  return {id: older.subscription, metadata: snapshot ?? line?.metadata};
}
