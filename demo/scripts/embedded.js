// Embeds Stripe's payment page in this page. Without a key, the fake's stub stands in for Stripe.js.
import {serverEmbedded} from 'reader-support/checkout';

const settings = await fetch('/demo.json').then(response => response.json());
const {offer} = await fetch('/support/campaigns.json').then(response => response.json());

const loadStub = key =>
  new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.addEventListener('load', () => resolve(globalThis.Stripe(key)));
    script.addEventListener('error', () => reject(new Error('the stub could not be loaded')));
    script.src = '/stripe-fake/stripe.js';
    document.head.append(script);
  });

const ask = document.querySelector('support-ask');
ask.offer = offer;
ask.checkout = serverEmbedded({
  url: '/companion/checkout',
  publishableKey: settings.publishableKey,
  ...(settings.stripe === 'fake' ? {stripe: loadStub} : {}),
});

// Defined last, so that the form renders once, with everything it needs.
await import('reader-support/define/support-ask');
