import {expect, fixture, html} from '@open-wc/testing';
import type {Copy} from '../../src/core/campaigns/campaign.js';
import '../../src/define/support-appeal.js';
import type {SupportAppealElement} from '../../src/elements/appeal/support-appeal.js';
import {waitUntil} from '../wait-until.js';

const amounts = (min: number) => ({min, max: 100_000, presets: [1000, 2000], preset: 1000});
const offer = {
  monthly: {USD: amounts(200), EUR: amounts(500), GBP: amounts(300), JPY: amounts(400)},
};

const counting: Copy = {
  heading: 'You have read {articles}',
  body: ['{articles} this month.', 'We answer to nobody but you.'],
  reassurance: '{articles}, and not one advertisement.',
};
const complete: Copy = {
  ...counting,
  withoutCount: {heading: 'A message', body: ['Read us often?'], reassurance: 'No advertisements.'},
};

async function open(properties: Partial<SupportAppealElement>): Promise<SupportAppealElement> {
  (globalThis as {[key: symbol]: unknown})[Symbol.for('reader-support')] = {directed: 1};
  const appeal = await fixture<SupportAppealElement>(
    html`<support-appeal campaign="winter" currency="USD" checkout="/checkout"></support-appeal>`,
  );
  Object.assign(appeal, {offer, ...properties});
  appeal.show();
  await appeal.updateComplete;
  return appeal;
}

const wordsOf = (appeal: SupportAppealElement): string =>
  ['heading', 'copy', 'reassurance']
    .map(part => appeal.shadowRoot!.querySelector(`[part~=${part}]`)?.textContent)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

describe('copy of <support-appeal>', () => {
  for (const [picked, from] of [
    ['EUR', '€5'],
    ['GBP', '£3'],
    ['JPY', '¥400'],
  ] as const)
    it(`names the least amount in ${picked} as soon as the reader picks that`, async () => {
      const appeal = await open({copy: {heading: 'From {from} a month', body: ['{from}!']}});
      expect(wordsOf(appeal)).to.equal('From $2 a month $2!');
      const ask = appeal.shadowRoot!.querySelector('support-ask')!;
      await ask.updateComplete;
      for (const [currency, price] of [
        [picked, from],
        ['USD', '$2'],
        [picked, from],
      ] as const) {
        const select = ask.shadowRoot!.querySelector<HTMLSelectElement>('[part~=currency]')!;
        select.value = currency;
        select.dispatchEvent(new Event('change', {bubbles: true}));
        await appeal.updateComplete;
        expect(wordsOf(appeal)).to.equal(`From ${price} a month ${price}!`);
        await ask.updateComplete;
        expect(ask.shadowRoot!.querySelector('form')!.textContent).to.contain(price[0]);
      }
    });

  it('keeps its currency when a field in its own slots changes', async () => {
    const appeal = await open({copy: {heading: 'From {from} a month'}});
    const field = document.createElement('input');
    field.slot = 'checkout';
    appeal.append(field);
    field.dispatchEvent(new Event('change', {bubbles: true}));
    await appeal.updateComplete;
    expect(appeal.currency).to.equal('USD');
  });

  for (const {given, copy = complete, articles, minArticles, shown} of [
    {given: 'five articles', articles: 5, shown: /^You have read 5 articles 5 articles this month/},
    {given: 'no articles', articles: 0, shown: /^A message Read us often\? No advertisements\.$/},
    {given: 'four articles', articles: 4, shown: /^A message Read us often/},
    {given: 'two of two', articles: 2, minArticles: 2, shown: /^You have read 2 articles/},
    {given: 'nine of ten', articles: 9, minArticles: 10, shown: /^A message Read us often/},
    {given: 'none of none', articles: 0, minArticles: 0, shown: /^A message Read us often/},
    {
      given: 'no articles and no other words',
      copy: counting,
      articles: 0,
      shown: /^Support our journalism We answer to nobody but you\.$/,
    },
    {
      given: 'no articles and a heading of its own alone',
      copy: {...counting, withoutCount: {heading: 'A message'}},
      articles: 0,
      shown: /^A message We answer to nobody but you\.$/,
    },
  ] as {
    given: string;
    copy?: Copy;
    articles: number;
    minArticles?: number;
    shown: RegExp;
  }[])
    it(`claims no count that is not there, given ${given}`, async () => {
      const appeal = await open({copy, articles, ...(minArticles !== undefined && {minArticles})});
      await waitUntil(() => wordsOf(appeal));
      expect(wordsOf(appeal)).to.match(shown);
    });
});
