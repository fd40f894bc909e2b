import assert from 'node:assert/strict';
import {createServer, type IncomingMessage} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, describe, it} from 'node:test';
import {experimentKey, type CampaignsFile} from 'reader-support/core';
import {openDatabase} from '../../src/companion.js';
import {sqlNotices} from '../../src/events/notice-store.js';
import {reportJobs} from '../../src/events/report-job.js';
import {noticesOf, type ReportNotice} from '../../src/events/notices.js';
import {resultsOf} from '../../src/report/results.js';
import {noCounts, type DailySum} from '../../src/report/daily-sum.js';
import {aLeadingStore} from './leading-store.js';
import {anExperiment, day, start} from '../report/fixtures.js';

const experiment = anExperiment({plan: {days: 28, readers: 60_000, lift: 0.2}});
const key = experimentKey(experiment);
const file: CampaignsFile = {
  campaigns: [{id: 'winter', copy: {heading: 'A message'}}],
  experiments: [experiment],
};
const dayOf = (i: number): string => new Date(start + i * day).toISOString().slice(0, 10);

const rowsOf = (days: number, gifts: number, readers = 3000): DailySum[] =>
  Array.from({length: days}, (_, i) =>
    [
      {arm: 'control', count: 15, n: 3000},
      {arm: 'plain-words', count: gifts, n: readers},
    ].map(({arm, count, n}) => ({
      ...noCounts,
      ...{day: dayOf(i), experiment: key, arm, readers: n, gifts: count},
      ...{value: count * 2000, capped: count * 2000},
      ...{squares: count * 2000 ** 2, cubes: count * 2000 ** 3},
    })),
  ).flat();

describe('noticesOf()', () => {
  const kindsOf = (rows: DailySum[], days: number, changes = {}) =>
    noticesOf(
      resultsOf({...experiment, ...changes}, {rows}, {now: start + days * day, looks: []}),
      start + days * day,
    ).map(({kind}) => kind);

  for (const [given, rows, days, changes, kinds] of [
    ['no reader yet', [], 3, {}, []],
    ['a week without a lead', rowsOf(7, 15), 7, {}, []],
    ['a clear lead', rowsOf(8, 40), 8, {}, ['decided']],
    ['a clear loss', rowsOf(8, 5), 8, {}, ['decided']],
    ['a broken split', rowsOf(8, 40, 3600), 8, {}, ['split-broken']],
    ['the planned readers', rowsOf(10, 15), 10, {}, ['ended']],
    ['the planned readers and a lead', rowsOf(10, 40), 10, {}, ['decided', 'ended']],
    ['yesterday as the last day with readers', rowsOf(6, 15), 6, {}, []],
    ['a whole day without readers', rowsOf(7, 15), 8, {}, ['no-exposures']],
    ['a day without readers after the end', rowsOf(10, 15), 14, {}, ['ended']],
    ['a clear lead of what is switched off', rowsOf(8, 40), 12, {on: false}, []],
  ] as const)
    it(`tells ${kinds.join(' and ') || 'nothing'}, given ${given}`, () => {
      assert.deepEqual(kindsOf([...rows], days, changes), kinds);
    });
});

