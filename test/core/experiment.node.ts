import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {bucketRanges, chooseArm} from '../../src/core/experiments/experiment.js';
import {hash} from '../../src/core/experiments/hash.js';
import {plausibleNames} from './experiment-names.js';

// The SDK's entry exports these under other names or not at all, so its file is read.
const growthbook = (await import(
  new URL('../../node_modules/@growthbook/growthbook/dist/esm/util.mjs', import.meta.url).href
)) as {
  hash: (seed: string, value: string, version: number) => number;
  getBucketRanges: (count: number, coverage?: number, weights?: number[]) => [number, number][];
  chooseVariation: (point: number, ranges: [number, number][]) => number;
};
const vectors = JSON.parse(
  readFileSync(new URL('../vectors/hash.json', import.meta.url), 'utf8'),
) as {
  points: [seed: string, value: string, point: number][];
  ranges: [number, number, number[] | null, [number, number][]][];
  arms: [number, [number, number][], number][];
};

const runs = process.env['FULL'] ? 200_000 : 20_000;

/** Silences GrowthBook's SDK, which warns about wrong weights on the console. */
function quietly<T>(act: () => T): T {
  const {error} = console;
  console.error = () => undefined;
  try {
    return act();
  } finally {
    console.error = error;
  }
}

describe('hash()', () => {
  // From the public specification of GrowthBook's SDKs.
  for (const [seed, value, point] of [
    ['seed', 'a', 0.0505],
    ['seed', 'b', 0.2696],
    ['foo', 'ab', 0.2575],
    ['foo', 'def', 0.2019],
    ['89123klj', '8952klfjas09ujkasdf', 0.124],
    ['90850943850283058242805', '123', 0.7516],
    ['()**(%$##$%#$#', '___)((*":&', 0.0128],
  ] as const) {
    it(`returns ${point} for ${value} under ${seed}`, () => {
      assert.equal(hash(seed, value), point);
    });
  }

  it('matches the frozen vectors', () => {
    assert.ok(vectors.points.length > 200);
    for (const [seed, value, point] of vectors.points) assert.equal(hash(seed, value), point);
  });

  it("equals GrowthBook's for any text", () => {
    const text = fc.string({unit: 'grapheme', maxLength: 60});
    const same = (seed: string, value: string) =>
      hash(seed, value) === growthbook.hash(seed, value, 2);
    fc.assert(fc.property(text, text, same), {numRuns: runs});
    fc.assert(fc.property(fc.string(), fc.uuid(), same), {numRuns: runs});
  });
});

describe('bucketRanges()', () => {
  it('matches the frozen vectors', () => {
    assert.ok(vectors.ranges.length > 300);
    for (const [count, coverage, weights, ranges] of vectors.ranges) {
      assert.deepEqual(bucketRanges(count, coverage, weights), ranges);
    }
  });

  it("equals GrowthBook's in every bit", () => {
    const weight = fc.double({min: 0, max: 1, noNaN: true});
    const coverage = fc.double({min: -1, max: 2, noNaN: true});
    const sound = fc.array(weight, {minLength: 1, maxLength: 6}).map(list => {
      const sum = list.reduce((a, b) => a + b, 0) || 1;
      return list.map(one => one / sum);
    });
    const wild = fc.array(weight, {maxLength: 6});
    const property = fc.property(
      fc.integer({min: 0, max: 6}),
      coverage,
      fc.oneof(sound, wild),
      (count, share, weights) => {
        const theirs = quietly(() => growthbook.getBucketRanges(count, share, weights));
        assert.deepEqual(bucketRanges(count, share, weights), theirs);
      },
    );
    fc.assert(property, {numRuns: runs / 4});
  });

  it('adds in floating point like the specification', () => {
    const ranges = bucketRanges(3, 1, [0.1, 0.2, 0.7]);
    assert.equal(chooseArm(0.3, ranges), 1);
    assert.equal(ranges[2]![0], 0.30000000000000004);
  });
});

describe('chooseArm()', () => {
  it('matches the frozen vectors', () => {
    for (const [point, ranges, arm] of vectors.arms) assert.equal(chooseArm(point, ranges), arm);
  });

  it("equals GrowthBook's at each of the 10,000 points", () => {
    const ranges = bucketRanges(3, 0.8, [0.1, 0.2, 0.7]) as [number, number][];
    for (let i = 0; i < 10_000; i += 1) {
      const point = i / 10_000;
      assert.equal(chooseArm(point, ranges), growthbook.chooseVariation(point, ranges));
    }
  });
});

describe('assignArm()', () => {
  it('assigns readers independently under every pair of plausible names', () => {
    const readers = 20_000;
    const names = plausibleNames;
    assert.equal(names.length, 37);
    const arms = names.map(name => {
      const bits = new Uint8Array(readers);
      for (let i = 0; i < readers; i += 1) {
        bits[i] = chooseArm(hash(`${name}@1`, `0b1c-${i * 7919}-reader`), bucketRanges(2));
      }
      return bits;
    });
    let worst = 0;
    for (let a = 0; a < arms.length; a += 1) {
      for (let b = 0; b < a; b += 1) {
        const cells = [0, 0, 0, 0];
        for (let i = 0; i < readers; i += 1) cells[arms[a]![i]! * 2 + arms[b]![i]!]! += 1;
        const [n00, n01, n10, n11] = cells as [number, number, number, number];
        const margins = (n00 + n01) * (n10 + n11) * (n00 + n10) * (n01 + n11);
        worst = Math.max(worst, (readers * (n00 * n11 - n01 * n10) ** 2) / margins);
      }
    }
    // The upper ten-thousandth of chi-square with one degree of freedom.
    assert.ok(worst < 15.137, `${worst}`);
  });
});
