import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {anytimeReach} from '../../src/stats/anytime.js';
import {seededChance, type Chance} from '../../src/stats/chance.js';
import {normalUpper} from '../../src/stats/distributions.js';
import {factorsOf} from '../../src/stats/funnel.js';
import {holm} from '../../src/stats/holm.js';
import {liftOf} from '../../src/stats/log-ratio.js';
import {meanOf, ofShare, varianceOf, type Moments} from '../../src/stats/moments.js';
import {liftFor, powerOf, readersFor} from '../../src/stats/planner.js';
import {splitTest} from '../../src/stats/split.js';
import {differenceOf, welchInterval, welchTest} from '../../src/stats/difference.js';
import {momentsOf, sumsOf} from './moments.js';

/** A count of so many, from the normal distribution: hundreds of them are near enough. */
const drawAbout = (chance: Chance, n: number, p: number): number =>
  Math.round(n * p + Math.sqrt(n * p * (1 - p)) * normalUpper(chance() || 0.5));

const near = (found: number, wanted: number, digits: number) =>
  assert.ok(Math.abs(found - wanted) <= 0.5001 * 10 ** -digits, `${found}, not ${wanted}`);

describe("examples of GrowthBook's gbstats", () => {
  it('agree on the absolute t test', () => {
    const pair = differenceOf(momentsOf(3407, 0.41, 3.9), momentsOf(3461, 0.7, 6.2));
    near(pair.difference, 0.29, 5);
    near(welchTest(pair), 0.02016, 5);
    const {low, high} = welchInterval(pair, 0.05);
    near(low, 0.04538, 5);
    near(high, 0.53462, 5);
  });

  it('agree on the sequential interval', () => {
    // It is one of the relative difference, whose error is that of the delta method.
    const a: Moments = {n: 3000, sum: 1396.87, squares: 52_377.9767};
    const b: Moments = {n: 3461, sum: 2422.7, squares: 134_698.29};
    const [x, y] = [meanOf(a), meanOf(b)];
    const error = Math.sqrt(
      varianceOf(b) / (b.n * x * x) + (varianceOf(a) * y * y) / (a.n * x ** 4),
    );
    near(error, 0.33341, 5);
    const relative = y / x - 1;
    near(relative, 0.50336, 5);
    const reach = error * anytimeReach(a.n + b.n, 1000, 0.05);
    near(relative - reach, -0.55844, 5);
    near(relative + reach, 1.56516, 5);
  });

  it('agree on the split check', () => {
    near(splitTest([1000, 1200], [0.5, 0.5]), 0.000020079, 9);
  });
});

