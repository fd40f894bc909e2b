import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {blockedBy, inputText} from '../../src/report/input-count.js';
import {readLine} from '../../src/report/log-record.js';
import {foldFile, foldLog} from '../../src/report/log.js';
import {scaleOf} from '../../src/report/gift-value.js';
import {anExperiment, someLines, start} from './fixtures.js';

const scale = scaleOf(anExperiment().metric, 'EUR');
const scaleFor = () => scale;

const source = {experiment: 'autumn-appeal@1', arm: 'control', exposure: 'x'};
const view = {name: 'view', ...source, key: 'e:1', at: start};
const exposure = {...view, name: 'exposure'};
const amount = {minor: 1000, currency: 'EUR'};
const gift = {
  ...{kind: 'gift', id: 'g', rank: 1, state: 'paid', frequency: 'once', renewal: false, source},
  ...{amount, at: start},
};
const subscription = {kind: 'subscription', id: 's', rank: 3, state: 'ended', source, at: start};
const refund = {kind: 'refund', id: 'r', rank: 1, gift: 'g', amount, at: start};

const without = (line: object, field: string) =>
  Object.fromEntries(Object.entries(line).filter(([name]) => name !== field));

async function* textsOf(lines: readonly unknown[]): AsyncGenerator<string> {
  for (const line of lines) {
    yield await Promise.resolve(typeof line === 'string' ? line : JSON.stringify(line));
  }
}

const foldLines = (...lines: unknown[]) => foldLog(textsOf(lines), scaleFor, 0);

