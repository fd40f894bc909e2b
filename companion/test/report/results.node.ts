import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Experiment} from 'reader-support/core';
import {columns, type DailySum} from '../../src/report/daily-sum.js';
import {resultsOf, type Results} from '../../src/report/results.js';
import {sentenceOf} from '../../src/report/sentence.js';
import {printText} from '../../src/report/text.js';
import {anExperiment, day, start} from './fixtures.js';

interface Arm {
  readonly readers?: number;
  readonly gifts?: number;
  readonly gift?: number;
  readonly closed?: number;
}

/** The same numbers every day, gifts of one size. */
function rowsOf(days: number, arms: Record<string, Arm>): DailySum[] {
  const none = Object.fromEntries(columns.map(column => [column, 0])) as unknown as DailySum;
  return Array.from({length: days}, (_, i) =>
    Object.entries(arms).map(([arm, {readers = 3000, gifts = 15, gift = 2000, closed = 30}]) => ({
      ...none,
      day: new Date(start + i * day).toISOString().slice(0, 10),
      ...{experiment: 'autumn-appeal@1', arm, readers, gifts, closed},
      ...{seen: Math.round(readers * 0.8), opened: gifts * 4, started: gifts * 2},
      ...{value: gifts * gift, capped: gifts * gift, squares: gifts * gift * gift},
    })),
  ).flat();
}

const two = (b: Arm, a: Arm = {}) => ({control: a, 'plain-words': b});

function results(
  days: number,
  arms: Record<string, Arm>,
  changes: Partial<Experiment> = {},
  more: object = {},
): Results {
  const tally = {rows: rowsOf(days, arms), ...more};
  return resultsOf(anExperiment(changes), tally, {now: start + days * day});
}

