import assert from 'node:assert/strict';
import {existsSync, readdirSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {parseCampaigns, type CampaignsFile, type Gift} from 'reader-support/core';
import {sqlStore, type ChosenAmount, type Database} from '../../src/companion.js';
import {drawAppeal} from '../../src/cli/appeal-markup.js';
import {findPopular} from '../../src/cli/popular-amounts.js';
import {popularProblems} from '../../src/cli/popular-problems.js';
import {onEachDatabase} from '../databases.js';
import {longTestLimit} from '../../../test/time-limit.js';
import {aFolder, run} from './fixtures.js';

const pill = {copy: {amounts: {monthly: {USD: {500: {pill: 'popular'}}}}}};
const amounts = {min: 200, max: 50_000, presets: [200, 500, 1000], preset: 1000};
const file: CampaignsFile = {
  offer: {monthly: {USD: amounts}},
  campaigns: [{id: 'winter', ...pill}],
};
const day = 86_400_000;

const monthly = (minor: number, gifts: number, currency = 'USD'): ChosenAmount => ({
  ...{frequency: 'monthly', currency, minor, gifts},
});

describe('findPopular()', () => {
  for (const {given, chosen, minor, text, of = file} of [
    {
      given: 'most of a hundred gifts',
      chosen: [monthly(500, 51), monthly(1000, 49)],
      minor: 500,
      text: 'monthly USD: $5 was chosen most often, 51 times of 100',
    },
    {
      given: 'more than any other, but not half',
      chosen: [monthly(200, 30), monthly(500, 41), monthly(700, 40)],
      minor: 500,
      text: 'monthly USD: $5 was chosen most often, 41 times of 111',
    },
    {given: 'no gifts', chosen: [], text: 'monthly USD: 0 gifts, 100 are needed'},
    {given: 'a gift', chosen: [monthly(500, 1)], text: 'monthly USD: 1 gift, 100 are needed'},
    {given: '99 gifts', chosen: [monthly(500, 99)], text: 'monthly USD: 99 gifts, 100 are needed'},
    {
      given: '99 gifts and many of another frequency',
      chosen: [monthly(500, 99), {...monthly(500, 500), frequency: 'once'} as const],
      text: 'monthly USD: 99 gifts, 100 are needed',
    },
    {
      given: 'two amounts that lead together',
      chosen: [monthly(500, 60), monthly(200, 10), monthly(1000, 60)],
      text: 'monthly USD: $5 and $10 were chosen equally often, 60 times of 130',
    },
    {
      given: 'an amount that readers typed',
      chosen: [monthly(700, 60), monthly(500, 50)],
      text: 'monthly USD: $7 was chosen most often, 60 times of 110, but is no preset',
    },
    {
      given: 'a preset of an offer without a pill',
      chosen: [monthly(700, 120)],
      text: 'monthly USD: $7 was chosen most often, 120 times of 120, but is no preset',
      of: {
        ...file,
        campaigns: [{id: 'a', offer: {monthly: {USD: {...amounts, presets: [700]}}}}],
      },
    },
    {
      given: 'a preset of a campaign with the pill in one language',
      chosen: [monthly(700, 120)],
      minor: 700,
      text: 'monthly USD: $7 was chosen most often, 120 times of 120',
      of: {
        ...file,
        campaigns: [
          {
            id: 'a',
            offer: {monthly: {USD: {...amounts, presets: [700]}}},
            copies: {de: pill.copy},
          },
        ],
      },
    },
    {
      given: 'a preset of an arm with the pill, for readers without a count',
      chosen: [monthly(700, 120)],
      minor: 700,
      text: 'monthly USD: $7 was chosen most often, 120 times of 120',
      of: {
        ...file,
        campaigns: [{id: 'a'}],
        experiments: [
          {
            ...{id: 'e', version: 1, campaign: 'a'},
            arms: {
              control: {weight: 0.5},
              b: {
                weight: 0.5,
                overrides: {
                  offer: {monthly: {USD: {...amounts, presets: [700]}}},
                  copy: {withoutCount: pill.copy},
                },
              },
            },
          },
        ],
      },
    },
  ] as {
    given: string;
    chosen: ChosenAmount[];
    minor?: number;
    text: string;
    of?: CampaignsFile;
  }[])
    it(`finds ${minor === undefined ? 'none and says why' : 'the amount'}, given ${given}`, () => {
      const finding = findPopular(of, chosen).find(({currency}) => currency === 'USD');
      assert.deepEqual([finding?.minor, finding?.text], [minor, text]);
    });

  it('speaks of every frequency and currency that is offered or was given in', () => {
    const found = findPopular(file, [
      monthly(500, 5, 'EUR'),
      {...monthly(500, 5), frequency: 'once'},
    ]);
    assert.deepEqual(
      found.map(({text}) => text),
      [
        'monthly USD: 0 gifts, 100 are needed',
        'monthly EUR: 5 gifts, 100 are needed',
        'once USD: 5 gifts, 100 are needed',
      ],
    );
  });
});

describe('popularProblems()', () => {
  const now = Date.parse('2026-11-30T12:00Z');
  for (const {given, popular, of = file, says} of [
    {given: 'a proof of today', popular: {asOf: '2026-11-30', monthly: {USD: 500}}, says: []},
    {given: 'a proof of 30 days ago', popular: {asOf: '2026-10-31', monthly: {USD: 200}}, says: []},
    {given: 'a day with no popular amount', popular: {asOf: '2026-11-30'}, says: []},
    {given: 'a pill and no proof', popular: undefined, says: [/^warning popular: is missing/]},
    {
      given: 'a proof of 31 days ago',
      popular: {asOf: '2026-10-30'},
      says: [/^warning popular\.asOf: 2026-10-30 is older than 30 days/],
    },
    {
      given: 'a proof of tomorrow',
      popular: {asOf: '2026-12-01'},
      says: [/^warning popular\.asOf: 2026-12-01 is in the future/],
    },
    {
      given: 'no pill and no proof',
      popular: undefined,
      of: {campaigns: [{id: 'winter'}]},
      says: [],
    },
    {
      given: 'amounts of which some are no presets',
      popular: {asOf: '2026-11-30', monthly: {USD: 700, EUR: 500}, annual: {USD: 500}},
      says: [
        /^popular\.monthly\.USD: \$7 is no preset/,
        /^popular\.monthly\.EUR: €5 is no preset/,
        /^popular\.annual\.USD: \$5 is no preset/,
      ],
    },
  ])
    it(`finds ${says.length === 0 ? 'nothing' : 'what is wrong'}, given ${given}`, () => {
      const lines = popularProblems({...of, ...(popular && {popular})}, now).map(
        ({path, problem, warning}) => `${warning ? 'warning ' : ''}${path}: ${problem}`,
      );
      assert.equal(lines.length, says.length, lines.join('\n'));
      says.forEach((pattern, i) => assert.match(lines[i]!, pattern));
    });
});

const aGift = (changes: Partial<Gift>): Gift => ({
  ...{kind: 'gift', id: 'in_1', rank: 3, state: 'paid', frequency: 'monthly', renewal: false},
  ...{amount: {minor: 500, currency: 'USD'}, source: {}, at: Date.now() - day},
  ...changes,
});

/** Stores so many gifts of each amount. */
async function give(database: Database, byMinor: Readonly<Record<number, number>>): Promise<void> {
  const store = sqlStore(database);
  for (const [minor, gifts] of Object.entries(byMinor))
    for (let i = 0; i < gifts; i += 1) {
      const id = `${minor}-${i}`;
      const amount = {minor: Number(minor), currency: 'USD'};
      await store.write(aGift({id: `in_${id}`, subscription: `sub_${id}`, amount}));
    }
}

onEachDatabase('reader-support popular', given => {
  for (const {gifts, byMinor, says, isShown} of [
    {
      gifts: '100 gifts',
      byMinor: {500: 60, 1000: 40},
      says: /^monthly USD: \$5 was chosen most often, 60 times of 100$/m,
      isShown: true,
    },
    {
      gifts: '99 gifts',
      byMinor: {500: 59, 1000: 40},
      says: /^monthly USD: 99 gifts, 100 are needed$/m,
      isShown: false,
    },
    {
      gifts: 'a tie',
      byMinor: {500: 60, 1000: 60},
      says: /^monthly USD: \$5 and \$10 were chosen equally often/m,
      isShown: false,
    },
  ])
    it(
      `lets an appeal ${isShown ? 'show its pill' : 'show no pill'} after ${gifts}`,
      {timeout: longTestLimit},
      async () => {
        const url = await given.url();
        await give(await given.open(url), byMinor);
        const folder = aFolder({'campaigns.json': file});
        const path = join(folder, 'campaigns.json');
        const {code, out, err} = await run(['popular', path, '--database', url]);
        assert.equal(code, 0, err);
        assert.match(out, says);
        assert.deepEqual(readdirSync(folder), ['campaigns.json']);

        const parsed = parseCampaigns(readFileSync(path, 'utf8'));
        assert.ok(parsed.ok);
        const asOf = new Date().toISOString().slice(0, 10);
        const popular = {asOf, ...(isShown && {monthly: {USD: 500}})};
        assert.deepEqual(parsed.file, {...file, popular});
        assert.deepEqual(popularProblems(parsed.file, Date.now()), []);
        const appeal = await drawAppeal(parsed.file.campaigns[0]!, parsed.file);
        assert.equal(/>\s*(<!--[^>]*-->)*Popular/.test(appeal!), isShown, appeal);
      },
    );
});

describe('reader-support popular', {timeout: longTestLimit}, () => {
  it('ends with 1 and a line where the database is not there, and creates none', async () => {
    const folder = aFolder({'campaigns.json': file});
    const [path, database] = [join(folder, 'campaigns.json'), join(folder, 'none.sqlite')];
    const before = statSync(path).mtimeMs;
    const {code, err} = await run(['popular', path], {DATABASE_URL: `file:${database}`});
    assert.equal(code, 1);
    assert.match(err, /^reader-support: the (database cannot be opened|gifts cannot be read)/);
    assert.doesNotMatch(err, /\n {4}at /);
    assert.equal(existsSync(database), false);
    assert.equal(statSync(path).mtimeMs, before);
  });

  it('names the problems of a file that has some', async () => {
    const folder = aFolder({'campaigns.json': '{"campaigns":[{"id":""}]}', 'broken.json': '{"'});
    const url = `file:${join(folder, 'support.sqlite')}`;
    const {openDatabase} = await import('../../src/companion.js');
    await (await openDatabase(url)).close();
    const problems = await run(['popular', join(folder, 'campaigns.json'), '--database', url]);
    assert.equal(problems.code, 1);
    assert.match(problems.err, /campaigns\.json has problems:\n {2}campaigns\[0\]\.id: /);
    const broken = await run(['popular', join(folder, 'broken.json'), '--database', url]);
    assert.equal(broken.code, 1);
    assert.match(broken.err, /broken\.json cannot be read: it is no JSON/);
  });
});