describe('readLine()', () => {
  for (const [given, line, problem] of [
    ['a number', 5, /^expected an object but received 5$/],
    ['a text', 'text', /^expected an object but received "text"$/],
    ['null', null, /^expected an object but received null$/],
    ['a list', [exposure], /^expected an object/],
    ['an empty object', {}, /^expected `name` to be the name of an event but received nothing$/],
    [
      'an unknown kind',
      {...gift, kind: 'present'},
      /^expected `kind` to be .* received "present"$/,
    ],
    ['a kind in capitals', {...gift, kind: 'Gift'}, /^expected `kind` .* received "Gift"$/],
    ['a kind that objects inherit', {...gift, kind: 'toString'}, /^expected `kind`/],
    ['a kind that is a number', {...gift, kind: 1}, /^expected `kind` .* received 1$/],
    ['an unknown event', {...view, name: 'seen'}, /^expected `name` .* received "seen"$/],
    ['an event without a name', without(view, 'name'), /^expected `name`/],
    ['an event without a time', without(view, 'at'), /^expected `at` to be a time in ms, or/],
    ['an event at no time', {...view, at: null}, /^expected `at` .* received null$/],
    ['an event on a day of words', {...view, at: 'yesterday'}, /^expected `at` .* "yesterday"$/],
    ['an event on a day of slashes', {...view, at: '11/12/2026'}, /^expected `at`/],
    ['an event on a day no month has', {...view, at: '2026-02-31'}, /^expected `at`/],
    ['an event at a time in seconds', {...view, at: 1_795_000_000}, /^expected `at`/],
    ['an event beyond all days', {...view, at: 1e20}, /^expected `at`/],
    ['an event with an arm that is a number', {...view, arm: 5}, /^expected `arm` to be a name/],
    ['an event without its arm', without(view, 'arm'), /^expected `arm` .* received nothing$/],
    ['an exposure without its experiment', without(exposure, 'experiment'), /`experiment`/],
    ['an experiment of two lines', {...view, experiment: 'a\nb'}, /^expected `experiment`/],
    ['half an event', {...view, count: 0.5}, /^expected `count` to be a whole number from 1/],
    ['no event', {...view, count: 0}, /^expected `count`/],
    ['an event less than never', {...view, count: -3}, /^expected `count`/],
    ['a count in words', {...view, count: '3'}, /^expected `count` .* received "3"$/],
    [
      'an event that nothing tells from its repeats',
      without(without(view, 'key'), 'exposure'),
      /^expected `key` to be a text, by which repeats are known/,
    ],
    ['a gift without a frequency', without(gift, 'frequency'), /^expected `frequency` to be mon/],
    ['a weekly gift', {...gift, frequency: 'weekly'}, /^expected `frequency` .* "weekly"$/],
    ['a gift of no frequency', {...gift, frequency: null}, /^expected `frequency` .* null$/],
    ['a gift without a state', without(gift, 'state'), /^expected `state` to be pending, fai/],
    ['a gift in a state of its own', {...gift, state: 'succeeded'}, /^expected `state`/],
    ['a gift without a time', without(gift, 'at'), /^expected `at`/],
    ['a gift without an id', without(gift, 'id'), /^expected `id` to be a text/],
    ['a gift with an empty id', {...gift, id: ''}, /^expected `id`/],
    ['a gift without an amount', without(gift, 'amount'), /^expected `amount` to be an object/],
    ['a gift of a bare number', {...gift, amount: 1000}, /^expected `amount` .* received 1000$/],
    [
      'a gift of half a cent',
      {...gift, amount: {...amount, minor: 999.5}},
      /^expected `amount.minor` to be a whole number, 0 or more but received 999.5$/,
    ],
    ['an amount in words', {...gift, amount: {...amount, minor: '1000'}}, /`amount.minor`/],
    ['a negative gift', {...gift, amount: {...amount, minor: -5}}, /`amount.minor` .* -5$/],
    ['a gift beyond all numbers', {...gift, amount: {...amount, minor: 1e300}}, /`amount.minor`/],
    ['a gift of nothing', {...gift, amount: {currency: 'EUR'}}, /`amount.minor` .* nothing$/],
    [
      'a gift in an unknown currency',
      {...gift, amount: {...amount, currency: 'EUX'}},
      /^expected `amount.currency` to be an ISO 4217 code such as EUR but received "EUX"$/,
    ],
    ['a currency in small letters', {...gift, amount: {...amount, currency: 'eur'}}, /currency/],
    ['a sign for a currency', {...gift, amount: {...amount, currency: '€'}}, /amount.currency/],
    ['a gift without a currency', {...gift, amount: {minor: 5}}, /amount.currency/],
    ['a rank in words', {...gift, rank: '1'}, /^expected `rank` to be a number but received "1"$/],
    ['a renewal in words', {...gift, renewal: 'no'}, /^expected `renewal` to be true or false/],
    ['a source of words', {...gift, source: 'autumn'}, /^expected `source` to be an object/],
    [
      'a source without its arm',
      {...gift, source: {experiment: 'autumn-appeal@1'}},
      /^expected `source.arm` to be the arm of the experiment/,
    ],
    ['a holdback without its arm', {...gift, source: {holdback: 'holdback@500'}}, /`source.holdb/],
    ['a subscription without a state', without(subscription, 'state'), /^expected `state` to be p/],
    ['a subscription in no state', {...subscription, state: 'paid'}, /^expected `state`/],
    ['a subscription without an id', without(subscription, 'id'), /^expected `id`/],
    ['a subscription at a time of words', {...subscription, at: 'now'}, /^expected `at`/],
    ['a negative refund', {...refund, amount: {...amount, minor: -1}}, /`amount.minor`/],
    ['a refund of no gift', without(refund, 'gift'), /^expected `gift` to be a text/],
    ['a refund without an amount', without(refund, 'amount'), /^expected `amount`/],
    ['a refund in no currency', {...refund, amount: {minor: 5, currency: 'XX'}}, /amount.currency/],
    [
      'a dispute that is settled',
      {...refund, dispute: 'settled'},
      /^expected `dispute` to be open/,
    ],
  ] as const) {
    it(`does not understand ${given}`, () => {
      const reading = readLine(line);
      assert.ok(!reading.isUnderstood);
      assert.match(reading.problem, problem);
    });
  }

  for (const [given, line] of [
    ['a view without an experiment', without(without(view, 'experiment'), 'arm')],
    ['a view with an arm alone', without(view, 'experiment')],
    ['a gift without a source', without(gift, 'source')],
    ['a gift of a campaign', {...gift, source: {campaign: 'winter'}}],
    ['a gift with empty columns', {...gift, source: {experiment: null, arm: null, holdback: null}}],
    ['a subscription without a source', without(subscription, 'source')],
  ] as const) {
    it(`understands ${given}, which concerns no experiment`, () => {
      assert.deepEqual(readLine(line), {isUnderstood: true});
    });
  }

  for (const [given, line] of [
    ['an event with fields of another system', {...view, url: '/story', session: 5}],
    ['an event with empty columns', {...view, kind: null, placement: null, count: null, id: null}],
    ['an event that has its exposure alone', without(view, 'key')],
    ['an event with an id in place of a key', {...without(view, 'key'), id: 'abc'}],
    ['an event of a day', {...view, at: '2026-10-01'}],
    ['an event at a time with a zone', {...view, at: '2026-10-01T10:00:00.5+02:00'}],
    ['an event with a count', {...view, count: 7}],
    ['a gift without a rank', without(gift, 'rank')],
    ['a gift that is not said to be a renewal', without(gift, 'renewal')],
    ['a gift for the holdback alone', {...gift, source: {holdback: 'holdback@500:held'}}],
    ['a gift of nothing that is left to pay', {...gift, amount: {...amount, minor: 0}}],
    ['a subscription without a time', without(subscription, 'at')],
    ['a refund without a time', without(refund, 'at')],
    ['a refund in the currency of its gift', {...refund, amount: {minor: 5}}],
  ] as const) {
    it(`understands ${given}`, () => {
      const reading = readLine(line);
      assert.ok(reading.isUnderstood && reading.fact, JSON.stringify(reading));
    });
  }
});

describe('foldLog()', () => {
  it('counts the lines that it understands and leaves out, and names the first of these', async () => {
    const {input, rows} = await foldLines(
      exposure,
      '',
      without(view, 'name'),
      {...view, name: 'view', experiment: null, arm: null},
      '{"name":',
      gift,
    );
    assert.deepEqual(input, {
      ...{lines: 5, understood: 3, leftOut: 2},
      first: 'line 3: expected `name` to be the name of an event but received nothing',
    });
    assert.equal(rows[0]!.gifts, 1);
  });

  it('takes away the same money, whatever else the log holds', async () => {
    const lines = [...someLines({seed: 8, readers: 400})];
    const sound = await foldLines(...lines);
    const broken = [
      ...lines.flatMap((line, i) =>
        i % 40 ? [line] : [line, {...gift, id: `bad-${i}`, amount: 9}],
      ),
      '{"name":',
      {...view, at: NaN},
      {...gift, amount: {minor: 1e400, currency: 'EUR'}},
    ];
    const {input, ...rest} = await foldLines(...broken);
    assert.equal(input!.understood, lines.length);
    assert.equal(input!.leftOut, broken.length - lines.length);
    assert.deepEqual(rest, {rows: sound.rows, leftOut: sound.leftOut});
  });

  for (const [given, lines, row, first] of [
    [
      'in another currency',
      [exposure, {...refund, amount: {minor: 400, currency: 'JPY'}}, gift],
      {value: 1000, refunded: 0},
      'line 2: expected `amount.currency` to be EUR, as of the gift, but received "JPY"',
    ],
    [
      'in another currency beside a sound one',
      [exposure, gift, refund, {...refund, id: 'q', amount: {minor: 9, currency: 'USD'}}],
      {value: 0, refunded: 1},
      'line 4: expected `amount.currency` to be EUR, as of the gift, but received "USD"',
    ],
    [
      'of a higher rank in another currency',
      [
        exposure,
        gift,
        {...refund, amount: {minor: 300, currency: 'EUR'}},
        {...refund, rank: 2, amount: {minor: 900, currency: 'USD'}},
      ],
      {value: 700, refunded: 1},
      'line 4: expected `amount.currency` to be EUR, as of the gift, but received "USD"',
    ],
    ['in its currency', [exposure, gift, refund], {value: 0, refunded: 1}, undefined],
    [
      'without a currency',
      [exposure, gift, {...refund, amount: {minor: 400}}],
      {value: 600, refunded: 1},
      undefined,
    ],
    [
      'of a gift that is not in the log, in whatever currency',
      [exposure, gift, {...refund, gift: 'other', amount: {minor: 400, currency: 'JPY'}}],
      {value: 1000, refunded: 0},
      undefined,
    ],
  ] as const) {
    it(`takes off a refund in its gift's currency alone, given one ${given}`, async () => {
      const {rows, input} = await foldLines(...lines);
      for (const [column, value] of Object.entries(row))
        assert.equal(rows[0]![column as keyof typeof row], value, column);
      assert.equal(input!.lines, lines.length);
      assert.equal(input!.leftOut, first === undefined ? 0 : 1);
      assert.equal(input!.first, first);
    });
  }

  it('takes names of any script, and one that is longer than what is written at once', async () => {
    const arm = 'Grüße 日本 '.repeat(4000);
    const lines = [
      {...exposure, arm, exposure: 'ü'},
      {...gift, source: {...source, arm, exposure: 'ü'}},
    ];
    const {rows} = await foldLog(textsOf(lines), scaleFor, 9_000_000_000);
    assert.deepEqual(
      rows.map(row => [row.arm, row.readers, row.gifts]),
      [[arm, 1, 1]],
    );
  });
});

