import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {printCsv, readCsv} from '../../src/report/csv.js';
import {earlyDays} from '../../src/report/early-days.js';
import {readFact} from '../../src/report/log-record.js';
import {foldAll} from '../../src/report/aggregate.js';
import {scaleOf} from '../../src/report/gift-value.js';
import {anExperiment, someLines} from './fixtures.js';

const cap = 25_000;
const capOf = () => cap;

/** Ten gifts of €10 and one at the cap, of 500 readers. */
const sound: Record<string, string> = {
  ...{day: '2026-10-01', experiment: 'x@1', arm: 'control', readers: '500', gifts: '11'},
  ...{monthly: '3', value: '95000', capped: '35000', squares: '635000000', seen: '400'},
};

const csvOf = (...rows: Record<string, string>[]) => {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))];
  const lines = rows.map(row => names.map(name => row[name] ?? '').join(','));
  return [names.join(','), ...lines].join('\n');
};
const read = (...changes: Record<string, string>[]) =>
  readCsv(csvOf(...changes.map(change => ({...sound, ...change}))), {capOf});

describe('readCsv()', () => {
  it('reads sound sums', () => {
    const [row] = read({});
    assert.deepEqual(
      [row!.readers, row!.gifts, row!.capped, row!.squares, row!.later],
      [500, 11, 35_000, 635_000_000, 0],
    );
  });

  for (const [given, change, problem] of [
    ['more gifts than readers', {readers: '10'}, /gifts to be at most readers, 10, .* 11: count/],
    ['one gift too many', {readers: '10', gifts: '11'}, /gifts to be at most readers/],
    ['half a reader', {readers: '500.5'}, /readers to be a whole number but received 500.5: count/],
    ['a share for gifts', {gifts: '0.022'}, /gifts to be a whole number but received 0.022/],
    ['a share of views', {seen: '0.8'}, /seen to be a whole number but received 0.8/],
    ['negative readers', {readers: '-3'}, /readers to be a number but received -3/],
    ['a refund as negative money', {capped: '-500'}, /capped to be a number but received -500/],
    ['no number', {squares: 'NaN'}, /squares to be a number but received NaN/],
    ['more than all numbers', {squares: 'Infinity'}, /squares to be a number .* Infinity/],
    ['a number beyond all', {squares: '1e999'}, /squares to be a number but received 1e999/],
    ['a number of another base', {readers: '0x10'}, /readers to be a number but received 0x10/],
    ['an empty cell', {gifts: ''}, /gifts to be a number but received nothing: write 0/],
    ['an empty cell of blanks', {seen: '  '}, /seen to be a number but received nothing: write 0/],
    ['NULL', {seen: 'NULL'}, /seen to be a number but received NULL/],
    ['a decimal comma', {capped: '"35000,5"'}, /received 35000,5: write 35000\.5/],
    ['thousands with commas', {value: '"95,000,000"'}, /without thousands separators/],
    ['thousands or a decimal comma', {value: '"35,000"'}, /thousands separators, and with a point/],
    ['thousands with points', {value: '95.000.000'}, /without thousands separators/],
    ['thousands with blanks', {readers: '1 500'}, /without thousands separators/],
    ['money without gifts', {gifts: '0', monthly: '0'}, /capped to be 0 where there are no gifts/],
    [
      'squares without gifts',
      {gifts: '0', monthly: '0', capped: '0'},
      /squares to be 0 where there are no gifts/,
    ],
    ['more with the cap than without', {value: '34999'}, /capped to be at most value, 34999,/],
    [
      'squares of whole euros',
      {squares: '63500'},
      /squares to be at least capped² \/ gifts, 111363636\.364, but received 63500: add up the sq/,
    ],
    ['no squares', {squares: '0'}, /squares to be at least/],
    ['the money in place of its squares', {squares: '35000'}, /squares to be at least/],
    [
      'squares of what was not capped',
      {squares: '7235000000'},
      /squares to be at most the cap times capped, 875000000, .*: cap each reader's money at 25000/,
    ],
    [
      'the square of the sum',
      {squares: String(35_000 ** 2)},
      /squares to be at most the cap times/,
    ],
    [
      'a day of slashes',
      {day: '1/10/2026'},
      /expected a day such as 2026-11-23 but received 1\/10/,
    ],
    ['a day that no month has', {day: '2026-02-31'}, /expected a day/],
    ['a day with more behind it', {day: '2026-10-011'}, /expected a day/],
    ['no day', {day: ''}, /expected a day such as 2026-11-23 but received nothing/],
    ['no arm', {arm: ''}, /expected the name of an arm but received none/],
    ['no experiment', {experiment: ' '}, /expected the name of an experiment but received none/],
  ] as const) {
    it(`refuses ${given}, by line`, () => {
      assert.throws(
        () => read({arm: 'plain-words'}, change),
        (error: Error) => {
          assert.match(error.message, /^line 3: /);
          assert.match(error.message, problem);
          return true;
        },
      );
    });
  }

  for (const [given, change] of [
    ['a late gift on a day without readers', {readers: '0', seen: '0'}],
    ['a reader of whom each gives', {readers: '11'}],
    ['all gifts recurring', {monthly: '11'}],
    ['more recurring gifts than readers who gave', {monthly: '12'}],
    ['all gifts of the same size', {capped: '11000', squares: '11000000'}],
    ['all gifts at the cap', {capped: '275000', squares: '6875000000', value: '275000'}],
    ['a day without gifts', {gifts: '0', monthly: '0', value: '0', capped: '0', squares: '0'}],
    ['money in fractions of a cent', {capped: '35000.5', squares: '635000000.25'}],
    ['a number as a spreadsheet shortens it', {squares: '6.35E+08'}],
    ['a time behind the day', {day: '2026-10-01 00:00:00 UTC'}],
  ] as const) {
    it(`reads ${given}`, () => assert.equal(read(change).length, 1));
  }

  it('refuses squares that are beyond the cap only where the cap is known', () => {
    const text = csvOf({...sound, squares: '7235000000'});
    assert.equal(readCsv(text).length, 1);
    assert.equal(readCsv(text, {capOf: name => (name === 'y@1' ? cap : undefined)}).length, 1);
    assert.throws(() => readCsv(text, {capOf: name => (name === 'x@1' ? cap : undefined)}));
  });

  it('refuses a day and arm that stand there twice, also at two times of the day', () => {
    const twice = /^Error: line 4: 2026-10-01, x@1 and control stand in line 2 already: add such/;
    assert.throws(() => read({}, {arm: 'other'}, {}), twice);
    assert.throws(() => read({}, {arm: 'other'}, {day: '2026-10-01T12:00'}), twice);
    assert.equal(read({}, {arm: 'other'}, {day: '2026-10-02'}, {experiment: 'x@2'}).length, 4);
  });

  for (const [given, separator] of [
    ['semicolons', ';'],
    ['tabs', '\t'],
    ['commas', ','],
  ] as const) {
    it(`reads cells that are separated by ${given}`, () => {
      const text = csvOf({...sound, arm: 'plain words'}).replaceAll(',', separator);
      const [row] = readCsv(`\uFEFF${text.replaceAll('\n', '\r\n')}\r\n\r\n`, {capOf});
      assert.deepEqual([row!.arm, row!.squares], ['plain words', 635_000_000]);
      const quoted = csvOf({...sound, arm: 'QUOTED'}).replaceAll(',', separator);
      const name = `a${separator}b "c"\nd`;
      const [other] = readCsv(quoted.replace('QUOTED', `"${name.replaceAll('"', '""')}"`));
      assert.equal(other!.arm, name);
    });
  }

  it('refuses a decimal comma in a file of semicolons, with a hint', () => {
    const text = csvOf({...sound, capped: '35000.5'})
      .replaceAll(',', ';')
      .replace('.5', ',5');
    assert.throws(() => readCsv(text), /line 2: expected capped .* 35000,5: write 35000\.5/);
  });

  it('names the line on which a row begins, behind cells of several lines', () => {
    const text = csvOf({...sound, arm: '"two\nlines"'}, {...sound, gifts: '600'});
    assert.throws(() => readCsv(text, {capOf}), /^Error: line 4: expected gifts/);
  });

  for (const [given, text, problem] of [
    [
      'a quote that never ends',
      `${csvOf(sound)}\n2026-10-02,x@1,"control,5`,
      /^Error: line 3: .*quote/,
    ],
    [
      'a missing cell',
      `${csvOf(sound)}\n2026-10-02,x@1,control`,
      /line 3: expected 10 cells, .* 3$/,
    ],
    ['a cell too many', `${csvOf(sound)},7`, /line 2: expected 10 cells, as in line 1, .* 11$/],
    ['a column twice', csvOf(sound).replace('seen', 'gifts'), /line 1: expected one column gifts/],
    ['nothing', '', /line 1: expected columns day, .* but received no day/],
  ] as const) {
    it(`refuses ${given}`, () => assert.throws(() => readCsv(text), problem));
  }

  it('reads what the report writes, with the bounds of its cap', () => {
    const scale = scaleOf(anExperiment().metric, 'EUR');
    const lines = [...someLines({seed: 3, readers: 4000})].flatMap(line => readFact(line) ?? []);
    const {rows} = foldAll(lines, () => scale);
    assert.deepEqual(readCsv(printCsv(rows), {capOf: () => scale.cap}), rows);
  });

  it('reads a reader who gives monthly twice, as the report writes it', () => {
    const source = {experiment: 'x@1', arm: 'control', exposure: 'e'};
    const at = Date.UTC(2026, 9, 1);
    const gift = {
      ...{kind: 'gift', state: 'paid', frequency: 'monthly', source, at},
      amount: {minor: 500, currency: 'EUR'},
    };
    const lines = [
      {name: 'exposure', ...source, at},
      {...gift, id: 'a', subscription: 's'},
      {...gift, id: 'b', subscription: 't'},
    ];
    const {rows} = foldAll(
      lines.flatMap(line => readFact(line) ?? []),
      () => scaleOf(undefined, 'EUR'),
    );
    assert.deepEqual([rows[0]!.gifts, rows[0]!.monthly, rows[0]!.value], [1, 2, 12_000]);
    assert.deepEqual(readCsv(printCsv(rows), {capOf}), rows);
  });
});

