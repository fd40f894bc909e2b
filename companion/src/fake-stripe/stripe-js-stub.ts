/** Provides a stub of Stripe.js that mounts the fake's embedded page and is as strict as the real one. */

/**
 * Returns the text of a classic script that defines `window.Stripe`. `pages` is the URL of the fake's
 * pages with the origin, since the script may be served from any URL, even `https://js.stripe.com/…`.
 */
export function stripeJsStub(pages: string): string {
  return `(() => {
  'use strict';
  const pages = ${JSON.stringify(pages).replaceAll('<', '\\u003c')};
  const origin = new URL(pages, location.href).origin;
  let taken = false;

  const fail = message => Object.assign(new Error(message), {name: 'IntegrationError'});

  async function createEmbeddedCheckoutPage(options) {
    const {fetchClientSecret, clientSecret, onComplete} = options ?? {};
    if (taken) throw fail('You cannot have multiple Embedded Checkout objects.');
    taken = true;
    let secret;
    try {
      secret = clientSecret ?? (await fetchClientSecret());
    } catch (error) {
      taken = false;
      throw error;
    }
    if (!/^cs_\\w+_secret_/.test(secret)) {
      taken = false;
      throw fail('The client secret is not one of a Checkout Session.');
    }
    let frame;
    let isDestroyed = false;

    function hear(event) {
      if (!frame || event.source !== frame.contentWindow || event.origin !== origin) return;
      const {type, height, url} = event.data ?? {};
      if (type === 'stripe-fake:height') frame.setAttribute('height', String(height));
      if (type === 'stripe-fake:return') location.assign(url);
      if (type === 'stripe-fake:complete') onComplete?.();
    }

    return {
      mount(place) {
        if (isDestroyed) throw fail('This Embedded Checkout has been destroyed.');
        const element = typeof place === 'string' ? document.querySelector(place) : place;
        if (!(element instanceof Element)) throw fail('The selector you specified applies to no DOM element.');
        if (element.getRootNode() instanceof ShadowRoot)
          throw fail('Elements cannot be mounted in a ShadowRoot. Please mount in the Light DOM.');
        if (!element.isConnected) throw fail('The element is not in the document.');
        frame = document.createElement('iframe');
        frame.title = 'Test payment';
        frame.name = 'embedded-checkout';
        frame.setAttribute('width', '100%');
        frame.setAttribute('height', '480');
        frame.setAttribute('frameborder', '0');
        frame.src = pages + '/embedded/' + secret.split('_secret_')[0];
        addEventListener('message', hear);
        element.replaceChildren(frame);
      },
      unmount() {
        removeEventListener('message', hear);
        frame?.remove();
        frame = undefined;
      },
      destroy() {
        this.unmount();
        isDestroyed = true;
        taken = false;
      },
    };
  }

  function Stripe(key) {
    if (!/^pk_(test|live)_/.test(key ?? '')) throw fail('Please call Stripe() with your publishable key.');
    return {createEmbeddedCheckoutPage, _registerWrapper() {}};
  }
  Stripe.version = 'endive';
  window.Stripe = Stripe;
})();
`;
}

/** The script inside the frame: reports its height and the payment's result to the outer page. */
export const embeddedScript: string = `(() => {
  'use strict';
  const {state, return: url} = document.querySelector('[data-state]').dataset;
  const say = message => parent.postMessage(message, '*');
  const tell = () => say({type: 'stripe-fake:height', height: document.body.offsetHeight});
  new ResizeObserver(tell).observe(document.body);
  tell();
  if (state === 'complete') say(url ? {type: 'stripe-fake:return', url} : {type: 'stripe-fake:complete'});
})();
`;
