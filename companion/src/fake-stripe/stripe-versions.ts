/** Writes the objects of events as an older API version writes them. */

import type {Named} from './stripe-account.js';
import type {InvoiceObject, SubscriptionObject} from './stripe-objects.js';

/** The first version in which `parent` names an invoice's subscription, and items have the periods. */
const basil = '2025-03-31';

function olderInvoice(invoice: InvoiceObject): object {
  const details = invoice.parent?.subscription_details;
  return {
    ...invoice,
    parent: undefined,
    paid: invoice.status === 'paid',
    subscription: details?.subscription ?? null,
    subscription_details: details ? {metadata: details.metadata} : null,
  };
}

function olderSubscription({items, ...subscription}: SubscriptionObject): object {
  const [item] = items.data;
  const period = {
    current_period_start: item?.current_period_start,
    current_period_end: item?.current_period_end,
  };
  const data = items.data.map(current => ({
    ...current,
    current_period_start: undefined,
    current_period_end: undefined,
  }));
  return {...subscription, ...period, items: {...items, data}};
}

/** Returns an object in the shape of a version. */
export function inVersion(object: Named, apiVersion: string): Named {
  if (apiVersion.slice(0, basil.length) >= basil) return object;
  if (object.object === 'invoice') return olderInvoice(object as InvoiceObject) as Named;
  if (object.object === 'subscription')
    return olderSubscription(object as SubscriptionObject) as Named;
  return object;
}