describe('earlyDays()', () => {
  for (const [given, days] of [
    ['no day', []],
    ['one day', ['2026-10-01']],
    ['days in a row', ['2026-10-01', '2026-10-02', '2026-10-03']],
    ['a gap of sixty days', ['2026-10-01', '2026-11-30']],
  ] as const) {
    it(`names nothing, given ${given}`, () => assert.equal(earlyDays(days), undefined));
  }

  for (const [given, days, text] of [
    [
      'a gap of 61 days',
      ['2026-12-01', '2026-10-01'],
      /the rest: 2026-10-01; then none for 61 days, until 2026-12-01\./,
    ],
    [
      'the beginning of time',
      ['1970-01-01', '2026-10-01', '2026-10-02'],
      /the rest: 1970-01-01; .* until 2026-10-01\./,
    ],
    [
      'several gaps',
      ['2025-01-01', '2025-06-01', '2026-01-01', '2026-10-01', '2026-10-02'],
      /2025-01-01, 2025-06-01, 2026-01-01; then none for 273 days, until 2026-10-01/,
    ],
    [
      'many early days',
      ['2025-01-01', '2025-01-02', '2025-01-03', '2025-01-04', '2025-01-05', '2026-10-01'],
      /2025-01-01, 2025-01-02, 2025-01-03 and 2 more; then/,
    ],
  ] as const) {
    it(`names the days ahead of it, given ${given}`, () => assert.match(earlyDays(days)!, text));
  }
});
