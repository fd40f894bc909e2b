import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {noCounts, type DailySum} from '../../src/report/daily-sum.js';
import {isUndone, newLooks, type Look} from '../../src/report/looks.js';
import {resultsOf} from '../../src/report/results.js';
import {anExperiment, day, start} from './fixtures.js';

const dayOf = (i: number): string => new Date(start + i * day).toISOString().slice(0, 10);

const rowsOf = (days: number, gifts: {control: number; b: number}): DailySum[] =>
  Array.from({length: days}, (_, i) =>
    (['control', 'b'] as const).map(arm => ({
      ...noCounts,
      ...{day: dayOf(i), experiment: 'autumn-appeal@1', arm, readers: 3000, gifts: gifts[arm]},
      ...{value: gifts[arm] * 2000, capped: gifts[arm] * 2000},
      ...{squares: gifts[arm] * 2000 ** 2, cubes: gifts[arm] * 2000 ** 3},
    })),
  ).flat();

const experiment = anExperiment({arms: {control: {weight: 0.5}, b: {weight: 0.5}}});
const at = (days: number, gifts: {control: number; b: number}, looks: readonly Look[] = []) =>
  resultsOf(experiment, {rows: rowsOf(days, gifts)}, {now: start + days * day, looks});

describe('newLooks()', () => {
  it('writes an early crossing down once, with its day and its figures', () => {
    const found = at(14, {control: 15, b: 30});
    const [look] = found.newLooks;
    assert.ok(look);
    assert.equal(found.newLooks.length, 1);
    const {low, high, ...rest} = look;
    assert.deepEqual(rest, {
      ...{experiment: 'autumn-appeal@1', arm: 'b', boundary: 'early', direction: 'better'},
      ...{day: dayOf(14), through: dayOf(13), difference: 10},
    });
    assert.ok(0 < low && low < 10 && 10 < high && high < 20);
    assert.deepEqual(at(15, {control: 15, b: 30}, found.newLooks).newLooks, []);
  });

  it('keeps the verdict and the figures of that day, whatever comes after', () => {
    const {newLooks: looks} = at(14, {control: 15, b: 30});
    for (const gifts of [30, 15, 5]) {
      const later = rowsOf(20, {control: 15, b: gifts}).filter(row => row.day > dayOf(13));
      const rows = [...rowsOf(14, {control: 15, b: 30}), ...later];
      const {verdict} = resultsOf(experiment, {rows}, {now: start + 20 * day, looks});
      assert.equal(verdict.state, 'better', `${gifts}`);
      assert.equal(verdict.comparisons[0]!.difference, 10);
    }
  });

  it('writes the planned end down whether or not it was crossed, and looks no more', () => {
    const end = at(28, {control: 15, b: 16});
    assert.deepEqual(
      end.newLooks.map(({boundary, direction}) => [boundary, direction]),
      [['end', undefined]],
    );
    // Late gifts would cross it now.
    const {verdict, newLooks: more} = at(28, {control: 15, b: 19}, end.newLooks);
    assert.deepEqual(more, []);
    assert.equal(verdict.comparisons[0]!.crossed, undefined);
    assert.equal(at(28, {control: 15, b: 19}).verdict.state, 'better');
  });

  it('writes nothing down before the gates, or of a broken split', () => {
    assert.deepEqual(at(6, {control: 15, b: 60}).newLooks, []);
    const comparisons = [
      {arm: 'b', difference: 9, interval: {low: 1, high: 17}, crossed: 'early' as const},
    ];
    const place = {experiment: 'autumn-appeal@1', day: dayOf(9), through: dayOf(8), isEnd: false};
    for (const state of ['broken-split', 'no-cubes', 'too-early'] as const) {
      assert.deepEqual(newLooks({state, comparisons}, place), []);
    }
    assert.equal(newLooks({state: 'better', arm: 'b', comparisons}, place).length, 1);
  });

  it('takes no look of another experiment or version', () => {
    const [look] = at(14, {control: 15, b: 30}).newLooks;
    const other = {...look!, experiment: 'autumn-appeal@2'};
    assert.equal(at(14, {control: 15, b: 16}, [other]).verdict.state, 'open');
  });
});

describe('isUndone()', () => {
  const look: Look = {
    ...{experiment: 'autumn-appeal@1', arm: 'b', boundary: 'early', direction: 'better'},
    ...{day: dayOf(14), through: dayOf(13), difference: 10, low: 1, high: 19},
  };
  for (const [given, rows, changes, isGone] of [
    ['the same sums', rowsOf(14, {control: 15, b: 30}), {}, false],
    ['half of the lead', rowsOf(14, {control: 15, b: 23}), {}, false],
    ['less than half of it', rowsOf(14, {control: 15, b: 22}), {}, true],
    ['a lead that has turned round', rowsOf(14, {control: 15, b: 10}), {}, true],
    [
      'weeks without a difference after the look',
      [
        ...rowsOf(14, {control: 15, b: 30}),
        ...rowsOf(28, {control: 15, b: 15}).filter(row => row.day > dayOf(13)),
      ],
      {},
      false,
    ],
    ['a loss of which half is left', rowsOf(14, {control: 22, b: 15}), {difference: -9}, false],
    [
      'a loss of which less is left',
      rowsOf(14, {control: 19, b: 15}),
      {direction: 'worse', difference: -9},
      true,
    ],
    [
      'a look that found nothing',
      rowsOf(14, {control: 19, b: 15}),
      {boundary: 'end', direction: undefined},
      false,
    ],
  ] as const)
    it(`is ${isGone}, given ${given}`, () => {
      assert.equal(isUndone({...look, ...changes} as Look, rows), isGone);
    });
});
