/** Provides a checkout that embeds Stripe's payment page in the article's page. */

import type {CheckoutOutcome} from '../core/money/checkout.js';
import {askCompanion, throughStripe} from './ask-companion.js';
import type {CompanionOptions} from './ask-companion.js';
import {CheckoutError, checkoutErrorCode} from './checkout-error.js';
import type {CheckoutHook} from './hook.js';
import {serverRedirect} from './server-redirect.js';

/** The part of Stripe's embedded page that is used. */
export interface EmbeddedCheckoutPage {
  mount(element: HTMLElement): void;
  destroy(): void;
}

/** The part of Stripe.js that is used; the result of `loadStripe()` fits. */
export interface StripeForEmbedding {
  createEmbeddedCheckoutPage(options: {
    fetchClientSecret: () => Promise<string>;
    onComplete: () => void;
  }): Promise<EmbeddedCheckoutPage>;
}

/** Loads Stripe.js for a publishable key; resolves with `null` or rejects when it is unavailable. */
export type StripeLoader = (publishableKey: string) => Promise<StripeForEmbedding | null>;

/** Options of the embedded checkout. */
export interface ServerEmbeddedOptions extends CompanionOptions {
  /** The site's checkout endpoint. */
  readonly url: string;
  /** `pk_test_…` or `pk_live_…`. */
  readonly publishableKey: string;
  /** Loads Stripe.js. Default: `@stripe/stripe-js/pure`, at the first press. */
  readonly stripe?: StripeLoader;
}

// Enough for a slow connection, and leaves time of the ten seconds to use the hosted page instead.
const scriptPatience = 4_000;

const loadFromPackage: StripeLoader = async publishableKey => {
  const {loadStripe} = await import('@stripe/stripe-js/pure');
  return loadStripe(publishableKey);
};

/**
 * Returns a hook that posts the intent to `url`, which creates an embedded Checkout Session and answers
 * `{clientSecret}`. The page is mounted in a light-DOM child of the element, because Stripe refuses
 * shadow roots. Where Stripe.js is blocked or cannot embed, the reader goes to the hosted page instead.
 *
 * Throws a `TypeError` at once when the key is not publishable.
 */
export function serverEmbedded(options: ServerEmbeddedOptions): CheckoutHook {
  const {url, publishableKey, stripe = loadFromPackage} = options;
  // The message does not repeat the key, which may be a secret one.
  if (!publishableKey.startsWith('pk_')) {
    throw new TypeError('expected a publishable key (pk_…) but received another kind of key');
  }

  return throughStripe(async (intent, host) => {
    const {signal} = host;
    const goHosted = async (cause: unknown): Promise<CheckoutOutcome> => {
      try {
        return await serverRedirect(url, options)(intent, host);
      } catch (error) {
        // An endpoint that supports only embedded pages offers no alternative.
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
      // An endpoint that supports only hosted pages answers with a URL.
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
      // Stripe allows one embedded page at a time, so every one must be destroyed.
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
  });
}

/** Waits for a value with a time-out. Rejects when the value is `null`. */
function within<T>(milliseconds: number, promise: Promise<T | null>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(reject, milliseconds);
    promise
      .then(value => (value ? resolve(value) : reject(new Error('nothing was loaded'))), reject)
      .finally(() => clearTimeout(timer));
  });
}
