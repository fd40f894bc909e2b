/** Declares the checkouts that a campaigns file can name, and finds what they can sell. */

import {amountsOf, type Amounts, type Frequency, type Offer} from './offer.js';

/** The links of one frequency, by currency and amount in minor units. */
export type LinksByAmount = Readonly<Record<string, Readonly<Record<number, string>>>>;

/** The links of single gifts, by amount; `custom` is a link where the customer chooses the price. */
export type LinksForOnce = Readonly<
  Record<string, Readonly<Record<number, string>> & {readonly custom?: string}>
>;

/** Stripe Payment Links: one for every recurring amount, because customers cannot choose those at Stripe. */
export interface PaymentLinks {
  readonly monthly?: LinksByAmount;
  readonly annual?: LinksByAmount;
  readonly once?: LinksForOnce;
}

/**
 * Where a press goes: the address of a checkout endpoint, Payment Links, or the address of a page that takes
 * money, with placeholders such as `{amount}`.
 */
export type CheckoutSetting =
  string | {readonly paymentLinks: PaymentLinks} | {readonly page: string};

/**
 * Returns what Payment Links can sell: of an offer the amounts that have a link; without an offer the amounts
 * of the links, where there are any. Only single gifts with a link `custom` take other amounts.
 */
export function offerOfLinks(links: PaymentLinks, offer?: Offer): Offer {
  const sold: Record<string, Record<string, Amounts>> = {};
  for (const [frequency, byCurrency] of Object.entries(links)) {
    for (const [currency, byAmount] of Object.entries(byCurrency as LinksForOnce)) {
      const keys = Object.keys(byAmount);
      const isOpen = frequency === 'once' && keys.includes('custom');
      // Whole numbers are the first keys of an object, in ascending order.
      const linked = keys.map(Number).filter(Boolean);
      const [least = 0] = linked;
      const amounts = offer
        ? amountsOf(offer, frequency as Frequency, currency)
        : {
            min: least,
            max: (linked.at(-1) ?? 0) * 100,
            presets: linked,
            preset: linked[(linked.length - 1) >> 1] ?? 0,
          };
      const presets = amounts?.presets.filter(minor => isOpen || linked.includes(minor)) ?? [];
      const [first] = presets;
      if (!amounts || !first) continue;
      (sold[frequency] ??= {})[currency] = isOpen
        ? amounts
        : {
            min: Math.min(...presets),
            max: Math.max(...presets),
            presets,
            preset: presets.includes(amounts.preset) ? amounts.preset : first,
            presetsOnly: true,
          };
    }
  }
  return {id: offer?.id, ...sold} as Offer;
}

/**
 * Whether a checkout is known to be Stripe's: the address of a checkout endpoint, Payment Links on Stripe's own
 * hosts, or a hook that says so with its `provider`. A page may lead to anyone, and so may other hooks and hosts.
 */
export function isPaidThroughStripe(checkout: unknown): boolean {
  if (typeof checkout === 'string') return checkout !== '';
  const has = (name: string) => Object.hasOwn(Object(checkout) as object, name);
  if (!has('paymentLinks')) {
    return has('provider') && (checkout as {provider: unknown}).provider === 'stripe';
  }
  const {paymentLinks} = checkout as {paymentLinks: Record<string, Record<string, object>>};
  return Object.values(paymentLinks)
    .flatMap(byCurrency => Object.values(byCurrency))
    .flatMap(byAmount => Object.values(byAmount) as string[])
    .every(link => /^https:\/\/(buy|donate|checkout)\.stripe\.com\//i.test(link));
}

/** Returns what a form sells: what is offered, as far as the checkout can sell it; `undefined` is the default offer. */
export function offerSold(checkout: unknown, offer: Offer | undefined): Offer | undefined {
  return Object.hasOwn(Object(checkout) as object, 'paymentLinks')
    ? offerOfLinks((checkout as {paymentLinks: PaymentLinks}).paymentLinks, offer)
    : offer;
}