describe('sentenceOf()', () => {
  for (const {given, found, kind, text} of [
    {
      given: 'a clear lead',
      found: results(14, two({gifts: 30})),
      kind: 'good',
      text: /^plain-words earns more: about €100 more per 1,000 readers \(likely €[\d.]+ to €[\d.]+\)\. Keep it\.$/,
    },
    {
      given: 'a clear lead of the control',
      found: results(14, two({gifts: 4})),
      kind: 'good',
      text: /^control earns more: plain-words brings about €73 less per 1,000 readers .* Keep control\.$/,
    },
    {
      given: 'half the time and no lead',
      found: results(14, two({gifts: 16})),
      kind: 'wait',
      text: /^Too early: 49 % of planned readers, about 14 days to go\.$/,
    },
    {
      given: 'half the time and no lead, when it is switched off',
      found: results(14, two({gifts: 16}), {on: false}),
      kind: 'even',
      text: /^Ended early, after 14 of 28 days, with 49 % of planned readers: nobody can say which version earns more\./,
    },
    {
      given: 'three days, when it is switched off',
      found: results(3, two({gifts: 16}), {on: false}),
      kind: 'even',
      text: /^Ended too early for a verdict: it needed 7 whole days \(4 are missing\)\./,
    },
    {
      given: 'a clear lead, when it is switched off',
      found: results(14, two({gifts: 30}), {on: false}),
      kind: 'good',
      text: /^plain-words earns more: .* Keep it\.$/,
    },
    {
      given: 'the end and few gifts, when it is switched off',
      found: results(28, two({gifts: 0}), {on: false}),
      kind: 'wait',
      text: /^Not enough gifts for a verdict: the planned end is reached/,
    },
    {
      given: 'the end and no lead',
      found: results(28, two({gifts: 16})),
      kind: 'even',
      text: /^No meaningful difference: choose by taste\.$/,
    },
    {
      given: 'readers who were not split as planned',
      found: results(28, two({gifts: 60, readers: 3300})),
      kind: 'broken',
      text: /^Do not trust this test: readers were not split as planned \(control got 47\.6 % instead of 50\.0 %/,
    },
    {
      given: 'five days',
      found: results(5, two({gifts: 60})),
      kind: 'wait',
      text: /^Too early: no verdict before 7 whole days \(2 are missing\)\.$/,
    },
    {
      given: 'few gifts',
      found: results(8, two({gifts: 3})),
      kind: 'wait',
      text: /^Too early: no verdict before 25 gifts in every version \(1 is missing in one\)\.$/,
    },
    {
      given: 'few gifts at the end',
      found: results(28, two({gifts: 0})),
      kind: 'wait',
      text: /^Not enough gifts for a verdict/,
    },
    {
      given: 'a currency without a rate',
      found: results(28, two({gifts: 60}), {}, {leftOut: {unexposed: 0, unrated: {CHF: 3}}}),
      kind: 'broken',
      text: /^This test cannot be judged: gifts in CHF have no declared rate/,
    },
    {
      given: 'nothing at all',
      found: results(0, two({})),
      kind: 'wait',
      text: /^Too early: no verdict/,
    },
  ]) {
    it(`given ${given}`, () => {
      const sentence = sentenceOf(found);
      assert.match(sentence.text, text);
      assert.equal(sentence.kind, kind);
    });
  }

  it('names no leader while the interval covers zero, and the right one when it does not', () => {
    const names = new Set<string>();
    for (let gifts = 0; gifts <= 40; gifts += 1) {
      for (const days of [14, 28]) {
        const found = results(days, two({gifts}));
        const [one] = found.verdict.comparisons;
        const {low, high} = one!.interval;
        const [, name = 'nobody'] =
          /^(control|plain-words) earns/.exec(sentenceOf(found).text) ?? [];
        const isJudged = found.verdict.state !== 'too-early';
        const leader = low > 0 ? 'plain-words' : high < 0 ? 'control' : 'nobody';
        assert.equal(name, isJudged ? leader : 'nobody', `${gifts} on day ${days}`);
        names.add(name);
      }
    }
    assert.deepEqual([...names].sort(), ['control', 'nobody', 'plain-words']);
  });
});

describe('resultsOf()', () => {
  it('does not count readers of after the planned end', () => {
    const rows = rowsOf(40, two({}));
    const late = rows.map(row =>
      row.day > '2026-10-28' && row.arm === 'plain-words'
        ? {...row, capped: 1e7, squares: 1e13}
        : row,
    );
    const options = {now: start + 40 * day};
    const found = resultsOf(anExperiment(), {rows: late}, options);
    assert.equal(found.readers, 28 * 6000);
    assert.equal(found.to, '2026-10-28');
    assert.equal(found.verdict.state, 'no-difference');
  });

  it('counts no days on which nobody took part', () => {
    const found = resultsOf(anExperiment(), {rows: rowsOf(10, two({}))}, {now: start + 90 * day});
    assert.equal(found.days, 10);
    assert.equal(found.isEnd, false);
  });

  it('counts no day that is not over', () => {
    const rows = rowsOf(28, two({}));
    const now = (days: number) => ({now: start + days * day});
    assert.equal(resultsOf(anExperiment(), {rows}, now(27)).isEnd, false);
    assert.equal(resultsOf(anExperiment(), {rows}, now(28)).isEnd, true);
  });

  it('puts the control first and knows nothing of other experiments', () => {
    const arms = {b: {weight: 0.5, enabled: false}, control: {weight: 0.5}};
    const rows = [
      ...rowsOf(9, {b: {}, control: {}}),
      ...rowsOf(9, {control: {}}).map(row => ({...row, experiment: 'x@1'})),
    ];
    const found = resultsOf(anExperiment({arms}), {rows}, {now: start + 9 * day});
    assert.deepEqual(
      found.arms.map(({arm}) => arm),
      ['control', 'b'],
    );
    assert.equal(found.readers, 9 * 6000);
  });

  it('counts nobody in a version that the experiment does not have, and says so', () => {
    const found = results(10, {...two({}), Control: {readers: 12}});
    assert.equal(found.readers, 60_000);
    assert.deepEqual(found.strangers, {Control: 120});
    assert.match(printText(found), /^120 readers were left out: .* no version Control\.$/m);
    assert.doesNotMatch(printText(results(10, two({}))), /no version/);
  });

  it('shows no lift below 25 gifts in either arm', () => {
    const lifts = (gifts: number) =>
      results(8, two({gifts})).arms.map(({lift}) => lift !== undefined);
    assert.deepEqual(lifts(3), [false, false]);
    assert.deepEqual(lifts(4), [false, true]);
  });

  it('tells a version that annoys', () => {
    const annoying = results(28, two({closed: 90})).sideEffects;
    assert.equal(annoying.find(({kind}) => kind === 'closed')!.state, 'worse');
    const same = results(28, two({})).sideEffects;
    assert.equal(same.find(({kind}) => kind === 'closed')!.state, 'fine');
    assert.ok(!same.some(({kind}) => kind === 'later'), 'nobody did');
  });

  it('has a point a day in the course, in a band that narrows', () => {
    const {course} = results(28, two({}));
    assert.equal(course.length, 28);
    const width = ({low, high}: {low: number; high: number}) => high - low;
    assert.ok(width(course[27]!) < width(course[6]!) / 2);
  });
});

describe('printText()', () => {
  it('begins with the sentence and ends with the method', () => {
    const text = printText(results(28, two({gifts: 30})));
    assert.match(text, /^plain-words earns more/);
    assert.match(text, /plain-words {2}€200 \(likely/);
    assert.match(text, /gifts per ask begun: 0\.0 %/);
    assert.match(text, /no reader counts for more than €250/);
    assert.match(text, /1 USD = 0\.9 EUR/);
    assert.match(text, /The split of readers is as planned/);
  });

  it('tells an empty experiment', () => {
    assert.match(printText(results(0, two({}))), /no reader was counted yet/);
  });
});
