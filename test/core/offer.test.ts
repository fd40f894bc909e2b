import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {minorUnits} from '../../src/core/money/money.js';
import {checkAmount} from '../../src/core/money/check-amount.js';
import {chooseCurrency} from '../../src/core/money/choose-currency.js';
import {
  defaultOffer,
  frequencies,
  fromPrice,
  offeredCurrencies,
  offeredFrequencies,
  type Amounts,
  type Offer,
} from '../../src/core/money/offer.js';

function someAmounts(overrides: Partial<Amounts> = {}): Amounts {
  return {min: 200, max: 10_000, presets: [200, 500], preset: 500, ...overrides};
}

/** Creates an offer with monthly amounts in the given currencies. */
function anOffer(...currencies: readonly string[]): Offer {
  return {monthly: Object.fromEntries(currencies.map(currency => [currency, someAmounts()]))};
}

describe('defaultOffer', () => {
  it('starts at $2 a month, with annual and single gifts', () => {
    expect(defaultOffer.id).to.equal('support');
    expect(offeredFrequencies(defaultOffer)).to.deep.equal(['monthly', 'annual', 'once']);
    expect(fromPrice(defaultOffer, 'USD')).to.deep.equal({
      money: {minor: 200, currency: 'USD'},
      frequency: 'monthly',
    });
    expect(defaultOffer.monthly?.['USD']?.presets).to.deep.equal([200, 500, 1000, 2000]);
    expect(defaultOffer.monthly?.['USD']?.preset).to.equal(500);
  });

  it('sells every one of its presets', () => {
    for (const frequency of frequencies)
      for (const [currency, amounts] of Object.entries(defaultOffer[frequency] ?? {})) {
        expect(amounts.presets).to.include(amounts.preset);
        for (const minor of [amounts.min, amounts.max, ...amounts.presets])
          expect(checkAmount(defaultOffer, frequency, {minor, currency}).ok).to.be.true;
      }
  });
});

describe('offeredFrequencies() and offeredCurrencies()', () => {
  const EUR = someAmounts();
  const both: Offer = {once: {GBP: EUR, EUR}, monthly: {EUR}};
  for (const {given, offer, currency, offered, currencies} of [
    {given: 'nothing', offer: {}, offered: [], currencies: []},
    {given: 'a frequency without currencies', offer: {once: {}}, offered: [], currencies: []},
    {
      given: 'two frequencies',
      offer: both,
      offered: ['monthly', 'once'],
      currencies: ['EUR', 'GBP'],
    },
    {
      given: 'a currency',
      offer: both,
      currency: 'GBP',
      offered: ['once'],
      currencies: ['EUR', 'GBP'],
    },
    {given: 'another one', offer: both, currency: 'USD', offered: [], currencies: ['EUR', 'GBP']},
    {
      given: 'an inherited name',
      offer: both,
      currency: 'toString',
      offered: [],
      currencies: ['EUR', 'GBP'],
    },
    {
      given: 'an empty range',
      offer: {annual: {USD: someAmounts({min: 300, max: 200})}},
      offered: [],
      currencies: [],
    },
    {
      given: 'null, from a script of the page',
      offer: {annual: null, once: {USD: null}} as unknown as Offer,
      offered: [],
      currencies: [],
    },
    {
      given: 'no numbers',
      offer: {annual: {USD: {}}} as unknown as Offer,
      offered: [],
      currencies: [],
    },
  ] as const)
    it(`given ${given}: ${offered.join()} and ${currencies.join()}`, () => {
      expect(offeredFrequencies(offer, currency)).to.deep.equal(offered);
      expect(offeredCurrencies(offer)).to.deep.equal(currencies);
    });
});

