import {expect} from '@open-wc/testing';
import {donationPage} from '../../src/checkout/donation-page.js';
import {checkoutHook, originsNamedBy} from '../../src/checkout/hook.js';
import type {CheckoutIntent} from '../../src/core/money/checkout.js';
import {aHost, anIntent} from './builders.js';

const follow = async (page: string, intent: Partial<CheckoutIntent> = {}): Promise<string> => {
  const outcome = await donationPage(page)(anIntent(intent), aHost());
  return outcome.type === 'redirect' ? outcome.url : outcome.type;
};

const base = 'https://donate.example.org/';

describe('donationPage()', () => {
  const rows: {given: string; page: string; intent?: Partial<CheckoutIntent>; url: string}[] = [
    {
      given: 'dollars',
      page: '?a={amount}&c={currency}&f={frequency}',
      intent: {frequency: 'monthly', amount: {minor: 550, currency: 'USD'}},
      url: '?a=5.50&c=USD&f=monthly',
    },
    {
      given: 'yen, which have no decimals',
      page: '?a={amount}&m={minor}',
      intent: {amount: {minor: 500, currency: 'JPY'}},
      url: '?a=500&m=500',
    },
    {
      given: 'dinars, which have three',
      page: '?a={amount}&m={minor}',
      intent: {amount: {minor: 5500, currency: 'KWD'}},
      url: '?a=5.500&m=5500',
    },
    {
      given: 'krónur, which Stripe counts with two',
      page: '?a={amount}',
      intent: {amount: {minor: 50_000, currency: 'ISK'}},
      url: '?a=500.00',
    },
    {
      given: 'a campaign with signs in its name',
      page: '{campaign}?c={campaign}#{campaign}',
      intent: {attribution: {campaign: 'a&b=c/ü#'}},
      url: 'a%26b%3Dc%2F%C3%BC%23?c=a%26b%3Dc%2F%C3%BC%23#a%26b%3Dc%2F%C3%BC%23',
    },
    {given: 'no campaign', page: '?c={campaign}', intent: {attribution: {}}, url: '?c='},
    {
      given: 'an unknown placeholder, and one of a prototype',
      page: '?c={sum}&d={constructor}',
      url: '?c=%7Bsum%7D&d=%7Bconstructor%7D',
    },
  ];
  for (const {given, page, intent, url} of rows) {
    it(`fills the address, given ${given}`, async () => {
      expect(await follow(base + page, intent)).to.equal(base + url);
    });
  }
});

describe('the checkout of a campaigns file', () => {
  const link = 'https://give.example.net/abc';

  it('is a hook to Payment Links', async () => {
    const hook = checkoutHook({paymentLinks: {monthly: {USD: {500: link}}}});
    const intent = anIntent({frequency: 'monthly', amount: {minor: 500, currency: 'USD'}});
    const outcome = await hook(intent, aHost());
    expect(outcome.type === 'redirect' && outcome.url.split('?')[0]).to.equal(link);
  });

  it('is a hook to a page', async () => {
    const outcome = await checkoutHook({page: `${link}?a={minor}`})(
      anIntent({amount: {minor: 700, currency: 'USD'}}),
      aHost(),
    );
    expect(outcome).to.deep.equal({type: 'redirect', url: `${link}?a=700`});
  });

  it('names the origins a reader may be sent to, and an endpoint names none', () => {
    const once = {USD: {1000: link, custom: 'https://buy.stripe.com/x'}};
    expect(
      originsNamedBy({paymentLinks: {once, monthly: {EUR: {500: `${base}m`}}}}),
    ).to.have.members([
      'https://give.example.net',
      'https://buy.stripe.com',
      'https://donate.example.org',
    ]);
    expect(originsNamedBy({page: `${base}?a={amount}`})).to.deep.equal([base.slice(0, -1)]);
    for (const value of [
      'https://pay.example.org/checkout',
      () => Promise.resolve({type: 'handled'} as const),
      undefined,
    ]) {
      expect(originsNamedBy(value)).to.deep.equal([]);
    }
  });
});
