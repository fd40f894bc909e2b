import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import * as ours from '../../src/stats/distributions.js';
import {logBeta} from '../../src/stats/special.js';
import {splitTest} from '../../src/stats/split.js';
import {differenceOf, welchInterval, welchTest} from '../../src/stats/difference.js';
import {momentsOf} from './moments.js';

interface Vectors {
  readonly from: string;
  readonly welch: {
    n: number[];
    mean: number[];
    sd: number[];
    p: number;
    low: number;
    high: number;
  }[];
  readonly split: {counts: number[]; weights: number[]; p: number}[];
  readonly logBeta: number[][];
  readonly [name: string]: unknown;
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../test/vectors/statistics.json', import.meta.url), 'utf8'),
) as Vectors;

/** The larger of both errors, where the number is a tail's: one that is wrong by its half is wrong. */
const relative = (found: number, wanted: number) =>
  Math.abs(found - wanted) / Math.max(Math.abs(wanted), 1e-290);

describe(`distributions against ${vectors.from}`, () => {
  for (const name of [
    'normalTail',
    'normalUpper',
    'studentTail',
    'studentUpper',
    'chiSquareTail',
  ] as const) {
    it(`${name}() is within 1e-8 of it, relative to the number itself`, () => {
      const rows = vectors[name] as number[][];
      assert.ok(rows.length >= 40);
      const call: (x: number, degrees: number) => number = ours[name];
      for (const row of rows) {
        const wanted = row.at(-1)!;
        const found = call(row[0]!, row[1]!);
        const error = wanted === 0 ? Math.abs(found) : relative(found, wanted);
        assert.ok(error < 1e-8, `${name}(${row.slice(0, -1).join()}) = ${found}, not ${wanted}`);
      }
    });
  }

  it('logBeta() is, with large arguments', () => {
    for (const [a, b, wanted] of vectors.logBeta as [number, number, number][]) {
      assert.ok(Math.abs(logBeta(a, b) - wanted) < 1e-8 * Math.max(1, Math.abs(wanted)));
    }
  });

  it('refuses a share that is none', () => {
    for (const p of [0, 1, -1, 2, NaN]) assert.throws(() => ours.normalUpper(p), RangeError);
  });
});

describe('tests against SciPy', () => {
  it('welchTest() and welchInterval() agree', () => {
    for (const {n, mean, sd, p, low, high} of vectors.welch) {
      const pair = differenceOf(
        momentsOf(n[0]!, mean[0]!, sd[0]!),
        momentsOf(n[1]!, mean[1]!, sd[1]!),
      );
      // The variance is read back from sums of squares, which costs digits when the mean is large.
      const scale = 1e-7 * Math.max(Math.abs(low), Math.abs(high), 1e-3);
      assert.ok(Math.abs(welchTest(pair) - p) < 1e-7, `${welchTest(pair)} ${p}`);
      const interval = welchInterval(pair, 0.04);
      assert.ok(Math.abs(interval.low - low) < scale);
      assert.ok(Math.abs(interval.high - high) < scale);
    }
  });

  it('splitTest() agrees', () => {
    for (const {counts, weights, p} of vectors.split) {
      assert.ok(relative(splitTest(counts, weights), p) < 1e-8);
    }
  });
});
