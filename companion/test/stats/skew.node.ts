import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {differenceOf, endTest, intervalOf} from '../../src/stats/difference.js';
import {withoutSkew, withSkew} from '../../src/stats/skew.js';
import {sumsOf} from './moments.js';

const near = (value: number | undefined, wanted: number, digits = 9) =>
  assert.ok(Math.abs(value! - wanted) < 10 ** -digits, `${value} instead of ${wanted}`);

/** 100 readers and 20, most of whom gave nothing. */
const control = sumsOf([...Array<number>(90).fill(0), ...Array<number>(6).fill(5), 10, 10, 10, 50]);
const small = sumsOf([...Array<number>(16).fill(0), 5, 5, 10, 40]);

// NumPy's moments, SciPy's quantiles, and the transformation turned round by root finding.
describe('a skewed difference', () => {
  const pair = differenceOf(control, small);

  it('has both standard errors and both skews', () => {
    near(pair.difference, 1.9);
    near(pair.error, 2.1017460653290154);
    near(pair.pooledError, 1.4955867280157809);
    near(pair.skew, 0.6681536892422395);
    near(pair.pooledSkew, 1.015522092765138);
  });

  it('is tested by the view that is less sure', () => near(endTest(pair), 0.2394472997006606, 7));

  it('has an interval that holds those of both views', () => {
    const {low, high} = intervalOf(pair, 2.5);
    near(low, -1.838966820039452);
    near(high, 19.89081450499844);
  });

  it('has mirrored skews and intervals when the arms change places', () => {
    const mirrored = differenceOf(small, control);
    near(mirrored.skew, -pair.skew!);
    near(mirrored.pooledSkew, -pair.pooledSkew!);
    const {low, high} = intervalOf(mirrored, 2.5);
    near(low, -19.89081450499844);
    near(high, 1.838966820039452);
  });

  it('knows no skew where one arm has no cubes', () => {
    const {cubes, ...without} = small;
    assert.ok(cubes);
    const unknown = differenceOf(control, without);
    assert.equal('skew' in unknown, false);
    assert.equal('pooledSkew' in unknown, false);
  });
});

describe('withoutSkew() and withSkew()', () => {
  it('change nothing without skew', () => {
    for (const statistic of [-3, 0, 2.5]) {
      assert.equal(withoutSkew(statistic, 0), statistic);
      assert.equal(withSkew(statistic, 0), statistic);
    }
  });

  it('turn each other round, and rise', () => {
    for (const skew of [-2, -0.4, -1e-6, 1e-6, 0.1, 0.5, 3]) {
      let last = -Infinity;
      for (let statistic = -6; statistic <= 6; statistic += 0.25) {
        const corrected = withoutSkew(statistic, skew);
        assert.ok(corrected >= last, `${corrected} after ${last}`);
        last = corrected;
        near(withSkew(corrected, skew), statistic, 5);
      }
    }
  });
});
