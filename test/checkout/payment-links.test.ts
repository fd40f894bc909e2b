import {expect} from '@open-wc/testing';
import {paymentLinks} from '../../src/checkout/payment-links.js';
import type {PaymentLinks, PaymentLinksOptions} from '../../src/checkout/index.js';
import {clientReference} from '../../src/core/money/checkout.js';
import type {CheckoutIntent} from '../../src/core/money/checkout.js';
import {aHost, anIntent, codeOf} from './builders.js';

const links: PaymentLinks = {
  monthly: {
    USD: {
      200: 'https://buy.stripe.com/m2',
      500: 'https://buy.stripe.com/m5?utm_source=kept&locale=xx',
    },
    EUR: {500: 'https://buy.stripe.com/eur'},
  },
  annual: {USD: {5000: 'https://buy.stripe.com/a50'}},
  once: {USD: {1000: 'https://donate.stripe.com/o10', custom: 'https://donate.stripe.com/any'}},
};

async function follow(
  intent: Partial<CheckoutIntent> = {},
  options?: PaymentLinksOptions,
): Promise<URL> {
  const outcome = await paymentLinks(links, options)(anIntent(intent), aHost());
  if (outcome.type !== 'redirect') throw new Error(outcome.type);
  return new URL(outcome.url);
}

describe('paymentLinks()', () => {
  const rows: readonly {given: string; intent: Partial<CheckoutIntent>; link: string}[] = [
    {
      given: 'a monthly amount',
      intent: {amount: {minor: 200, currency: 'USD'}},
      link: 'https://buy.stripe.com/m2',
    },
    {
      given: 'another currency',
      intent: {amount: {minor: 500, currency: 'EUR'}},
      link: 'https://buy.stripe.com/eur',
    },
    {
      given: 'an annual amount',
      intent: {frequency: 'annual', amount: {minor: 5000, currency: 'USD'}},
      link: 'https://buy.stripe.com/a50',
    },
    {
      given: 'a single gift',
      intent: {frequency: 'once', amount: {minor: 1000, currency: 'USD'}},
      link: 'https://donate.stripe.com/o10',
    },
    {
      given: 'a single gift of any amount',
      intent: {frequency: 'once', amount: {minor: 1234, currency: 'USD'}},
      link: 'https://donate.stripe.com/any',
    },
  ];
  for (const {given, intent, link} of rows) {
    it(`goes to ${link} given ${given}`, async () => {
      const url = await follow(intent);
      expect(url.origin + url.pathname).to.equal(link);
    });
  }

  it('writes the attribution and the language into the link', async () => {
    const {searchParams} = await follow({locale: 'de-AT'});
    expect(searchParams.get('client_reference_id')).to.equal(
      clientReference(anIntent().attribution),
    );
    expect(searchParams.getAll('locale')).to.deep.equal(['de']);
    expect(searchParams.get('utm_source')).to.equal('kept');
    expect(searchParams.has('prefilled_email')).to.equal(false);
    expect(searchParams.has('__prefilled_amount')).to.equal(false);
  });

  it('fills in what the reader has typed already', async () => {
    const {searchParams} = await follow({
      frequency: 'once',
      amount: {minor: 1234, currency: 'USD'},
      email: 'a+b@example.org',
    });
    expect(searchParams.get('prefilled_email')).to.equal('a+b@example.org');
    expect(searchParams.get('__prefilled_amount')).to.equal('1234');
  });

  it('writes utm values in the only characters Stripe keeps', async () => {
    const {searchParams} = await follow(
      {},
      {utm: {source: 'site', campaign: 'Winter 2026/ü', term: '', content: 'x'.repeat(200)}},
    );
    expect(searchParams.get('utm_source')).to.equal('site');
    expect(searchParams.get('utm_campaign')).to.equal('Winter-2026--');
    expect(searchParams.get('utm_content')).to.have.length(150);
    expect(searchParams.has('utm_term')).to.equal(false);
    expect(searchParams.has('utm_medium')).to.equal(false);
  });

  const without: readonly {given: string; intent: Partial<CheckoutIntent>}[] = [
    {given: 'a monthly amount without a link', intent: {amount: {minor: 700, currency: 'USD'}}},
    {given: 'a currency without links', intent: {amount: {minor: 500, currency: 'GBP'}}},
    {
      given: 'a currency without a link for any amount',
      intent: {frequency: 'once', amount: {minor: 500, currency: 'EUR'}},
    },
    {given: 'a name of the prototype', intent: {amount: {minor: 500, currency: 'constructor'}}},
    {given: 'a frequency of the prototype', intent: {frequency: 'toString' as 'once'}},
  ];
  for (const {given, intent} of without) {
    it(`fails as offer-unavailable given ${given}`, async () => {
      expect(await codeOf(follow(intent))).to.equal('offer-unavailable');
    });
  }

  it('says what to do about an amount without a link', async () => {
    const error = await follow({amount: {minor: 700, currency: 'USD'}}).catch(
      (thrown: unknown) => thrown,
    );
    expect((error as Error).message).to.include('add it as monthly.USD[700]');
  });

  it('never takes a "custom" link for a recurring gift', async () => {
    const hook = paymentLinks({monthly: {USD: {custom: 'https://buy.stripe.com/x'} as never}});
    expect(await codeOf(hook(anIntent(), aHost()))).to.equal('offer-unavailable');
  });

  it('refuses a link that is not https at once', () => {
    for (const link of [
      'http://buy.stripe.com/x',
      'javascript:alert(1)',
      '//buy.stripe.com/x',
      '',
      'https://',
    ]) {
      expect(() => paymentLinks({annual: {USD: {500: link}}})).to.throw(
        TypeError,
        'annual.USD.500',
      );
    }
  });
});
