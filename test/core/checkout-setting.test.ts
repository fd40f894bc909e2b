import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {checkAmount} from '../../src/core/money/check-amount.js';
import {donationPage} from '../../src/checkout/donation-page.js';
import {paymentLinks} from '../../src/checkout/payment-links.js';
import {serverEmbedded} from '../../src/checkout/server-embedded.js';
import {serverRedirect} from '../../src/checkout/server-redirect.js';
import {
  isPaidThroughStripe,
  offerSold,
  type CheckoutSetting,
} from '../../src/core/money/checkout-setting.js';
import {
  defaultOffer,
  fromPrice,
  frequencies,
  offeredCurrencies,
  offeredFrequencies,
  type Offer,
} from '../../src/core/money/offer.js';

const a = 'https://buy.stripe.com/a';
const links = (paymentLinks: object): CheckoutSetting => ({paymentLinks});
const monthly = (presets: number[], preset: number): Offer => ({
  id: 'spring',
  monthly: {USD: {min: 100, max: 100_000, presets, preset}},
});

describe('isPaidThroughStripe()', () => {
  const elsewhere = 'https://pay.example.org/a';
  const handled = () => Promise.resolve({type: 'handled'} as const);
  for (const {given, checkout, is} of [
    {given: 'an endpoint of the site', checkout: '/companion/checkout', is: true},
    {given: 'an endpoint of another host', checkout: 'https://api.example.org/checkout', is: true},
    {given: 'an empty attribute', checkout: '', is: false},
    {given: 'nothing', checkout: undefined, is: false},
    {given: 'null', checkout: null, is: false},
    {given: 'a link', checkout: links({once: {EUR: {custom: a}}}), is: true},
    {given: 'a donation link', checkout: links({once: {EUR: {custom: 'https://donate.stripe.com/a'}}}), is: true}, // prettier-ignore
    {given: 'a link in capitals', checkout: links({once: {EUR: {custom: 'https://BUY.stripe.com/a'}}}), is: true}, // prettier-ignore
    {given: 'one link elsewhere', checkout: links({monthly: {USD: {500: a, 900: elsewhere}}}), is: false}, // prettier-ignore
    {given: 'one currency elsewhere', checkout: links({monthly: {USD: {500: a}, EUR: {500: elsewhere}}}), is: false}, // prettier-ignore
    {given: 'one frequency elsewhere', checkout: links({monthly: {USD: {500: a}}, once: {USD: {custom: elsewhere}}}), is: false}, // prettier-ignore
    {given: 'a host that begins like Stripe’s', checkout: links({monthly: {USD: {500: 'https://buy.stripe.com.example.org/a'}}}), is: false}, // prettier-ignore
    {given: 'a host that ends like Stripe’s', checkout: links({monthly: {USD: {500: 'https://evil-buy.stripe.com/a'}}}), is: false}, // prettier-ignore
    {given: 'Stripe’s host in a query', checkout: links({monthly: {USD: {500: 'https://example.org/?https://buy.stripe.com/'}}}), is: false}, // prettier-ignore
    {given: 'a page', checkout: {page: 'https://example.org/?a={amount}'}, is: false},
    {given: 'a page at Stripe', checkout: {page: a}, is: false},
    {given: 'a hook', checkout: handled, is: false},
    {given: 'a hook that says so', checkout: Object.assign(handled.bind(null), {provider: 'stripe'}), is: true}, // prettier-ignore
    {given: 'a hook that says another', checkout: Object.assign(handled.bind(null), {provider: 'paypal'}), is: false}, // prettier-ignore
    {given: 'the redirect', checkout: serverRedirect('/checkout'), is: true},
    {given: 'the embedded page', checkout: serverEmbedded({url: '/checkout', publishableKey: 'pk_test_1'}), is: true}, // prettier-ignore
    {given: 'the hook of links', checkout: paymentLinks({monthly: {USD: {500: a}}}), is: true},
    {given: 'the hook of links elsewhere', checkout: paymentLinks({monthly: {USD: {500: elsewhere}}}), is: false}, // prettier-ignore
    {given: 'the hook of a page', checkout: donationPage('https://example.org/'), is: false},
  ])
    it(`${is ? 'knows' : 'does not say'} that it is Stripe’s, given ${given}`, () => {
      expect(isPaidThroughStripe(checkout)).to.equal(is);
    });

  it('takes no hook’s word from a prototype', () => {
    Object.defineProperty(Object.prototype, 'provider', {value: 'stripe', configurable: true});
    try {
      expect(isPaidThroughStripe(handled)).to.equal(false);
      expect(isPaidThroughStripe({page: a})).to.equal(false);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'provider');
    }
  });
});

