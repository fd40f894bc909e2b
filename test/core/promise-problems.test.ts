import {expect} from '@open-wc/testing';
import type {Offer} from '../../src/core/money/offer.js';
import {promiseProblems} from '../../src/core/campaigns/promise-problems.js';

const amounts = (min: number, ...presets: number[]) => ({
  ...{min, max: 100_000, presets},
  preset: presets[0]!,
});
const offer: Offer = {
  monthly: {USD: amounts(200, 300, 1250), EUR: amounts(250, 500), JPY: amounts(200, 1500)},
  once: {USD: amounts(500, 1000)},
};

describe('promiseProblems()', () => {
  for (const {given, text, named} of [
    {given: 'a preset', text: 'Give $3 a month.'},
    {given: 'the least', text: 'From **$2** a month.'},
    {given: 'a preset with cents', text: 'Just $12.50.'},
    {given: 'the same with a comma, after the amount', text: 'Ab 2,50 € im Monat.'},
    {given: 'a single gift', text: 'Or $10 once.'},
    {given: 'yen', text: '¥1,500 a month'},
    {given: 'a code', text: 'USD 3 or 3 USD'},
    {given: 'the placeholder', text: 'From {from} a month.'},
    {given: 'what the newsroom costs', text: 'A year of reporting costs $250,000.'},
    {given: 'numbers that are no prices', text: 'In 2026 we wrote 1,300 stories for 5 ports.'},
    {given: 'a price of nothing', text: '', named: undefined},
    {given: 'a price that is not there', text: 'Give $4 a month.', named: '$4'},
    {given: 'less than the least', text: 'From $1 a month.', named: '$1'},
    {given: 'a price in bold', text: 'Only **€3**!', named: '€3'},
    {given: 'a currency that is not offered', text: 'For £5 a month.', named: '£5'},
    {given: 'a preset in words', text: '3 dollars a month, or 2.50 Euro'},
    {given: 'a price in words', text: 'Only 1 Euro a month', named: '1 Euro'},
    {given: 'a price in words of several', text: 'From 4 dollars', named: '4 dollars'},
    {given: 'another amount after a code', text: 'EUR 4', named: 'EUR 4'},
  ]) {
    it(`given ${given}`, () => {
      const problem = `promises ${named}, which the offer does not have: write {from}, or make it a preset`;
      expect(promiseProblems({body: ['Fine.', text]}, offer, 'copy')).to.deep.equal(
        named ? [{path: 'copy.body[1]', problem}] : [],
      );
    });
  }

  it('checks every text of the copy', () => {
    const copy = {heading: '$1', body: ['$1', '$1'], reassurance: '$1', fallback: '$1'};
    expect(promiseProblems(copy, offer, 'x').map(({path}) => path)).to.deep.equal([
      'x.heading',
      'x.body[0]',
      'x.body[1]',
      'x.reassurance',
      'x.fallback',
    ]);
  });

  for (const {given, copy, paths} of [
    {given: 'a count in a heading', copy: {heading: '{articles}!'}, paths: ['x.heading']},
    {
      given: 'a count in every text',
      copy: {heading: '{articles}', body: ['{articles}'], reassurance: '{articles}', fallback: 'a'},
      paths: ['x.heading', 'x.body', 'x.reassurance'],
    },
    {
      given: 'a count that is covered',
      copy: {body: ['a', '{articles}'], withoutCount: {body: ['a']}},
      paths: [],
    },
    {
      given: 'another field that is covered',
      copy: {fallback: '{articles}', withoutCount: {heading: 'a'}},
      paths: ['x.fallback'],
    },
    {
      given: 'a count without a count',
      copy: {heading: '{articles}', withoutCount: {heading: '{articles}'}},
      paths: ['x.withoutCount.heading'],
    },
    {
      given: 'a price without a count that is not there',
      copy: {withoutCount: {body: ['$1']}},
      paths: ['x.withoutCount.body[0]'],
    },
  ])
    it(`finds counts that cannot always be made, given ${given}`, () => {
      expect(promiseProblems(copy, offer, 'x').map(({path}) => path)).to.deep.equal(paths);
    });
});