describe('foldFile()', () => {
  it('takes the separators of Unicode within a line, and lines of any length', async context => {
    const folder = mkdtempSync(join(tmpdir(), 'test-'));
    context.after(() => rmSync(folder, {recursive: true}));
    const path = join(folder, 'events.jsonl');
    const long = JSON.stringify({...exposure, exposure: 'y', url: 'x'.repeat(3_000_000)});
    const separated = JSON.stringify(exposure).replace('"control"', '"con\u2028trol"');
    writeFileSync(path, `\uFEFF${separated}\r\n${long}\r\n\r\n[`);
    const {rows, input} = await foldFile(path, scaleFor);
    assert.deepEqual(
      rows.map(({arm, readers}) => [arm, readers]),
      [
        ['control', 1],
        ['con\u2028trol', 1],
      ],
    );
    assert.deepEqual(input, {
      ...{lines: 3, understood: 2, leftOut: 1},
      first: 'line 4: expected JSON but received [',
    });
  });
});

describe('inputText()', () => {
  for (const [text, input] of [
    ['0 lines, 0 understood, 0 left out.', {lines: 0, understood: 0, leftOut: 0}],
    ['1 line, 1 understood, 0 left out.', {lines: 1, understood: 1, leftOut: 0}],
    [
      '2,000 lines, 1,999 understood, 1 left out, the first: line 7: expected JSON but received x',
      {
        ...{lines: 2000, understood: 1999, leftOut: 1},
        first: 'line 7: expected JSON but received x',
      },
    ],
  ] as const) {
    it(`says: ${text}`, () => assert.equal(inputText(input), text));
  }
});

describe('blockedBy()', () => {
  const inputOf = (lines: number, leftOut: number) => ({
    ...{lines, leftOut, understood: lines - leftOut},
    first: 'line 7: expected JSON but received x',
  });

  it('lets one percent pass, and nothing at all', () => {
    assert.equal(blockedBy(undefined), undefined);
    for (const [lines, leftOut] of [
      [0, 0],
      [100, 0],
      [100, 1],
      [408, 4],
    ] as const)
      assert.equal(blockedBy(inputOf(lines, leftOut)), undefined);
  });

  for (const [lines, leftOut] of [
    [1, 1],
    [99, 1],
    [408, 5],
    [10_000, 101],
  ] as const) {
    it(`blocks the verdict where ${leftOut} of ${lines} lines are left out`, () => {
      const text = blockedBy(inputOf(lines, leftOut))!;
      assert.match(text, /^This test cannot be judged: /);
      assert.ok(text.includes(`${leftOut} of ${lines.toLocaleString('en')} lines`));
      assert.match(text, /line 7: expected JSON but received x/);
    });
  }
});
