import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {checkAmount} from '../../src/core/money/check-amount.js';
import {offerSold, type CheckoutSetting} from '../../src/core/money/checkout-setting.js';
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