describe('offerSold()', () => {
  const rows: {given: string; checkout: unknown; offer?: Offer; sold: unknown}[] = [
    {given: 'an endpoint', checkout: '/checkout', offer: defaultOffer, sold: defaultOffer},
    {given: 'no checkout', checkout: undefined, offer: defaultOffer, sold: defaultOffer},
    {given: 'a page', checkout: {page: a}, offer: defaultOffer, sold: defaultOffer},
    {given: 'a hook', checkout: () => undefined, offer: defaultOffer, sold: defaultOffer},
    {given: 'a page and no offer', checkout: {page: a}, sold: undefined},
    {
      given: 'one link and no offer',
      checkout: links({monthly: {USD: {500: a}}}),
      sold: {
        id: undefined,
        monthly: {USD: {min: 500, max: 500, presets: [500], preset: 500, presetsOnly: true}},
      },
    },
    {
      given: 'several links and no offer',
      checkout: links({annual: {JPY: {3000: a, 1000: a, 5000: a, 9000: a}}}),
      sold: {
        id: undefined,
        annual: {
          JPY: {
            min: 1000,
            max: 9000,
            presets: [1000, 3000, 5000, 9000],
            preset: 3000,
            presetsOnly: true,
          },
        },
      },
    },
    {
      given: 'an open link beside one of an amount, and no offer',
      checkout: links({once: {EUR: {1000: a, custom: a}}}),
      sold: {
        id: undefined,
        once: {EUR: {min: 1000, max: 100_000, presets: [1000], preset: 1000}},
      },
    },
    {
      given: 'presets without a link',
      checkout: links({monthly: {USD: {500: a, 1000: a}}}),
      offer: monthly([200, 500, 1000, 2000], 500),
      sold: {
        id: 'spring',
        monthly: {USD: {min: 500, max: 1000, presets: [500, 1000], preset: 500, presetsOnly: true}},
      },
    },
    {
      given: 'a preset at first that has no link',
      checkout: links({monthly: {USD: {2000: a}}}),
      offer: monthly([200, 500, 2000], 500),
      sold: {
        id: 'spring',
        monthly: {USD: {min: 2000, max: 2000, presets: [2000], preset: 2000, presetsOnly: true}},
      },
    },
    {
      given: 'an open link for single gifts, which takes every preset',
      checkout: links({once: {USD: {custom: a}}}),
      offer: defaultOffer,
      sold: {id: 'support', once: {USD: defaultOffer.once!['USD']}},
    },
    {
      given: 'an open link for monthly gifts, which Stripe has not',
      checkout: links({monthly: {USD: {custom: a}}}),
      offer: defaultOffer,
      sold: {id: 'support'},
    },
    {
      given: 'links in another currency',
      checkout: links({monthly: {EUR: {500: a}}}),
      offer: defaultOffer,
      sold: {id: 'support'},
    },
    {given: 'no link at all', checkout: links({}), sold: {id: undefined}},
    {
      given: 'an open link alone and no offer, because nothing says how much',
      checkout: links({once: {USD: {custom: a}}}),
      sold: {id: undefined},
    },
  ];
  for (const {given, checkout, offer, sold} of rows) {
    it(`gives what can be paid, given ${given}`, () => {
      expect(offerSold(checkout, offer)).to.deep.equal(sold);
    });
  }

  it('sells exactly the amounts that have a link, and shows no other', () => {
    const amount = fc.constantFrom(200, 500, 1000, 2000, 2500, 5000);
    const byAmount = fc.dictionary(amount.map(String), fc.constant(a));
    const byCurrency = fc.dictionary(fc.constantFrom('USD', 'EUR', 'JPY'), byAmount);
    const table = fc.record(
      {monthly: byCurrency, annual: byCurrency, once: byCurrency},
      {requiredKeys: []},
    );
    fc.assert(
      fc.property(table, fc.boolean(), (paymentLinks, isOffered) => {
        const sold = offerSold({paymentLinks}, isOffered ? defaultOffer : undefined)!;
        for (const currency of offeredCurrencies(sold)) {
          const price = fromPrice(sold, currency)!;
          expect(checkAmount(sold, price.frequency, price.money).ok).to.equal(true);
          for (const frequency of offeredFrequencies(sold, currency)) {
            for (let minor = 100; minor <= 6000; minor += 100) {
              const isLinked = paymentLinks[frequency]?.[currency]?.[minor] === a;
              const isSold = checkAmount(sold, frequency, {minor, currency}).ok;
              if (isSold) expect(isLinked, `${frequency} ${minor} ${currency}`).to.equal(true);
              if (isLinked && !isOffered) expect(isSold).to.equal(true);
            }
          }
        }
        const linked = frequencies.flatMap(frequency =>
          Object.values(paymentLinks[frequency] ?? {}).flatMap(Object.keys),
        );
        if (!isOffered) expect(offeredCurrencies(sold).length > 0).to.equal(linked.length > 0);
      }),
    );
  });
});
