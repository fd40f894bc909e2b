import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {courseOf} from '../../src/report/time-series.js';
import {noCounts, type Counts, type DailySum} from '../../src/report/daily-sum.js';

const row = (day: string, arm: string, counts: Partial<Counts>): DailySum => ({
  ...noCounts,
  ...{day, arm, experiment: 'copy@1'},
  ...counts,
});

const rows: readonly DailySum[] = [
  // Out of order, and the arms in another one than they are asked for.
  row('2026-10-02', 'b', {readers: 100, capped: 4000, squares: 400_000}),
  row('2026-10-01', 'b', {readers: 100, capped: 2000, squares: 200_000}),
  row('2026-10-01', 'control', {readers: 100, capped: 1000, squares: 100_000}),
  row('2026-10-02', 'control', {readers: 100, capped: 1000, squares: 100_000}),
  row('2026-10-01', 'a', {readers: 1, capped: 0, squares: 0}),
  row('2026-10-02', 'a', {readers: 99, capped: 500, squares: 50_000}),
];

describe('courseOf()', () => {
  it('gives each arm a point a day, of all readers up to that day, per 1,000 readers', () => {
    const course = courseOf(rows, ['a', 'b'], 400);
    // The bands are the confidence sequence of two arms, written down a second time in Python, with the
    // larger of the two standard errors where the arms are unequal.
    const wanted = [
      ['2026-10-01', 'b', 10_000, -9167.238, 29167.238],
      ['2026-10-02', 'a', -5000, -17796.989, 7796.989],
      ['2026-10-02', 'b', 20_000, 5341.185, 34658.815],
    ] as const;
    assert.deepEqual(
      course.map(({day, arm}) => [day, arm]),
      wanted.map(([day, arm]) => [day, arm]),
    );
    for (const [i, [, , difference, low, high]] of wanted.entries()) {
      assert.ok(Math.abs(course[i]!.difference - difference) < 1e-6, `${course[i]!.difference}`);
      assert.ok(Math.abs(course[i]!.low - low) < 1e-2, `${course[i]!.low}`);
      assert.ok(Math.abs(course[i]!.high - high) < 1e-2, `${course[i]!.high}`);
    }
  });

  it('begins with the second reader of both arms', () => {
    const few = (readers: number) => ({readers, capped: readers * 10, squares: 500});
    for (const [control, other, points] of [
      [2, 2, 1],
      [1, 2, 0],
      [2, 1, 0],
      [0, 2, 0],
    ] as const) {
      const day = '2026-10-01';
      const two = [row(day, 'control', few(control)), row(day, 'b', few(other))];
      assert.equal(courseOf(two, ['b'], 100).length, points, `${control} and ${other}`);
    }
  });

  it('says nothing of arms that nobody was in', () => {
    assert.deepEqual(courseOf(rows, ['nobody'], 400), []);
    assert.deepEqual(courseOf([], ['b'], 400), []);
  });
});
