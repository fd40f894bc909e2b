/** Provides a checkout through Stripe Payment Links, for sites without a server. */

import {clientReference} from '../core/money/checkout.js';
import type {CheckoutIntent, CheckoutOutcome} from '../core/money/checkout.js';
import {isPaidThroughStripe, type PaymentLinks} from '../core/money/checkout-setting.js';
import type {Frequency} from '../core/money/offer.js';
import {stripeLocale} from '../core/money/stripe-locale.js';
import {CheckoutError} from './checkout-error.js';
import {throughStripe, type CheckoutHook} from './ask-companion.js';
import {ownProperties} from '../core/own-properties.js';

/** Options of the links. */
export interface PaymentLinksOptions {
  /** UTM parameters, which Stripe passes on to the page a reader returns to. */
  readonly utm?: Readonly<
    Partial<Record<'source' | 'medium' | 'campaign' | 'content' | 'term', string>>
  >;
}

const utmNames = ['source', 'medium', 'campaign', 'content', 'term'] as const;

/**
 * Returns a hook that sends the reader to the Payment Link of the chosen frequency, currency and amount,
 * with the reader's language and a `client_reference_id` that carries the attribution.
 *
 * Throws a `TypeError` at once for a link that is not `https:`. A press without a matching
 * link fails as `offer-unavailable`.
 */
export function paymentLinks(links: PaymentLinks, options: PaymentLinksOptions = {}): CheckoutHook {
  const {utm = {}} = ownProperties(options);
  const table = links as Readonly<
    Partial<Record<Frequency, Record<string, Record<string, string>>>>
  >;
  for (const [frequency, byCurrency] of Object.entries(table)) {
    for (const [currency, byAmount] of Object.entries(byCurrency)) {
      for (const [amount, link] of Object.entries(byAmount)) {
        if (!/^https:\/\/[^/]/.test(link)) {
          throw new TypeError(
            `expected an https link at ${frequency}.${currency}.${amount} but received ${link}`,
          );
        }
      }
    }
  }

  const outcome = (intent: CheckoutIntent): CheckoutOutcome => {
    const {frequency, amount, locale, email, attribution} = ownProperties(intent);
    const {minor, currency} = amount;
    const byAmount = own(own(table, frequency), currency);
    const fixed = own(byAmount, `${minor}`);
    const link = fixed ?? (frequency === 'once' ? own(byAmount, 'custom') : undefined);
    if (!link) {
      throw new CheckoutError(
        'offer-unavailable',
        `No Payment Link for ${minor} ${currency} (minor units) ${frequency}. Make one in the Stripe ` +
          `Dashboard and add it as ${frequency}.${currency}[${minor}], or take the amount out of the offer.`,
      );
    }
    const url = new URL(link);
    const set = (name: string, value: string) => url.searchParams.set(name, value);
    set('client_reference_id', clientReference(attribution));
    set('locale', stripeLocale(locale));
    if (email) set('prefilled_email', email);
    // Widely used but not documented by Stripe; without it the reader would have to type the amount again.
    if (!fixed) set('__prefilled_amount', `${minor}`);
    for (const name of utmNames) {
      // Stripe silently drops a value with any other character.
      const value = own(utm, name)
        ?.replace(/[^\w-]/g, '-')
        .slice(0, 150);
      if (value) set(`utm_${name}`, value);
    }
    return {type: 'redirect', url: url.href};
  };
  const hook: CheckoutHook = intent => Promise.resolve(intent).then(outcome);
  return isPaidThroughStripe({paymentLinks: links}) ? throughStripe(hook) : hook;
}

/** Reads an own property, so that neither a currency nor a page can name a prototype's member. */
function own<T extends object, K extends keyof T>(object: T | undefined, key: K): T[K] | undefined {
  return object && Object.hasOwn(object, key) ? object[key] : undefined;
}