describe('chooseCurrency()', () => {
  for (const [given, offer, wanted, chosen] of [
    ['no wish', anOffer('GBP', 'EUR'), {}, 'GBP'],
    ['no offer', {}, {configured: 'EUR'}, 'USD'],
    ['a configured currency', anOffer('USD', 'EUR'), {configured: 'EUR', locale: 'en-US'}, 'EUR'],
    ['a configured currency in small letters', anOffer('USD', 'EUR'), {configured: 'eur'}, 'EUR'],
    [
      'a configured currency that is not offered',
      anOffer('USD', 'EUR'),
      {configured: 'GBP', locale: 'de-DE'},
      'EUR',
    ],
    ['a country', anOffer('USD', 'JPY'), {country: 'JP', locale: 'en-US'}, 'JPY'],
    ['a country in small letters', anOffer('USD', 'JPY'), {country: 'jp'}, 'JPY'],
    [
      'a country whose currency is not offered',
      anOffer('EUR', 'USD'),
      {country: 'JP', locale: 'en-US'},
      'USD',
    ],
    ['a fallback', anOffer('USD', 'EUR'), {fallback: 'eur', locale: 'en-US'}, 'EUR'],
    [
      'a fallback and a country',
      anOffer('USD', 'EUR', 'GBP'),
      {fallback: 'EUR', country: 'GB'},
      'GBP',
    ],
    [
      'a fallback and a configured currency',
      anOffer('USD', 'EUR', 'GBP'),
      {fallback: 'EUR', configured: 'GBP'},
      'GBP',
    ],
    [
      'a fallback that is not offered',
      anOffer('USD', 'EUR'),
      {fallback: 'GBP', locale: 'de-DE'},
      'EUR',
    ],
    ['a region with a script', anOffer('USD', 'TWD'), {locale: 'zh-Hant-TW'}, 'TWD'],
    ['a region with an extension', anOffer('USD', 'GBP'), {locale: 'en-GB-u-nu-latn'}, 'GBP'],
    ['a POSIX locale', anOffer('USD', 'SEK'), {locale: 'sv_SE'}, 'SEK'],
    ['a language alone', anOffer('GBP', 'USD', 'EUR'), {locale: 'en'}, 'USD'],
    ['a script alone', anOffer('USD', 'CNY'), {locale: 'zh-Hans'}, 'CNY'],
    ['an extension alone', anOffer('USD', 'CAD'), {locale: 'en-u-ca-iso8601'}, 'USD'],
    ['a region of the world', anOffer('USD', 'EUR'), {locale: 'es-419'}, 'USD'],
    ['an empty locale', anOffer('USD', 'EUR'), {locale: '', country: ''}, 'USD'],
    ['half a country', anOffer('USD', 'EUR'), {country: 'E'}, 'USD'],
    ['nonsense', anOffer('USD', 'EUR'), {locale: '%%-%%', country: '.*'}, 'USD'],
    ['Bulgaria', anOffer('BGN', 'EUR'), {country: 'BG'}, 'EUR'],
    ['Bulgaria without euros', anOffer('USD', 'BGN'), {country: 'BG'}, 'BGN'],
    ['Liechtenstein', anOffer('EUR', 'CHF'), {country: 'LI'}, 'CHF'],
    ['Senegal', anOffer('EUR', 'XOF'), {locale: 'fr-SN'}, 'XOF'],
    ['a habit', anOffer('EUR', 'GBP'), {locale: 'en-UK'}, 'GBP'],
  ] as const)
    it(`given ${given} returns ${chosen}`, () => {
      expect(chooseCurrency(offer, wanted)).to.equal(chosen);
    });

  it('returns the euro for every country that uses it', () => {
    for (const country of 'AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MT NL PT SI SK'.split(
      ' ',
    ))
      expect(chooseCurrency(anOffer('USD', 'EUR'), {country}), country).to.equal('EUR');
  });

  it('returns the currency of countries whose code starts it', () => {
    for (const currency of 'AUD BRL CAD CHF CZK DKK GBP HKD HUF ILS INR JPY KRW MXN NOK NZD PLN RON SEK SGD TRY UAH USD ZAR'.split(
      ' ',
    ))
      expect(
        chooseCurrency(anOffer('EUR', currency), {country: currency.slice(0, 2)}),
        currency,
      ).to.equal(currency);
  });
});

