import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {anytimeInterval} from '../../src/stats/anytime.js';
import {drawCount, drawOne, seededChance} from '../../src/stats/chance.js';
import {normalUpper, studentUpper} from '../../src/stats/distributions.js';
import {factorsOf} from '../../src/stats/funnel.js';
import {holm} from '../../src/stats/holm.js';
import {covers, meanOf, ofShare, varianceOf} from '../../src/stats/moments.js';
import {liftFor, powerOf, readersFor} from '../../src/stats/planner.js';
import {betaShare, gammaTail, logBeta, logGamma} from '../../src/stats/special.js';
import {splitTest} from '../../src/stats/split.js';
import {
  differenceOf,
  endInterval,
  endTest,
  welchInterval,
  welchTest,
} from '../../src/stats/difference.js';
import {momentsOf, sumsOf} from './moments.js';

const near = (value: number, wanted: number, error = 1e-9) =>
  assert.ok(
    Math.abs(value - wanted) <= error * Math.max(1, Math.abs(wanted)),
    `${value}, not ${wanted}`,
  );

/** Gives these numbers one after the other, and 0 after that. */
const given = (...numbers: number[]) => {
  const rest = [...numbers];
  return () => rest.shift() ?? 0;
};

describe('seededChance()', () => {
  // Mulberry32, written down a second time in Python.
  for (const [seed, numbers] of [
    [1, [2_693_262_067, 11_749_833, 2_265_367_787]],
    [42, [2_581_720_956, 1_925_393_290]],
    [-1, [3_850_105_811, 813_802_916]],
  ] as const)
    it(`gives the numbers of mulberry32 from ${seed}`, () => {
      const chance = seededChance(seed);
      for (const number of numbers) assert.equal(chance(), number / 2 ** 32);
    });
});

describe('drawCount()', () => {
  for (const [n, p, numbers, count] of [
    [5, 0, [], 0],
    [5, -1, [], 0],
    [5, 1, [], 5],
    [5, 2, [], 5],
    [0, 0.5, [0], 0],
    // At one half, three quarters skip two: the first and the fourth of them happen.
    [5, 0.5, [0, 0.75, 0.9999], 2],
    [4, 0.5, [0, 0.75, 0.9999], 2],
    [3, 0.5, [0, 0.75, 0.9999], 1],
    [5, 0.5, [], 5],
    [5, 0.5, [0.9999], 0],
  ] as const)
    it(`counts ${count} of ${n} at ${p}, given ${numbers.join(' and ') || 'zeros'}`, () => {
      assert.equal(drawCount(given(...numbers), n, p), count);
    });
});

describe('drawOne()', () => {
  const items = [
    ['a', 1],
    ['b', 0],
    ['c', 3],
  ] as const;
  for (const [number, item] of [
    [0, 'a'],
    [0.2499, 'a'],
    [0.25, 'c'],
    [0.9999, 'c'],
    // A sum of weights that is rounded up leads beyond the end.
    [1, 'c'],
  ] as const)
    it(`draws ${item} at ${number}`, () => assert.equal(drawOne(given(number), items), item));

  it('refuses to draw from nothing', () => assert.throws(() => drawOne(given(0), []), RangeError));
});

