/** How does a press open Stripe's payment page inside the article's page? */

import type {CheckoutOutcome} from '../core/money/checkout.js';
import {askCompanion} from './ask-companion.js';
import type {CompanionOptions} from './ask-companion.js';
import {CheckoutError, checkoutErrorCode} from './checkout-error.js';
import type {CheckoutHook} from './hook.js';
import {serverRedirect} from './server-redirect.js';

/** Stripe's embedded page, as far as it is used here. */
export interface EmbeddedCheckoutPage {
  mount(element: HTMLElement): void;
  destroy(): void;
}

/** Stripe.js, as far as it is used here; what `loadStripe()` gives fits. */
export interface StripeForEmbedding {
  createEmbeddedCheckoutPage(options: {
    fetchClientSecret: () => Promise<string>;
    onComplete: () => void;
  }): Promise<EmbeddedCheckoutPage>;
}

/** Loads Stripe.js for a publishable key; `null` or a rejection when it cannot be had. */
export type StripeLoader = (publishableKey: string) => Promise<StripeForEmbedding | null>;

/** Where and with which key an embedded page is made. */
export interface ServerEmbeddedOptions extends CompanionOptions {
  /** The site's checkout endpoint. */
  readonly url: string;
  /** `pk_test_…` or `pk_live_…`. */
  readonly publishableKey: string;
  /** Loads Stripe.js; by default from `@stripe/stripe-js/pure`, at the first press. */
  readonly stripe?: StripeLoader;
}

// Time enough for a slow line, and enough left of the ten seconds to go to the hosted page instead.
const scriptPatience = 4_000;

const loadFromPackage: StripeLoader = async publishableKey => {
  const {loadStripe} = await import('@stripe/stripe-js/pure');
  return loadStripe(publishableKey);
};

/**
 * Posts the intent to `url`, which makes an embedded Checkout Session and answers `{clientSecret}`; the
 * page is mounted in a light-DOM child of the element, because Stripe refuses shadow roots. Where
 * Stripe.js is blocked or cannot embed, the reader goes to the hosted page instead.
 *
 * Throws a `TypeError` at once when the key is not a publishable one.
 */
export function serverEmbedded(options: ServerEmbeddedOptions): CheckoutHook {
  const {url, publishableKey, stripe = loadFromPackage} = options;
  // The key itself is never repeated: it may be a secret one.
  if (!publishableKey.startsWith('pk_')) {
    throw new TypeError('expected a publishable key (pk_…) but received another kind of key');
  }

  return async (intent, host) => {
    const {signal} = host;
    const goHosted = async (cause: unknown): Promise<CheckoutOutcome> => {
      try {
        return await serverRedirect(url, options)(intent, host);
      } catch (error) {
        // An endpoint that only knows embedded pages has no way out to offer.
        if (checkoutErrorCode(error) !== 'bad-response') throw error;
        throw new CheckoutError('script-blocked', 'Stripe.js is blocked', {cause});
      }
    };

    let loaded: StripeForEmbedding;
    try {
      loaded = await within(scriptPatience, stripe(publishableKey));
    } catch (error) {
      return goHosted(error);
    }

    const {clientSecret, url: to} = await askCompanion(
      url,
      'embedded_page',
      options,
      intent,
      signal,
    );
    if (typeof clientSecret !== 'string') {
      // An endpoint that only knows hosted pages has answered all the same.
      if (typeof to === 'string') return {type: 'redirect', url: to};
      throw new CheckoutError('bad-response', 'expected {clientSecret}');
    }

    let finish: (how: 'complete' | 'closed') => void = () => undefined;
    const finished = new Promise<'complete' | 'closed'>(resolve => (finish = resolve));
    const close = () => finish('closed');
    try {
      const page = await loaded.createEmbeddedCheckoutPage({
        fetchClientSecret: () => Promise.resolve(clientSecret),
        onComplete: () => finish('complete'),
      });
      // Stripe allows one embedded page at a time, so none may be left behind.
      void finished.then(() => page.destroy());
      signal.addEventListener('abort', close);
      if (signal.aborted) throw new CheckoutError('aborted');
      page.mount(host.mount());
      return {type: 'embedded', finished};
    } catch (error) {
      close();
      if (signal.aborted) throw error;
      return goHosted(error);
    }
  };
}

/** Waits for a value, but not for ever and not for nothing. */
function within<T>(milliseconds: number, promise: Promise<T | null>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, milliseconds);
    promise
      .then(value => (value ? resolve(value) : reject(new Error('nothing was loaded'))), reject)
      .finally(() => clearTimeout(timer));
  });
}
