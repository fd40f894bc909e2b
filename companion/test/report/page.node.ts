import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {after, before, describe, it} from 'node:test';
import {parseHTML} from 'linkedom';
import type {Browser} from 'puppeteer-core';
import {drawAppeal} from '../../src/cli/appeal-markup.js';
import type {CampaignsFile, Overrides} from 'reader-support/core';
import {readFact} from '../../src/report/log-record.js';
import {foldAll} from '../../src/report/aggregate.js';
import {reportPage, type PageOptions} from '../../src/report/page.js';
import {resultsOf} from '../../src/report/results.js';
import {percentOf} from '../../src/report/format.js';
import {sentenceOf} from '../../src/report/sentence.js';
import {scaleOf} from '../../src/report/gift-value.js';
import {chromium, visit} from '../../../test/package/a-page.js';
import {anExperiment, day, someLines, start} from './fixtures.js';
import {longTestLimit} from '../../../test/time-limit.js';

const file: CampaignsFile = {
  publication: 'The <Harbour> Post',
  currency: 'EUR',
  campaigns: [
    {
      id: 'winter',
      copy: {
        heading: 'A message from {publication}',
        body: [
          'We **need** you, from {from}. <img src=x onerror=alert(1)>',
          '[Why](https://example.org/why)',
        ],
      },
      offer: {monthly: {EUR: {min: 200, max: 50_000, presets: [300, 500], preset: 500}}},
    },
  ],
};
const experiment = anExperiment();
const lines = [...someLines({seed: 3, readers: 12_000, days: 20, rates: [0.01, 0.02]})];
const tally = foldAll(
  lines.flatMap(line => readFact(line) ?? []),
  () => scaleOf(experiment.metric, 'EUR'),
);
const results = resultsOf(experiment, tally, {now: start + 21 * day});
const page = (options: Partial<PageOptions> = {}, of = results) =>
  reportPage(of, {file, experiment, ...options});
const parsed = async (...given: Parameters<typeof page>) =>
  parseHTML(await page(...given)).document;
const textOf = (element: Element | null) => element?.textContent.replaceAll(/\s+/g, ' ').trim();