describe('special functions', () => {
  it('logGamma() is the logarithm of the factorial', () => {
    let factorial = 1;
    for (let n = 1; n <= 18; n += 1) {
      near(logGamma(n), Math.log(factorial), 2e-15);
      factorial *= n;
    }
    near(logGamma(0.5), Math.log(Math.PI) / 2, 2e-15);
    near(logGamma(10.5), 13.940_625_219_403_763, 2e-15);
  });

  it('logBeta() is the same either way round', () => {
    near(logBeta(2, 3), Math.log(1 / 12), 1e-14);
    near(logBeta(3, 2), Math.log(1 / 12), 1e-14);
    // 1/B(a, 2) = a (a + 1).
    near(logBeta(10, 2), -Math.log(110), 1e-14);
    near(logBeta(2, 1000), -Math.log(1_001_000), 1e-13);
  });

  it('betaShare() has its closed forms', () => {
    for (const x of [0.05, 0.3, 0.5, 0.7, 0.95]) {
      near(betaShare(x, 1, 4), 1 - (1 - x) ** 4, 1e-14);
      near(betaShare(x, 3, 1), x ** 3, 1e-14);
      near(betaShare(x, 0.5, 0.5), (2 / Math.PI) * Math.asin(Math.sqrt(x)), 1e-13);
    }
    for (const [x, share] of [
      [-0.1, 0],
      [0, 0],
      [1, 1],
      [1.1, 1],
    ] as const)
      assert.equal(betaShare(x, 2, 3), share);
  });

  it('gammaTail() has its closed forms', () => {
    for (const x of [0.1, 1, 1.9, 2, 2.1, 10, 700]) {
      near(gammaTail(1, x) / Math.exp(-x), 1, 1e-12);
      near(gammaTail(2, x) / (Math.exp(-x) * (1 + x)), 1, 1e-12);
    }
    assert.equal(gammaTail(2, 0), 1);
    assert.equal(gammaTail(2, -1), 1);
  });

  it('quantiles are those of the tables, on both sides', () => {
    near(normalUpper(0.025), 1.959_963_984_540_054, 1e-12);
    near(normalUpper(0.975), -1.959_963_984_540_054, 1e-12);
    assert.equal(normalUpper(0.5), 0);
    // Student's t with one degree is the Cauchy distribution: the tangent.
    near(studentUpper(0.25, 1), 1, 1e-12);
    near(studentUpper(0.75, 1), -1, 1e-12);
  });
});

describe('splitTest()', () => {
  for (const {what, counts, weights, p} of [
    {what: 'no arm', counts: [], weights: [], p: 1},
    {what: 'one arm', counts: [5], weights: [1], p: 1},
    {what: 'no readers', counts: [0, 0], weights: [0.5, 0.5], p: 1},
    {what: 'just as planned', counts: [100, 100], weights: [0.5, 0.5], p: 1},
    {what: 'an arm without weight or readers', counts: [50, 50, 0], weights: [1, 1, 0], p: 1},
    {what: 'readers in an arm without weight', counts: [50, 50, 1], weights: [1, 1, 0], p: 0},
    {what: 'a weight that is not told', counts: [50, 1], weights: [1], p: 0},
    // From SciPy's chisquare().
    {what: '90 and 110', counts: [90, 110], weights: [0.5, 0.5], p: 0.157_299_207_050_281},
    {what: '90 and 110 of one to three', counts: [90, 110], weights: [1, 3], p: 6.4909e-11},
    {what: 'three arms', counts: [30, 40, 50], weights: [2, 2, 2], p: 0.082_084_998_623_898_8},
  ])
    it(`given ${what}: ${p}`, () => near(splitTest(counts, weights), p, 1e-12));
});

describe('moments', () => {
  it('are those of the numbers', () => {
    const sums = sumsOf([2, 4, 4, 4, 5, 5, 7, 9]);
    assert.equal(meanOf(sums), 5);
    near(varianceOf(sums), 32 / 7);
    assert.deepEqual(ofShare(10, 3), {n: 10, sum: 3, squares: 3, cubes: 3});
    // What rounding leaves of no variance at all is not less than none.
    assert.equal(varianceOf({n: 3, sum: 0.3, squares: 0.029}), 0);
  });

  for (const [low, high, value, isCovered] of [
    [-1, 1, 0, true],
    [0, 1, 0, true],
    [-1, 0, 0, true],
    [0.1, 1, 0, false],
    [-1, -0.1, 0, false],
    [1, 2, 1.5, true],
    [1, 2, 3, false],
  ] as const)
    it(`${isCovered ? 'cover' : 'do not cover'} ${value} from ${low} to ${high}`, () =>
      assert.equal(covers({low, high}, value), isCovered));

  it('cover zero where nothing else is asked', () => {
    assert.equal(covers({low: -1, high: 1}), true);
    assert.equal(covers({low: 1, high: 2}), false);
  });
});

