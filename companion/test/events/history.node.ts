import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {describe, it} from 'node:test';
import type {CampaignsFile} from 'reader-support/core';
import {createSupportServer, openDatabase, sqlStore} from '../../src/companion.js';
import {conclusionOf, type ArchivedReport} from '../../src/report/archive.js';
import {reportPage} from '../../src/report/page.js';
import {resultsOf} from '../../src/report/results.js';
import {offer} from '../fixtures.js';
import {anExperiment, day, start} from '../report/fixtures.js';

const token = 'a-token-of-the-newsroom';
const experiment = anExperiment({on: false});
const file = (heading: string): CampaignsFile => ({
  campaigns: [{id: 'winter', copy: {heading}}],
  experiments: [experiment],
});
const results = resultsOf(experiment, {rows: []}, {now: start + day});
const decision = {kept: 'plain-words', day: '2026-11-30', note: 'Plain words work.'};
const conclusion = conclusionOf(results, file('A message'), experiment, decision);
const frozen: ArchivedReport = {conclusion, page: '<!doctype html><title>Frozen</title>'};

type Archive = readonly ArchivedReport[] | (() => Promise<readonly ArchivedReport[]>) | undefined;

async function ask(path: string, archive: Archive, authorization = `Bearer ${token}`) {
  const database = await openDatabase(':memory:');
  const server = createSupportServer({
    ...{site: 'https://news.example', basePath: '/companion', offers: [offer]},
    stripe: {secretKey: 'sk_test_of_the_history'},
    webhookSecrets: ['whsec_of_the_history'],
    store: sqlStore(database),
    report: {
      ...{token, campaigns: file('You read us. Help pay for it.')},
      page: (found, options) => reportPage(found, options),
      ...(archive && {archive}),
    },
  });
  const request = new Request(`https://news.example/companion/report${path}`, {
    headers: {authorization},
  });
  const response = await server.fetch(request);
  const text = await response.text();
  await database.close();
  return {response, text};
}

describe('GET /report/history', () => {
  for (const authorization of ['', 'Bearer another-token-of-the-newsroom', 'Basic x']) {
    it(`answers only the newsroom, given ${JSON.stringify(authorization)}`, async () => {
      for (const path of ['/history', '/history?experiment=autumn-appeal@1']) {
        const {response, text} = await ask(path, [frozen], authorization);
        assert.equal(response.status, 401);
        assert.match(response.headers.get('www-authenticate')!, /^Basic/);
        assert.doesNotMatch(text, /plain|Frozen/i);
      }
    });
  }

  for (const [given, archive] of [
    ['a list', [frozen]],
    ['a function', () => Promise.resolve([frozen])],
  ] as const) {
    it(`has what was learned as a page, text and JSON, given ${given}`, async () => {
      const {response, text} = await ask('/history', archive);
      assert.match(response.headers.get('content-type')!, /^text\/html/);
      assert.match(text, /Plain words work\./);
      assert.match(text, /href="\?experiment=autumn-appeal%401"/);
      assert.match(
        (await ask('/history?format=text', archive)).text,
        /Learned: Plain words work\./,
      );
      const json = await ask('/history?format=json', archive);
      assert.match(json.response.headers.get('content-type')!, /^application\/json/);
      assert.equal((JSON.parse(json.text) as {note: string}[])[0]!.note, 'Plain words work.');
    });
  }

  it('allows the script of the page and no other', async () => {
    const {response, text} = await ask('/history', [frozen]);
    const [, script = ''] = /<script>([^]*)<\/script>/.exec(text) ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    assert.match(
      response.headers.get('content-security-policy')!,
      /^default-src 'none'; .*; script-src 'sha256-[^' ]+'$/,
    );
    assert.ok(response.headers.get('content-security-policy')!.includes(hash));
  });

  it('has the frozen reports, and answers 404 to other names', async () => {
    const {text} = await ask('/history?experiment=autumn-appeal%401', [frozen]);
    assert.equal(text, frozen.page);
    const other = await ask('/history?experiment=autumn-appeal@2', [frozen]);
    assert.equal(other.response.status, 404);
    const pageless = await ask('/history?experiment=autumn-appeal@1', [{conclusion}]);
    assert.equal(pageless.response.status, 404);
    assert.doesNotMatch((await ask('/history', [{conclusion}])).text, /href/);
  });

  it('says that nothing has ended, given no archive', async () => {
    assert.match((await ask('/history', undefined)).text, /None has ended yet/);
  });
});

describe('GET /report of an experiment that has ended', () => {
  it('draws the arms from the archive', async () => {
    assert.match((await ask('', [frozen])).text, /A message/);
    assert.doesNotMatch((await ask('', [])).text, /A message/);
  });
});
