import assert from 'node:assert/strict';
import {after, describe, it} from 'node:test';
import type {CampaignsFile, GiftFact, ReaderEvent} from 'reader-support/core';
import {readFact} from '../../src/report/log-record.js';
import {foldAll} from '../../src/report/aggregate.js';
import {reportPage} from '../../src/report/page.js';
import {resultsOf} from '../../src/report/results.js';
import {scaleOf} from '../../src/report/gift-value.js';
import {
  createSupportServer,
  openDatabase,
  sqlStore,
  countsOf,
  type Store,
} from '../../src/companion.js';
import {memoryEvents, memoryStore} from '../../src/fake-stripe/index.js';
import {aCompanion, anIntent, offer, sessionOf} from '../fixtures.js';
import {anExperiment, day, someLines, start} from '../report/fixtures.js';

const token = 'a-token-of-the-newsroom';
const experiment = anExperiment({plan: {days: 28, readers: 3000}});
const file: CampaignsFile = {
  campaigns: [{id: 'winter', copy: {heading: 'A message'}}],
  experiments: [experiment],
  holdback: 0.05,
};
const scale = scaleOf(experiment.metric, 'EUR');
const lines = [...someLines({seed: 8, readers: 3500, days: 8, rates: [0.1, 0.2]})];

/** Writes a log to a store as the routes would: events by batch, gifts by fact. */
async function fill(store: Store): Promise<void> {
  const names: readonly string[] = ['name', 'campaign', 'experiment', 'arm', 'exposure', 'count'];
  const byDay = new Map<number, {key: string; events: ReaderEvent[]}[]>();
  const seen = new Set<unknown>();
  // A store keeps the first exposure.
  for (const line of [...lines].sort((a, b) => Number(a['at']) - Number(b['at']))) {
    if (line['kind'] !== undefined) {
      await store.write(line as unknown as GiftFact);
      continue;
    }
    // A repeated exposure has the same id.
    const key = `${String(line['key'])} ${String(line['name'])}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const event = Object.fromEntries(Object.entries(line).filter(([name]) => names.includes(name)));
    const at = Math.floor(Number(line['at']) / day) * day;
    const groups = byDay.get(at) ?? [];
    byDay.set(at, groups);
    groups.push({key, events: [event as unknown as ReaderEvent]});
  }
  for (const [at, groups] of byDay) await store.events?.add(groups, at);
}

const databases: {close: () => Promise<void>}[] = [];
after(() => Promise.all(databases.map(one => one.close())));

const stores: Record<string, () => Promise<Store>> = {
  'the memory store': () => Promise.resolve({...memoryStore(), events: memoryEvents()}),
  'a database': async () => {
    const database = await openDatabase(':memory:');
    databases.push(database);
    return sqlStore(database);
  },
};

for (const [name, make] of Object.entries(stores)) {
  describe(`the report from ${name}`, () => {
    for (const wanted of ['autumn-appeal@1', 'holdback@500']) {
      it(`equals the report from the log, to the cent, for ${wanted}`, async () => {
        const store = await make();
        await fill(store);
        const tally = await countsOf(store, wanted, scale);
        const {rows, leftOut} = foldAll(
          lines.flatMap(line => readFact(line) ?? []),
          one => (one === wanted ? scale : undefined),
        );
        const theirs = rows.filter(row => row.experiment === wanted);
        assert.deepEqual(tally, {rows: theirs, leftOut});
        const arms = new Set(theirs.map(({arm}) => arm));
        assert.equal(arms.size, 2);
        for (const arm of arms) assert.ok(theirs.some(row => row.arm === arm && row.gifts > 0));
      });
    }
  });
}

for (const [name, make] of Object.entries(stores)) {
  describe(`a gift, from the press to the report, in ${name}`, () => {
    const attribution = {
      ...{campaign: 'winter', page: '/', experiment: 'autumn-appeal@1', arm: 'plain-words'},
      ...{exposure: 'exposure-1', holdback: 'holdback@500:control', holdbackExposure: 'held-0001'},
    };

    it('counts in its experiment and in the holdback, until it is refunded', async () => {
      const store = await make();
      const {press, fake} = aCompanion({store});
      const events: ReaderEvent[] = [
        {
          name: 'exposure',
          experiment: 'autumn-appeal@1',
          arm: 'plain-words',
          exposure: 'exposure-1',
        },
        {name: 'exposure', experiment: 'holdback@500', arm: 'control', exposure: 'held-0001'},
      ];
      await store.events?.add([{key: 'e:1', events}], start);
      const amount = {minor: 500, currency: 'USD'};
      const id = await sessionOf(await press(anIntent({frequency: 'once', amount, attribution})));
      const money = async () => {
        await fake.settled();
        const tallies = ['autumn-appeal@1', 'holdback@500'].map(one => countsOf(store, one, scale));
        const found = await Promise.all(tallies);
        return found.flatMap(({rows}) =>
          rows.map(({day: on, arm, readers, gifts, capped}) => [on, arm, readers, gifts, capped]),
        );
      };
      assert.deepEqual(await money(), [
        ['2026-10-01', 'plain-words', 1, 0, 0],
        ['2026-10-01', 'control', 1, 0, 0],
      ]);
      await fake.pay(id);
      assert.deepEqual(await money(), [
        ['2026-10-01', 'plain-words', 1, 1, 450],
        ['2026-10-01', 'control', 1, 1, 450],
      ]);
      await fake.refund(id, 200);
      assert.deepEqual(await money(), [
        ['2026-10-01', 'plain-words', 1, 1, 270],
        ['2026-10-01', 'control', 1, 1, 270],
      ]);
      await fake.refund(id, 300);
      assert.deepEqual(
        (await money()).map(row => row.slice(3)),
        [
          [0, 0],
          [0, 0],
        ],
      );
    });
  });
}

describe('GET /report', () => {
  const server = async (report?: object) => {
    const store: Store = {...memoryStore(), events: memoryEvents()};
    await fill(store);
    return createSupportServer({
      ...{stripe: {secretKey: 'sk_test_of_the_report'}, webhookSecrets: ['whsec_of_the_report']},
      ...{site: 'https://www.example.org', offers: [offer], store, log: () => undefined},
      ...(report ? {report: {token, campaigns: file, ...report}} : {}),
      now: () => start + 9 * day,
    });
  };
  const ask = async (query = '', authorization = `Bearer ${token}`, report: object = {}) =>
    (await server(report)).fetch(
      new Request(`https://www.example.org/report${query}`, {headers: {authorization}}),
    );

  it('answers 404 unless it is configured', async () => {
    const response = await (await server()).fetch(new Request('https://www.example.org/report'));
    assert.equal(response.status, 404);
  });

  for (const authorization of ['', 'Bearer wrong', 'Basic !!', `Basic ${btoa('editor:wrong')}`]) {
    it(`answers only the newsroom, given ${JSON.stringify(authorization)}`, async () => {
      const response = await ask('', authorization);
      assert.equal(response.status, 401);
      assert.match(response.headers.get('www-authenticate')!, /^Basic/);
      assert.doesNotMatch(await response.text(), /autumn/);
    });
  }

  it('accepts the token as a browser’s password', async () => {
    assert.equal((await ask('', `Basic ${btoa(`editor:${token}`)}`)).status, 200);
  });

  it('has the same content as text, JSON, CSV and a page', async () => {
    const results = resultsOf(
      experiment,
      foldAll(
        lines.flatMap(line => readFact(line) ?? []),
        () => scale,
      ),
      {now: start + 9 * day},
    );
    const json = (await (await ask('?format=json')).json()) as Record<string, unknown>;
    delete json['sentence'];
    assert.deepEqual(json, JSON.parse(JSON.stringify(results)));
    assert.match(await (await ask('?format=text')).text(), /^plain-words earns more/);
    assert.match(await (await ask('?format=csv')).text(), /^day,experiment,arm,readers/);
    const page = await ask('', undefined, {page: reportPage, label: 'A test system'});
    assert.match(page.headers.get('content-type')!, /^text\/html/);
    assert.match(page.headers.get('content-security-policy')!, /default-src 'none'/);
    const text = await page.text();
    assert.match(text, /A test system/);
    assert.match(text, /plain-words earns more/);
  });

  it('finds experiments and the holdback by name, and answers 404 to other names', async () => {
    assert.match(await (await ask('?experiment=holdback&format=text')).text(), /holdback@500/);
    assert.equal((await ask('?experiment=autumn-appeal@1')).status, 200);
    assert.equal((await ask('?experiment=autumn-appeal@2')).status, 404);
  });

  it('refuses a short token when the companion starts', async () => {
    await assert.rejects(server({token: 'short'}), /`report.token` to have at least 16 characters/);
  });
});
