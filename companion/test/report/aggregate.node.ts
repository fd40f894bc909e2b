import assert from 'node:assert/strict';
import {mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {holdbackOf} from 'reader-support/core';
import {printCsv, readCsv} from '../../src/report/csv.js';
import {columns, type DailySum} from '../../src/report/daily-sum.js';
import {readFact, type Fact} from '../../src/report/log-record.js';
import {foldAll, type Tally} from '../../src/report/aggregate.js';
import {foldFile, foldLog} from '../../src/report/log.js';
import {resultsOf} from '../../src/report/results.js';
import {scaleOf, worthOf, type StandingGift} from '../../src/report/gift-value.js';
import {anExperiment, day, shuffled, someLines, start} from './fixtures.js';

const scale = scaleOf(anExperiment().metric, 'EUR');
const scaleFor = () => scale;
const factsOf = (lines: Iterable<unknown>): Fact[] =>
  [...lines].flatMap(line => readFact(line) ?? []);

async function* each(lines: readonly unknown[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(JSON.stringify(line));
}

describe('worthOf()', () => {
  const gift = (changes: Partial<StandingGift>): StandingGift => ({
    frequency: 'monthly',
    amount: {minor: 500, currency: 'EUR'},
    payments: 1,
    ended: false,
    refunded: 0,
    ...changes,
  });
  for (const {given, changes, worth} of [
    {given: 'a single gift', changes: {frequency: 'once'}, worth: 500},
    {given: 'a monthly one', changes: {}, worth: 6000},
    {given: 'an annual one', changes: {frequency: 'annual'}, worth: 500},
    {
      given: 'a monthly one that ended after three payments',
      changes: {ended: true, payments: 3},
      worth: 1500,
    },
    {
      given: 'a monthly one that ended after two years',
      changes: {ended: true, payments: 24},
      worth: 6000,
    },
    {given: 'a monthly one that was paid 24 times', changes: {payments: 24}, worth: 6000},
    {given: 'a refund', changes: {frequency: 'once', refunded: 200}, worth: 300},
    {
      given: 'a refund of more than there was',
      changes: {frequency: 'once', refunded: 900},
      worth: 0,
    },
    {given: 'dollars at 0.9', changes: {amount: {minor: 500, currency: 'USD'}}, worth: 5400},
    {
      given: 'yen, which have no cents',
      changes: {amount: {minor: 500, currency: 'JPY'}},
      worth: 3600,
    },
    {
      given: 'a currency without a rate',
      changes: {amount: {minor: 5, currency: 'CHF'}},
      worth: undefined,
    },
  ] as {given: string; changes: Partial<StandingGift>; worth: number | undefined}[]) {
    it(`given ${given}: ${worth}`, () => assert.equal(worthOf(gift(changes), scale), worth));
  }
});

describe('foldAll()', () => {
  const source = {experiment: 'autumn-appeal@1', arm: 'control', exposure: 'x'};
  const exposed = {name: 'exposure', ...source, key: 'e:1', at: start};
  const gift = {
    ...{kind: 'gift', id: 'g', rank: 1, state: 'paid', frequency: 'once', renewal: false, source},
    ...{amount: {minor: 1000, currency: 'EUR'}, at: start + 3 * day},
  };
  const sum = (...lines: unknown[]): DailySum => {
    const {rows} = foldAll(factsOf([exposed, ...lines]), scaleFor);
    assert.equal(rows.length, 1);
    return rows[0]!;
  };

  for (const {given, lines, row} of [
    {
      given: 'a late gift',
      lines: [gift],
      row: {day: '2026-10-01', gifts: 1, value: 1000, capped: 1000, squares: 1_000_000},
    },
    {given: 'a gift told twice', lines: [gift, gift], row: {gifts: 1, value: 1000}},
    ...[
      [gift, {...gift, amount: {minor: 900, currency: 'EUR'}, at: gift.at + 1}],
      [{...gift, amount: {minor: 900, currency: 'EUR'}, at: gift.at + 1}, gift],
    ].map((lines, i) => ({
      given: `two reports of a gift that are as good, the earlier ${i ? 'last' : 'first'}`,
      ...{lines, row: {gifts: 1, value: 1000}},
    })),
    {given: 'a pending gift', lines: [{...gift, state: 'pending'}], row: {gifts: 0, value: 0}},
    {
      given: 'a gift that failed after it was pending',
      lines: [
        {...gift, rank: 2, state: 'failed'},
        {...gift, state: 'pending'},
      ],
      row: {gifts: 0},
    },
    {
      given: 'a refund of all of it',
      lines: [
        gift,
        {kind: 'refund', id: 'c', rank: 1, gift: 'g', amount: {minor: 1000}, at: start},
      ],
      row: {gifts: 0, value: 0, squares: 0, refunded: 1},
    },
    {
      given: 'a refund that grew, told in the wrong order',
      lines: [
        {kind: 'refund', id: 'c', rank: 2, gift: 'g', amount: {minor: 300}, at: start},
        gift,
        {kind: 'refund', id: 'c', rank: 1, gift: 'g', amount: {minor: 200}, at: start},
      ],
      row: {gifts: 1, value: 700},
    },
    {
      given: 'a dispute that was lost',
      lines: [
        gift,
        {
          kind: 'refund',
          id: 'c',
          rank: 1,
          gift: 'g',
          amount: {minor: 0},
          dispute: 'lost',
          at: start,
        },
      ],
      row: {gifts: 0, value: 0},
    },
    {
      given: 'two gifts of one reader',
      lines: [gift, {...gift, id: 'h', amount: {minor: 24_500, currency: 'EUR'}}],
      row: {gifts: 1, value: 25_500, capped: 25_000, squares: 625_000_000},
    },
    {
      given: 'a gift that names another arm than the exposure',
      lines: [{...gift, source: {...source, arm: 'plain-words'}}],
      row: {arm: 'control', gifts: 1},
    },
    {
      given: 'an exposure told by two tabs',
      lines: [{...exposed, key: 'e:2', at: start + 5}],
      row: {readers: 1},
    },
    {
      given: 'an event told twice',
      lines: [
        {...exposed, name: 'view'},
        {...exposed, name: 'view'},
      ],
      row: {seen: 1},
    },
    {
      given: 'a gift that counts for a holdback too, and came back',
      lines: [
        {...gift, source: {...source, holdback: 'holdback@500:control', holdbackExposure: 'y'}},
        {kind: 'refund', id: 'c', rank: 1, gift: 'g', amount: {minor: 400}, at: start},
      ],
      row: {experiment: 'autumn-appeal@1', gifts: 1, value: 600},
    },
    {
      given: 'a renewal and the end of a monthly gift',
      lines: [
        {...gift, frequency: 'monthly', subscription: 's'},
        {...gift, id: 'g2', frequency: 'monthly', subscription: 's', renewal: true},
        {kind: 'subscription', id: 's', rank: 3, state: 'ended', source, at: start},
      ],
      row: {gifts: 1, monthly: 1, value: 2000, refunded: 1},
    },
  ]) {
    it(`given ${given}`, () => {
      const found = sum(...lines);
      for (const [name, value] of Object.entries(row)) {
        assert.equal(found[name as keyof DailySum], value, name);
      }
    });
  }

  it('leaves out gifts whose exposure was never told, and says so', () => {
    const {rows, leftOut} = foldAll(factsOf([gift]), scaleFor);
    assert.deepEqual(rows, []);
    assert.equal(leftOut.unexposed, 1);
  });

  it('leaves out currencies without a rate, and says which', () => {
    const lines = [exposed, {...gift, amount: {minor: 100, currency: 'CHF'}}];
    assert.deepEqual(foldAll(factsOf(lines), scaleFor).leftOut.unrated, {CHF: 1});
  });

  it('takes no harm from lines of other kinds', () => {
    const lines = [null, 5, 'text', [], {}, {kind: 'gift'}, {kind: 'other'}, {name: 'exposure'}];
    assert.deepEqual(factsOf(lines), []);
  });
});

describe('a report', () => {
  const lines = [...someLines({seed: 5, readers: 3000})];
  const whole = foldAll(factsOf(lines), scaleFor);
  // How many lines a log has does not change what is reported of it.
  const report = ({rows, leftOut}: Tally) =>
    JSON.stringify(
      [anExperiment(), holdbackOf(0.05)].map(experiment =>
        resultsOf(experiment, {rows, leftOut}, {now: start + 12 * day}),
      ),
    );

  it('is of something', () => {
    assert.ok(whole.rows.length >= 20);
    assert.ok(whole.leftOut.unexposed === 1);
    for (const column of columns)
      assert.ok(
        whole.rows.some(row => row[column] > 0),
        column,
      );
  });

  it('counts a gift for the experiment and for the holdback, each by its own exposure', () => {
    const worth = ({rows}: Tally, name: string, ...arms: string[]) =>
      rows
        .filter(({experiment, arm}) => experiment === name && arms.includes(arm))
        .reduce((sum, {value}) => sum + value, 0);
    // Every third reader of the experiment, and those who were not asked.
    const both = lines.filter(
      line => line['kind'] !== 'gift' || 'holdback' in (line['source'] as object),
    );
    const theirs = foldAll(factsOf(both), scaleFor);
    const asked = worth(whole, 'holdback@500', 'control');
    assert.ok(asked > 10_000);
    assert.equal(asked, worth(theirs, 'autumn-appeal@1', 'control', 'plain-words'));
    assert.equal(worth(whole, 'holdback@500', 'held'), 6 * 900);
  });

  it('from raw events is that from daily sums, in any order of arrival, to the cent', () => {
    const wanted = report(whole);
    for (let seed = 1; seed <= 20; seed += 1) {
      const inOtherOrder = shuffled(lines, seed);
      assert.equal(report(foldAll(factsOf(inOtherOrder), scaleFor)), wanted);
    }
    const again = {rows: readCsv(printCsv(shuffled(whole.rows, 3))), leftOut: whole.leftOut};
    assert.deepEqual(again.rows, whole.rows);
    assert.equal(report(again), wanted);
  });

  it('is the same when every line is told twice', () => {
    assert.equal(
      report(foldAll(factsOf([...lines, ...shuffled(lines, 9)]), scaleFor)),
      report(whole),
    );
  });

  it('is the same when the log is so long that it is added up in parts', async context => {
    const folder = mkdtempSync(join(tmpdir(), 'test-'));
    const usual = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder;
    context.after(() => {
      if (usual === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = usual;
      rmSync(folder, {recursive: true});
    });
    for (const bytes of [0, 100_000_000, 9_000_000_000]) {
      assert.equal(
        report(await foldLog(each(shuffled(lines, bytes)), scaleFor, bytes)),
        report(whole),
      );
    }
    assert.deepEqual(readdirSync(folder), [], 'the parts are taken away again');
  });

  it('takes times as ISO 8601, and a mark at the beginning of the file', async () => {
    const at = (line: object) => new Date((line as {at: number}).at).toISOString();
    // Of no zone it is UTC, wherever the report is made.
    for (const zone of ['Z', '+00:00', '']) {
      async function* log() {
        yield '\uFEFF';
        for (const line of lines) {
          const told = 'at' in line ? {...line, at: at(line).replace('Z', zone)} : line;
          yield JSON.stringify(told);
        }
        await Promise.resolve();
      }
      assert.equal(report(await foldLog(log(), scaleFor, 0)), report(whole));
    }
  });

  it('can be read from a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'test-'));
    const path = join(folder, 'events.jsonl');
    writeFileSync(path, `${lines.map(line => JSON.stringify(line)).join('\r\n')}\n\n`);
    assert.equal(report(await foldFile(path, scaleFor)), report(whole));
    rmSync(folder, {recursive: true});
  });
});

describe('readCsv()', () => {
  const head = 'day,experiment,arm,readers,gifts,capped,squares';

  it('takes columns in any order, quotes and a mark at the beginning', () => {
    const [row] = readCsv(
      '\uFEFFreaders,arm,"day",experiment,squares,capped,gifts\n5,"a ""b"", c",2026-10-01,x@1,9,3,1\n',
    );
    assert.equal(row!.arm, 'a "b", c');
    assert.equal(row!.readers, 5);
    assert.equal(row!.seen, 0);
  });

  it('writes no formula', () => {
    const [row] = readCsv(`${head}\n2026-10-01,x@1,=1+1,5,0,0,0`);
    assert.match(printCsv([row!]), /,'=1\+1,/);
    assert.deepEqual(readCsv(printCsv([row!])), [row]);
  });

  for (const {given, text, problem} of [
    {
      given: 'a missing column',
      text: 'day,arm\n',
      problem: /line 1: expected columns .* no experiment/,
    },
    {
      given: 'a day that no month has',
      text: `${head}\n2026-02-31,x,a,1,1,1,1`,
      problem: /line 2: expected a day/,
    },
    {given: 'no day', text: `${head}\n1/10/2026,x,a,1,1,1,1`, problem: /line 2: expected a day/},
    {
      given: 'words for a number',
      text: `${head}\n2026-10-01,x,a,many,1,1,1`,
      problem: /readers to be a number but received many/,
    },
    {
      given: 'less than nothing',
      text: `${head}\n2026-10-01,x,a,-1,1,1,1`,
      problem: /readers to be a number but received -1/,
    },
  ]) {
    it(`given ${given}`, () => assert.throws(() => readCsv(text), problem));
  }
});