describe('the job of the report', () => {
  /** A webhook that answers with these statuses, one after the other, and then with 204. */
  async function aWebhook(...statuses: number[]) {
    const bodies: ReportNotice[] = [];
    const read = async (request: IncomingMessage) => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      return JSON.parse(text) as ReportNotice;
    };
    const server = createServer((request, response) => {
      void read(request).then(body => {
        bodies.push(body);
        response.writeHead(statuses.shift() ?? 204).end();
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    after(() => server.close());
    const {port} = server.address() as AddressInfo;
    return {url: `http://127.0.0.1:${port}/`, bodies};
  }

  const settingsFor = (
    store: Awaited<ReturnType<typeof aLeadingStore>>,
    notify: readonly string[],
  ) => {
    const log: unknown[] = [];
    const mails: {to: string; subject: string; text: string}[] = [];
    const clock = {now: start + 9 * day};
    const transport = {
      sendMail: (mail: unknown) => Promise.resolve(void mails.push(mail as (typeof mails)[0])),
    };
    const [job] = reportJobs({
      ...{store, site: 'https://news.example.org', now: () => clock.now},
      log: entry => log.push(entry),
      report: {token: 'a-token-of-the-newsroom', campaigns: file, notify},
      mail: {from: 'desk@news.example.org', transport},
    });
    return {job: job!, log, mails, clock};
  };

  it('writes looks down and tells a webhook and an editor, once', async () => {
    const store = await aLeadingStore();
    const {url, bodies} = await aWebhook();
    const {job, mails, log} = settingsFor(store, [url, 'mailto:editor@news.example.org']);
    // A look and two messages.
    assert.equal(await job.run(), 3);
    assert.equal((await store.looks.of(key)).length, 1);
    assert.equal(bodies.length, 1);
    const [notice] = bodies;
    assert.equal(notice!.kind, 'decided');
    assert.equal(notice!.experiment, key);
    assert.match(notice!.text, /^plain-words earns more: .* Keep it\./);
    assert.deepEqual(
      mails.map(({to, subject}) => [to, subject]),
      [['editor@news.example.org', 'autumn-appeal@1 is decided']],
    );
    assert.equal(await job.run(), 0);
    assert.equal(bodies.length, 1);
    assert.equal(mails.length, 1);
    assert.deepEqual(log, []);
  });

  it('tells it later when the webhook fails, and logs that without its address', async () => {
    const store = await aLeadingStore();
    const {url, bodies} = await aWebhook(500);
    const {job, log} = settingsFor(store, [url]);
    await job.run();
    assert.equal(log.length, 1);
    assert.doesNotMatch(JSON.stringify(log), /127\.0\.0\.1/);
    await job.run();
    await job.run();
    assert.equal(bodies.length, 2);
  });

  it('tries only the address again that failed', async () => {
    const store = await aLeadingStore();
    const {url, bodies} = await aWebhook(503);
    const {job, mails} = settingsFor(store, ['mailto:editor@news.example.org', url]);
    await job.run();
    assert.deepEqual([mails.length, bodies.length], [1, 1]);
    await job.run();
    await job.run();
    assert.deepEqual([mails.length, bodies.length], [1, 2]);
  });

  it('tells what a process claimed that stopped before it had told it', async () => {
    const store = await aLeadingStore();
    const {url, bodies} = await aWebhook();
    const {job, clock} = settingsFor(store, [url]);
    const claim = {kind: 'decided', experiment: key, day: '', text: ''} as const;
    assert.ok(await store.notices.claim(claim, url, clock.now));
    await job.run();
    assert.equal(bodies.length, 0);
    clock.now += 16 * 60_000;
    await job.run();
    await job.run();
    assert.equal(bodies.length, 1);
  });

  it('keeps no address, which may be a secret', async () => {
    const database = await openDatabase(':memory:');
    after(() => database.close());
    const notice = {kind: 'decided', experiment: key, day: '', text: ''} as const;
    const store = sqlNotices(database);
    await store.claim(notice, 'https://chat.example/a-secret', start);
    await store.finish(notice, 'https://chat.example/a-secret', start);
    const rows = await database.query.selectFrom('report_notices').selectAll().execute();
    assert.equal(rows.length, 1);
    assert.doesNotMatch(JSON.stringify(rows), /chat|a-secret/);
  });

  it('sends one notice when two processes look at once', async () => {
    const store = await aLeadingStore();
    const {url, bodies} = await aWebhook();
    const jobs = [settingsFor(store, [url]), settingsFor(store, [url])];
    await Promise.all(jobs.map(({job}) => job.run()));
    assert.equal(bodies.length, 1);
  });

  it('tells of each day without readers anew', async () => {
    const store = await aLeadingStore();
    const {url, bodies} = await aWebhook();
    const {job, clock} = settingsFor(store, [url]);
    await job.run();
    clock.now = start + 12 * day;
    await job.run();
    clock.now = start + 13 * day;
    await job.run();
    assert.deepEqual(
      bodies.map(({kind, day: of}) => [kind, of]),
      [
        ['decided', ''],
        ['no-exposures', '2026-10-09'],
      ],
    );
  });

  it('is absent where there is no report, or nobody keeps looks', async () => {
    const store = await aLeadingStore();
    const settings = {site: 'https://news.example.org', now: Date.now, log: () => undefined};
    const report = {token: 'a-token-of-the-newsroom', campaigns: file};
    assert.deepEqual(reportJobs({...settings, store, report: undefined, mail: undefined}), []);
    assert.deepEqual(reportJobs({...settings, store: {}, report, mail: undefined}), []);
  });

  it('looks without telling where nobody wants to be told', async () => {
    const store = await aLeadingStore();
    const {job} = settingsFor(store, []);
    assert.equal(await job.run(), 1);
    assert.equal((await store.looks.of(key)).length, 1);
  });
});