describe('intervals of arms that do not vary', () => {
  const everywhere = {low: -Infinity, high: Infinity};
  for (const [what, a, b] of [
    ['alike', momentsOf(10, 1, 0), momentsOf(10, 1, 0)],
    ['of one reader', momentsOf(1, 1, 0), momentsOf(10, 1, 1)],
    ['of nobody', {n: 0, sum: 0, squares: 0}, momentsOf(10, 1, 1)],
  ] as const)
    it(`say nothing, given arms ${what}`, () => {
      const pair = differenceOf(a, b);
      assert.deepEqual(welchInterval(pair, 0.05), everywhere);
      assert.equal(welchTest(pair), 1);
      assert.deepEqual(anytimeInterval(pair, a.n + b.n, 100, 0.05), everywhere);
      assert.deepEqual(endInterval(pair, 0.05), everywhere);
      assert.equal(endTest(pair), 1);
    });

  it('say something where one of them varies', () => {
    // The sequence's formula, written down a second time in Python.
    const pair = differenceOf(momentsOf(100, 1, 0), momentsOf(100, 3, 2));
    const {low, high} = anytimeInterval(pair, 200, 400, 0.01);
    near(low, 1.2774753387994602, 1e-8);
    near(high, 2.7225246612005396, 1e-8);
  });
});

describe('holm()', () => {
  for (const [ps, adjusted] of [
    [[], []],
    [[0.04], [0.04]],
    [
      [0.5, 0.6, 0.01],
      [1, 1, 0.03],
    ],
    [
      [0.02, 0.02],
      [0.04, 0.04],
    ],
    [
      [0.03, 0.02],
      [0.04, 0.04],
    ],
  ] as const)
    it(`makes ${adjusted.join(' and ') || 'nothing'} of ${ps.join(' and ') || 'nothing'}`, () => {
      const result = holm(ps);
      assert.equal(result.length, ps.length);
      for (const [i, p] of result.entries()) near(p, adjusted[i]!, 1e-12);
    });
});

// Wald's test of two shares, each with its own variance, with SciPy's quantiles.
describe('readersFor(), powerOf() and liftFor()', () => {
  for (const [lift, wish, readers] of [
    [0.2, {giftRate: 0.005}, 85_859],
    [0.2, {giftRate: 0.005, spread: 1.4}, 255_081],
    [0.2, {giftRate: 0.005, alpha: 0.01, power: 0.9}, 162_766],
    [-0.2, {giftRate: 0.005}, 70_319],
    [0.1, {giftRate: 0.002}, 822_398],
    // A rate that would be above one is one.
    [2, {giftRate: 0.5}, 2],
  ] as const)
    it(`need ${readers} readers an arm for ${lift * 100} % at ${JSON.stringify(wish)}`, () =>
      assert.equal(readersFor(lift, wish), readers));

  for (const [lift, wish, power] of [
    [0.2, {giftRate: 0.005}, 0.570_630_404_991],
    [-0.2, {giftRate: 0.005}, 0.656_322_017_708],
    [0.2, {giftRate: 0.005, spread: 1.4}, 0.235_886_408_638],
    [0.2, {giftRate: 0.005, alpha: 0.01}, 0.330_734_475_053],
  ] as const)
    it(`find ${lift * 100} % among 50,000 with ${power} at ${JSON.stringify(wish)}`, () =>
      near(powerOf(lift, 50_000, wish), power, 1e-10));

  it('find no less than a quarter more among 50,000', () => {
    near(liftFor(50_000, {giftRate: 0.005}), 0.265_955_4, 1e-5);
    near(liftFor(50_000, {giftRate: 0.005, spread: 1.4}), 0.479_501_1, 1e-5);
  });
});

describe('factorsOf()', () => {
  const a = {readers: 10_000, seen: 8000, opened: 800, givers: 80, value: 80_000};
  const b = {readers: 12_000, seen: 9000, opened: 990, givers: 120, value: 150_000};

  it('gives each step of both, and its share of the lift', () => {
    const factors = factorsOf(a, b)!;
    const wanted = [
      ['seen', 0.8, 0.75, -0.144_612_113_497],
      ['opened', 0.1, 0.11, 0.213_562_478_6],
      ['finished', 0.1, 4 / 33, 0.431_049_634_897],
      ['gift', 1000, 1250, 0.5],
    ] as const;
    assert.deepEqual(
      factors.map(({step}) => step),
      wanted.map(([step]) => step),
    );
    for (const [i, [, x, y, share]] of wanted.entries()) {
      near(factors[i]!.a, x);
      near(factors[i]!.b, y);
      near(factors[i]!.share, share);
    }
  });

  for (const step of ['seen', 'opened', 'givers', 'value'] as const)
    it(`says nothing where nobody of one arm came to ${step}`, () => {
      assert.equal(factorsOf({...a, [step]: 0}, b), undefined);
      assert.equal(factorsOf(a, {...b, [step]: 0}), undefined);
    });
});