describe('reportPage()', () => {
  it('begins with the sentence, and has its parts in order', async () => {
    const document = await parsed();
    assert.equal(textOf(document.querySelector('h1')), sentenceOf(results).text);
    assert.deepEqual([...document.querySelectorAll('h2')].map(textOf), [
      'The difference',
      'The versions',
      'Where it came from',
      'Side effects',
      'Over time',
      'How this was counted',
    ]);
  });

  it("shows each version's words and amounts as readers saw them", async () => {
    const cards = [...(await parsed()).querySelectorAll('.card')];
    assert.deepEqual(
      cards.map(one => textOf(one.querySelector('h4'))),
      ['A message from The <Harbour> Post', 'You read us. Help pay for it.'],
    );
    assert.deepEqual([...cards[0]!.querySelectorAll('.amounts li')].map(textOf), ['€3', '€5']);
    assert.equal(textOf(cards[0]!.querySelector('strong')), 'need');
    assert.match(cards[0]!.textContent, /from €2\. <img/);
  });

  it('holds no script, no image and no address that is fetched', async () => {
    const text = await page();
    const {document} = parseHTML(text);
    assert.equal(document.querySelectorAll('script, img, link, iframe, a').length, 0);
    assert.doesNotMatch(text, /https?:\/\/(?!www\.w3\.org\/)/);
  });

  it('has words for every picture, and a table for the course', async () => {
    const document = await parsed();
    const pictures = [...document.querySelectorAll('svg')];
    assert.equal(pictures.length, 5);
    for (const one of pictures) {
      assert.equal(one.getAttribute('role'), 'img');
      assert.match(one.getAttribute('aria-label')!, /control|plain-words/);
    }
    assert.equal(document.querySelectorAll('details tbody tr').length, results.course.length);
  });

  it('does not say that nobody leads after the planned end, which may name a leader', async () => {
    const [band] = [...(await parsed()).querySelectorAll('figcaption')].map(textOf).slice(-1);
    assert.match(band!, /until the planned end, nobody leads while it covers zero/);
  });

  it('writes a minus as one, and none before nothing', () => {
    assert.deepEqual(
      [-0.02, -0.001, 0.5].map(one => percentOf(one)),
      ['−2 %', '0 %', '50 %'],
    );
    assert.equal(percentOf(-0.0049, 1), '−0.5 %');
  });

  it('draws the real element where that can be done', async () => {
    const draw = (campaign: {id: string}) => Promise.resolve(`<b data-id="${campaign.id}"></b>`);
    const document = await parsed({draw});
    assert.equal(document.querySelectorAll('[data-drawn=element] b[data-id=winter]').length, 2);
  });

  it('says over everything what its label says', async () => {
    const document = await parsed({label: 'Simulated numbers'});
    assert.equal(textOf(document.querySelector('main')!.firstElementChild), 'Simulated numbers');
  });

  it('shows nothing where an arm shows nothing', async () => {
    const arms = {...experiment.arms, silent: {weight: 0, enabled: false}};
    const hidden = anExperiment({arms});
    const found = resultsOf(hidden, tally, {now: start + 21 * day});
    const cards = [...(await parsed({experiment: hidden}, found)).querySelectorAll('.card')];
    assert.match(cards[2]!.textContent, /Nothing is shown/);
  });

  for (const {given, overrides} of [
    {
      given: 'other words',
      overrides: {
        copy: {
          ...{kicker: 'K', highlight: 'H', later: 'L', collapsed: 'C', secondary: 'S'},
          byline: {name: 'N', role: 'R', portrait: '/i/ines.jpg'},
          benefits: {monthly: ['B']},
          button: {monthly: 'Give {amount}'},
          amounts: {monthly: {EUR: {300: {meaning: 'M', pill: 'popular'}}}},
          withoutCount: {kicker: 'W'},
        },
        copies: {de: {kicker: 'D'}},
      },
    },
    {
      given: 'other looks',
      overrides: {
        ...{theme: 'review', accent: '#abc', collapsed: false, claims: 'reviewed', minArticles: 3},
        image: {src: '/i/quay.jpg', alt: '', width: 3, height: 2},
      },
    },
    {given: 'other frequencies', overrides: {frequencies: ['monthly']}},
  ] as {given: string; overrides: Overrides}[])
    it(`shows the words and amounts of an arm with ${given}`, async () => {
      const {control} = experiment.arms;
      const arms = {control: control!, 'plain-words': {weight: 0.5, overrides}};
      const document = await parsed({experiment: anExperiment({arms})});
      const card = document.querySelectorAll('.card')[1]!;
      assert.equal(textOf(card.querySelector('h4')), 'A message from The <Harbour> Post');
      assert.deepEqual([...card.querySelectorAll('.amounts li')].map(textOf), ['€3', '€5']);
      assert.equal(document.querySelectorAll('img, script, a').length, 0);
    });

  it('can be made before there is a single reader', async () => {
    const empty = resultsOf(experiment, {rows: []}, {now: start});
    const document = await parsed({}, empty);
    assert.match(textOf(document.querySelector('.meta'))!, /no reader was counted yet/);
    assert.doesNotMatch(document.body.textContent, /NaN|Infinity|undefined/);
  });
});