describe('checkAmount()', () => {
  const min = {minor: 200, currency: 'USD'};
  const max = {minor: 10_000, currency: 'USD'};
  const offer = anOffer('USD', 'JPY', 'KWD', 'ISK');
  const tooSmall = {ok: false, reason: 'amount-too-small', min, max};
  for (const [given, minor, verdict] of [
    ['a preset', 500, {ok: true}],
    ['an amount of the reader', 777, {ok: true}],
    ['the least', 200, {ok: true}],
    ['the most', 10_000, {ok: true}],
    ['a cent less', 199, tooSmall],
    ['nothing', 0, tooSmall],
    ['a negative amount', -500, tooSmall],
    ['a cent more', 10_001, {ok: false, reason: 'amount-too-large', min, max}],
    ['infinity', Infinity, {ok: false, reason: 'amount-too-large', min, max}],
    ['half a cent', 500.5, {ok: false, reason: 'wrong-step', min, max}],
    ['no number', NaN, {ok: false, reason: 'wrong-step', min, max}],
  ] as const)
    it(`given ${given} answers ${verdict.ok ? 'yes' : verdict.reason}`, () => {
      expect(checkAmount(offer, 'monthly', {minor, currency: 'USD'})).to.deep.equal(verdict);
    });

  for (const [given, currency, minor, reason] of [
    ['yen', 'JPY', 201, undefined],
    ['a thousandth of a dinar', 'KWD', 201, 'wrong-step'],
    ['a hundredth of a dinar', 'KWD', 210, undefined],
    ['half a króna', 'ISK', 250, 'wrong-step'],
    ['a currency that is not offered', 'EUR', 500, 'not-offered'],
    ['an inherited name', 'constructor', 500, 'not-offered'],
  ] as const)
    it(`given ${given} answers ${reason ?? 'yes'}`, () => {
      const verdict = checkAmount(offer, 'monthly', {minor, currency});
      expect(verdict.ok ? undefined : verdict.reason).to.equal(reason);
    });

  it('refuses a frequency that is not offered', () => {
    expect(checkAmount(offer, 'once', {minor: 500, currency: 'USD'})).to.deep.equal({
      ok: false,
      reason: 'not-offered',
    });
  });
});

describe('fromPrice()', () => {
  for (const [given, offer, currency, price] of [
    ['no offer', {}, 'USD', undefined],
    ['another currency', anOffer('EUR'), 'USD', undefined],
    [
      'single gifts only',
      {once: {USD: someAmounts({min: 300, presets: [500]})}},
      'USD',
      [300, 'once'],
    ],
    [
      'a year that costs less than a month',
      {annual: {USD: someAmounts({min: 100})}, monthly: {USD: someAmounts()}},
      'USD',
      [200, 'monthly'],
    ],
    [
      'a least that is between two steps',
      {monthly: {ISK: someAmounts({min: 150})}},
      'ISK',
      [200, 'monthly'],
    ],
    [
      'a range between two steps',
      {monthly: {ISK: someAmounts({min: 110, max: 190})}},
      'ISK',
      undefined,
    ],
    ['a range from nothing', {monthly: {ISK: someAmounts({min: 0})}}, 'ISK', [100, 'monthly']],
  ] as const)
    it(`given ${given} returns ${price?.join(' ') ?? 'nothing'}`, () => {
      expect(fromPrice(offer, currency)).to.deep.equal(
        price && {money: {minor: price[0], currency}, frequency: price[1]},
      );
    });

  it('returns the smallest amount that is sold', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('USD', 'JPY', 'KWD', 'ISK'),
        fc.constantFrom(...frequencies),
        fc.integer({min: 0, max: 5000}),
        fc.integer({min: 0, max: 5000}),
        (currency, frequency, min, max) => {
          const offer: Offer = {[frequency]: {[currency]: someAmounts({min, max})}};
          const from = fromPrice(offer, currency);
          expect(offeredFrequencies(offer)).to.deep.equal(from ? [frequency] : []);
          if (!from) return;
          expect(checkAmount(offer, frequency, from.money)).to.deep.equal({ok: true});
          const less = {...from.money, minor: from.money.minor - minorUnits(currency).step};
          expect(checkAmount(offer, frequency, less).ok).to.be.false;
        },
      ),
    );
  });
});
