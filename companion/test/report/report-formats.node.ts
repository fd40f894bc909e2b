import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before, describe, it} from 'node:test';
import {Ajv2020} from 'ajv/dist/2020.js';
import pg from 'pg';
import type {GiftFact} from 'reader-support/core';
import {openDatabase, sqlStore} from '../../src/companion.js';
import {foldAll} from '../../src/report/aggregate.js';
import {printCsv, readCsv} from '../../src/report/csv.js';
import {columns, type DailySum} from '../../src/report/daily-sum.js';
import {scaleOf} from '../../src/report/gift-value.js';
import {readFact, readLine} from '../../src/report/log-record.js';
import {onEachDatabase, type GivenDatabase} from '../databases.js';
import {anExperiment, shuffled, someLines} from './fixtures.js';

const documentation = readFileSync(
  new URL('../../../docs/report-formats.md', import.meta.url),
  'utf8',
);
const schema = JSON.parse(
  readFileSync(new URL('../../../docs/report-line.schema.json', import.meta.url), 'utf8'),
) as object;

/** The block of SQL with this name. */
const sqlOf = (name: string): string =>
  new RegExp(`^\`\`\`sql ${name}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(documentation)?.[1] ?? '';

const lines = [...someLines({seed: 12, readers: 2500, days: 6, rates: [0.1, 0.15]})];

describe('the lines in the documentation', () => {
  const examples = [...documentation.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(
    ([, text = '']) => JSON.parse(text) as unknown,
  );

  it('are understood by the report, and fit the schema', () => {
    const isLine = new Ajv2020({strict: false}).compile(schema);
    assert.ok(examples.length >= 4);
    for (const line of [...examples, ...lines.slice(0, 500)]) {
      const reading = readLine(line);
      assert.ok(reading.isUnderstood, JSON.stringify(line));
      assert.ok(isLine(JSON.parse(JSON.stringify(line))), JSON.stringify(line));
    }
  });

  it('do not fit the schema when the report does not understand them', () => {
    const isLine = new Ajv2020({strict: false}).compile(schema);
    const gift = examples.find(line => (line as {kind?: string}).kind === 'gift') as object;
    for (const line of [
      {...gift, frequency: undefined},
      {...gift, state: 'succeeded'},
      {...gift, amount: {minor: 9.5, currency: 'EUR'}},
      {...gift, amount: {minor: -5, currency: 'EUR'}},
      {...gift, kind: 'present'},
      {name: 'seen', at: 1_795_429_200_000},
      5,
    ]) {
      const value: unknown = JSON.parse(JSON.stringify(line));
      assert.equal(readLine(value).isUnderstood, false);
      assert.equal(isLine(value), false, JSON.stringify(line));
    }
  });
});

function runsOnPostgres(given: GivenDatabase): void {
  let client: pg.Client;

  before(async () => {
    const url = await given.url();
    const database = await openDatabase(url);
    const store = sqlStore(database);
    // Sums do not depend on the order, in which repeats come as well.
    for (const line of shuffled(lines, 4))
      if (line['kind'] !== undefined) await store.write(line as unknown as GiftFact);
    await database.close();
    client = new pg.Client({connectionString: url});
    await client.connect();
    await client.query(sqlOf('events'));
    await client.query(
      'insert into support_events select * from jsonb_populate_recordset(null::support_events, $1)',
      [JSON.stringify(lines.filter(line => line['kind'] === undefined))],
    );
  });
  after(() => client.end());

  /** What the query answers, as `psql` writes it. */
  async function csvFor(experiment: string): Promise<string> {
    const text = `${sqlOf('postgres')}${sqlOf('sums')}`.replace('autumn-appeal@1', experiment);
    // As text, so that the client makes nothing of days and numbers.
    const {rows, fields} = await client.query<string[]>({
      text: `select row.* from (${text}) as row`,
      rowMode: 'array',
      types: {getTypeParser: () => (value: unknown) => value},
    } as pg.QueryArrayConfig);
    const header = fields.map(({name}) => name);
    return [header, ...rows].map(cells => cells.join(',')).join('\n');
  }

  for (const experiment of ['autumn-appeal@1', 'holdback@500']) {
    it(`gives the sums that the report makes of the same lines, for ${experiment}`, async () => {
      const scale = scaleOf(anExperiment().metric, 'EUR');
      const facts = lines.flatMap(line => readFact(line) ?? []);
      const {rows} = foldAll(facts, () => scale);
      const wanted = rows.filter(row => row.experiment === experiment);
      const sums = readCsv(await csvFor(experiment), {capOf: () => scale.cap});
      assert.ok(wanted.reduce((sum, {gifts}) => sum + gifts, 0) > 50);
      const plain = (list: readonly DailySum[]) => printCsv(list).split('\r\n');
      assert.deepEqual(plain(sums), plain(wanted));
    });
  }

  it('gives every column that a report reads', async () => {
    const [header = ''] = (await csvFor('autumn-appeal@1')).split('\n');
    assert.deepEqual(header.split(',').sort(), ['day', 'experiment', 'arm', ...columns].sort());
    for (const column of columns)
      assert.match(documentation, new RegExp(`^\\|.*\`${column}\``, 'm'));
  });
}

onEachDatabase('report formats', given => {
  // The documentation has no SQL for SQLite, whose companion makes the report itself.
  if (given.flavour === 'postgres') describe('the SQL', () => runsOnPostgres(given));
});