describe('the page in a browser', {timeout: longTestLimit}, () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium();
  });
  after(() => browser.close());

  for (const scheme of ['light', 'dark'] as const) {
    it(`has nothing that axe objects to, in ${scheme}`, async () => {
      const axe = readFileSync(
        createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
        'utf8',
      );
      await visit(
        browser,
        {'/': {body: await page({label: 'A test'})}},
        async ({page: tab, errors}) => {
          await tab.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
          await tab.evaluate(axe);
          const found = (await tab.evaluate(
            `axe.run().then(({violations}) => violations.map(one => one.id + ': ' + one.nodes[0].html))`,
          )) as string[];
          assert.deepEqual(found, []);
          assert.deepEqual(errors, []);
          const wide = await tab.evaluate(`document.documentElement.scrollWidth - innerWidth`);
          assert.equal(wide, 0);
        },
      );
    });
  }

  it('shows no style sheet of the real element as text', async () => {
    await visit(browser, {'/': {body: await page({draw: drawAppeal})}}, async ({page: tab}) => {
      const shown = (await tab.evaluate(
        `[...document.querySelectorAll('.card support-appeal')].flatMap(appeal => {
          const ask = appeal.shadowRoot.querySelector('support-ask');
          return [appeal, ask].flatMap(element =>
            [...element.shadowRoot.querySelectorAll('style')].map(style => getComputedStyle(style).display),
          );
        })`,
      )) as string[];
      assert.ok(shown.length >= 4);
      assert.deepEqual([...new Set(shown)], ['none']);
    });
  });

  it('keeps every field in its card at 360 px, and its words in their frames', async () => {
    const long = 'The quay at night, with the ferry in front of it. '.repeat(12);
    const overrides: Overrides = {
      ...{format: 'bar', collapsed: false, theme: 'review', accent: '#a1263a', minArticles: 20},
      image: {src: `/i/${'quay'.repeat(30)}.jpg`, alt: long, width: 4000, height: 100},
      copy: {
        ...{kicker: long, highlight: long, later: long.slice(0, 90), collapsed: long},
        byline: {name: 'N'.repeat(150), role: 'R', portrait: `/i/${'ines'.repeat(30)}.jpg`},
        benefits: {monthly: [long]},
        button: {monthly: 'Give {amount} a month, which is a very long thing to say on a button'},
        secondary: `[${'w'.repeat(120)}](https://example.org)`,
        amounts: {monthly: {EUR: {300: {meaning: 'M'.repeat(100), pill: 'popular'}}}},
        withoutCount: {heading: 'W'.repeat(120)},
      },
    };
    const arms = {control: experiment.arms['control']!, 'plain-words': {weight: 0.5, overrides}};
    const body = await page({experiment: anExperiment({arms})});
    await visit(browser, {'/': {body}}, async ({page: tab}) => {
      await tab.setViewport({width: 360, height: 700});
      await tab.evaluate(
        `document.querySelectorAll('details').forEach(details => (details.open = true))`,
      );
      assert.equal(await tab.evaluate(`document.documentElement.scrollWidth`), 360);
      const cut = await tab.evaluate(
        `[...document.querySelectorAll('.card :not(svg, svg *)')].filter(({clientWidth, clientHeight, scrollWidth, scrollHeight}) =>
          clientWidth > 0 && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1),
        ).map(({outerHTML}) => outerHTML.slice(0, 120))`,
      );
      assert.deepEqual(cut, []);
    });
  });

  it('shows the real element of every version, on a phone and on paper too', async () => {
    const body = await page({draw: drawAppeal});
    await visit(browser, {'/': {body}}, async ({page: tab, errors}) => {
      const looks = async () =>
        (await tab.evaluate(
          `[...document.querySelectorAll('.card support-appeal')].map(one => {
            const text = one.shadowRoot.querySelector('h2').textContent.trim();
            const {height, right} = one.getBoundingClientRect();
            return [text, height > 200, right <= innerWidth];
          })`,
        )) as unknown[];
      const wanted = [
        ['A message from The <Harbour> Post', true, true],
        ['You read us. Help pay for it.', true, true],
      ];
      for (const width of [1280, 320]) {
        await tab.setViewport({width, height: 700});
        assert.deepEqual(await looks(), wanted);
        assert.equal(await tab.evaluate(`document.documentElement.scrollWidth`), width);
      }
      await tab.emulateMediaType('print');
      assert.deepEqual(await looks(), wanted);
      assert.deepEqual(errors, []);
    });
  });

  it('fits a phone, and paper', async () => {
    await visit(browser, {'/': {body: await page()}}, async ({page: tab}) => {
      await tab.setViewport({width: 360, height: 700});
      assert.equal(await tab.evaluate(`document.documentElement.scrollWidth`), 360);
      await tab.emulateMediaType('print');
      const colour = await tab.evaluate(`getComputedStyle(document.body).color`);
      assert.equal(colour, 'rgb(0, 0, 0)');
    });
  });
});