describe('examples of R', () => {
  it('agree on t.test(extra ~ group, data = sleep)', () => {
    const one = sumsOf([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]);
    const two = sumsOf([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
    const pair = differenceOf(one, two);
    near(pair.difference / pair.error, 1.8608, 4);
    near(pair.degrees, 17.776, 3);
    near(welchTest(pair), 0.07939, 5);
    const {low, high} = welchInterval(pair, 0.05);
    near(low, -0.2054832, 7);
    near(high, 3.3654832, 7);
  });

  it('agree on chisq.test(c(89,37,30,28,2), p = c(40,20,20,15,5), rescale.p = TRUE)', () => {
    near(splitTest([89, 37, 30, 28, 2], [40, 20, 20, 15, 5]), 0.04059, 5);
  });

  it('agree on p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm"), in any order', () => {
    const wanted = new Map([0.05, 0.08, 0.09, 0.09, 0.09].map((p, i) => [(i + 1) / 100, p]));
    for (const order of [
      [0.01, 0.02, 0.03, 0.04, 0.05],
      [0.04, 0.01, 0.05, 0.03, 0.02],
    ]) {
      for (const [i, p] of holm(order).entries()) near(p, wanted.get(order[i]!)!, 12);
    }
  });
});

describe('an experiment that was published', () => {
  // Wikimedia Deutschland, 2013: gifts per click of two banners. Published with p = 0.37 by another test.
  it('shows no difference between two banners of Wikimedia Deutschland', () => {
    const pair = differenceOf(ofShare(18_500, 828), ofShare(18_485, 865));
    near(welchTest(pair), 0.348, 3);
  });
});

describe('readersFor()', () => {
  // Where arms give alike the textbook's rule is enough: 16 gifts over the square of the lift.
  it('is the rule of thumb for small lifts', () => {
    const gifts = readersFor(0.02, {giftRate: 0.002}) * 0.002;
    assert.ok(Math.abs(gifts / ((2 * 7.849) / 0.02 ** 2) - 1) < 0.03, `${gifts}`);
  });

  for (const [giftRate, lift] of [
    [0.002, 0.2],
    [0.005, 0.5],
    [0.01, 0.2],
  ] as const) {
    it(`finds ${lift * 100} % more gifts at ${giftRate * 100} % in four of five tests`, () => {
      const readers = readersFor(lift, {giftRate});
      const chance = seededChance(7);
      const tests = 3000;
      let found = 0;
      for (let i = 0; i < tests; i += 1) {
        const a = ofShare(readers, drawAbout(chance, readers, giftRate));
        const b = ofShare(readers, drawAbout(chance, readers, giftRate * (1 + lift)));
        if (welchTest(differenceOf(a, b)) < 0.05) found += 1;
      }
      assert.ok(Math.abs(found / tests - 0.8) < 0.025, `${found} of ${tests}`);
    });
  }

  it('needs 1 + spread² times as many for money as for gifts', () => {
    const ratio =
      readersFor(0.2, {giftRate: 0.0005, spread: 1.4}) / readersFor(0.2, {giftRate: 0.0005});
    near(ratio, 1 + 1.4 ** 2, 2);
  });

  it('is turned round by liftFor() and powerOf()', () => {
    for (const lift of [0.05, 0.2, 1]) {
      for (const spread of [0, 1.4]) {
        const wish = {giftRate: 0.004, spread};
        const readers = readersFor(lift, wish);
        assert.ok(Math.abs(liftFor(readers, wish) / lift - 1) < 1e-3);
        near(powerOf(lift, readers, wish), 0.8, 3);
      }
    }
  });

  it('says that nothing can be found among ten readers', () => {
    assert.equal(liftFor(10, {giftRate: 0.9}), Infinity);
  });
});

describe('liftOf()', () => {
  it('is as far from 1 either way, in the logarithm', () => {
    const a = momentsOf(10_000, 20, 400);
    const b = momentsOf(10_000, 26, 460);
    const {lift, low, high} = liftOf(a, b, 0.05)!;
    near(lift, 0.3, 12);
    near((1 + low) * (1 + high), 1.3 ** 2, 9);
    const back = liftOf(b, a, 0.05)!;
    near(1 / (1 + back.high), 1 + low, 9);
  });

  // Heart attacks in the Physicians' Health Study, 189 of 11,034 on placebo and 104 of 11,037 on aspirin (Agresti,
  // Categorical Data Analysis): a relative risk of 1.82 with a 95 % interval from 1.43 to 2.31.
  it("has the interval of the Physicians' Health Study", () => {
    const [aspirin, placebo] = [ofShare(11_037, 104), ofShare(11_034, 189)];
    const {lift, low, high} = liftOf(aspirin, placebo, 0.05)!;
    near(lift, 0.8178, 4);
    near(low, 0.433, 4);
    near(high, 1.3059, 4);
    // The same in SciPy at 99 %.
    const wide = liftOf(aspirin, placebo, 0.01)!;
    near(wide.low, 0.3298, 4);
    near(wide.high, 1.4848, 4);
  });

  it('is silent while an arm has brought nothing', () => {
    assert.equal(liftOf(momentsOf(10, 1, 1), momentsOf(10, 0, 0), 0.05), undefined);
    assert.equal(liftOf(momentsOf(10, 0, 0), momentsOf(10, 1, 1), 0.05), undefined);
  });
});

describe('factorsOf()', () => {
  const a = {readers: 10_000, seen: 8000, opened: 800, givers: 80, value: 80_000};

  it('multiplies to the lift exactly, and its shares add up to 1', () => {
    const b = {readers: 12_000, seen: 9000, opened: 990, givers: 120, value: 150_000};
    const factors = factorsOf(a, b)!;
    const lift = b.value / b.readers / (a.value / a.readers);
    near(
      factors.reduce((product, one) => (product * one.b) / one.a, 1),
      lift,
      12,
    );
    near(
      factors.reduce((sum, one) => sum + one.share, 0),
      1,
      12,
    );
  });

  it('is silent while a step has no readers', () => {
    assert.equal(factorsOf(a, {...a, opened: 0}), undefined);
  });

  it('shares nothing where there is no lift', () => {
    assert.deepEqual(
      factorsOf(a, a)!.map(({share}) => share),
      [0, 0, 0, 0],
    );
  });
});
