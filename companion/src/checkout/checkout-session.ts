/** Builds the parameters of a Checkout Session from an intent. Pure: equal intents give equal parameters. */

import type Stripe from 'stripe';
import {
  checkAmount,
  clientReference,
  type Frequency,
  isCurrency,
  minorUnits,
  type Offer,
  offeredFrequencies,
  stripeLocale,
} from 'reader-support/core';
import type {CheckoutRequest} from './intent.js';
import type {SiteSettings} from '../http/settings.js';
import {leastTaken} from './minimum-amount.js';
import {Problem} from '../http/problem.js';
import {metadataOfSource} from '../stripe/index.js';
import {cancelUrl, samePath, successUrl} from '../http/return-address.js';

const intervals: Readonly<Record<Frequency, 'month' | 'year' | undefined>> = {
  once: undefined,
  monthly: 'month',
  annual: 'year',
};

/** Stripe's limit for one value of metadata. */
const longestValue = 500;

/** Throws a `Problem` for an amount the offer does not sell: the server never trusts a price from the browser. */
export function refuseUnsold(offer: Offer | undefined, request: CheckoutRequest): void {
  const {frequency, amount} = request;
  if (!offer || !offeredFrequencies(offer).includes(frequency))
    throw new Problem(422, 'offer-unavailable');
  if (!isCurrency(amount.currency)) throw new Problem(422, 'currency-unsupported');
  const verdict = checkAmount(offer, frequency, amount);
  if (!verdict.ok) {
    const {reason, min, max} = verdict;
    if (reason === 'not-offered') throw new Problem(422, 'currency-unsupported');
    throw new Problem(422, reason === 'wrong-step' ? 'invalid-request' : reason, {
      ...(min && {min}),
      ...(max && {max}),
    });
  }
  const least = {minor: leastTaken(amount.currency), currency: amount.currency};
  if (amount.minor < least.minor) throw new Problem(422, 'amount-too-small', {min: least});
  // Stripe accepts whole steps only, whatever the offer says.
  if (amount.minor % minorUnits(amount.currency).step) throw new Problem(422, 'invalid-request');
}

/**
 * Returns when the session expires: 35 to 60 minutes from now, in steps of 25 minutes so that a retry
 * sends the same value. The five minutes above Stripe's minimum of 30 allow for a clock that is behind.
 */
export function sessionExpiry(now: number): number {
  const step = 1500;
  return (Math.floor((now / 1000 + 600) / step) + 2) * step;
}

/** Returns the metadata of the session and of its payment or subscription: the newsroom's own names only. */
export function sessionMetadata(request: CheckoutRequest, page: string): Record<string, string> {
  return {
    rs: '1',
    // In this order: a press that is retried must send the same text.
    ...metadataOfSource({offer: request.offerId}),
    rs_frequency: request.frequency,
    ...metadataOfSource({
      ...request.attribution,
      page: page.slice(0, longestValue),
      attempt: request.attemptId,
    }),
  };
}

/** What a session is made of, beside what was asked for. */
export interface SessionSettings extends Pick<SiteSettings, 'site' | 'now'> {
  readonly offers: ReadonlyMap<string, Offer>;
  readonly product: {readonly id: string} | {readonly name: string};
  readonly submitType: 'pay' | 'donate';
  readonly successPath: string | undefined;
}

/** Returns the parameters of the session. URLs are built from the site; only the path comes from the page. */
export function sessionParams(
  settings: SessionSettings,
  request: CheckoutRequest,
): Stripe.Checkout.SessionCreateParams {
  const {site, product, submitType} = settings;
  const {frequency, amount, attribution, email, ui = 'hosted_page'} = request;
  refuseUnsold(settings.offers.get(request.offerId), request);

  const page = samePath(site, attribution.page);
  const metadata = sessionMetadata(request, page);
  const interval = intervals[frequency];
  const success = successUrl(site, settings.successPath ?? page);

  return {
    mode: interval ? 'subscription' : 'payment',
    ui_mode: ui,
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: amount.currency.toLowerCase(),
          unit_amount: amount.minor,
          ...('id' in product ? {product: product.id} : {product_data: {name: product.name}}),
          ...(interval && {recurring: {interval}}),
        },
      },
    ],
    locale: stripeLocale(request.locale),
    client_reference_id: clientReference(attribution),
    ...(email !== undefined && {customer_email: email}),
    metadata,
    // `donate` is not documented for subscriptions, so recurring gifts leave it out.
    ...(interval
      ? {subscription_data: {metadata}}
      : {submit_type: submitType, payment_intent_data: {metadata}}),
    expires_at: sessionExpiry(settings.now()),
    ...(ui === 'embedded_page'
      ? {redirect_on_completion: 'if_required' as const, return_url: success}
      : {success_url: success, cancel_url: cancelUrl(site, page)}),
  };
}

/** Returns the idempotency key of an attempt: a retry gets the same session, another amount a new one. */
export async function attemptKey(
  attemptId: string,
  params: Stripe.Checkout.SessionCreateParams,
): Promise<string> {
  const text = JSON.stringify([attemptId, params]);
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  const hex = Array.from(new Uint8Array(hash), byte => byte.toString(16).padStart(2, '0'));
  return `rs_${hex.join('')}`;
}
