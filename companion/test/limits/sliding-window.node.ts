import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {slidingWindow} from '../../src/limits/limiter.js';

describe('slidingWindow()', () => {
  const two = [{max: 2, windowMs: 100}];

  it('lets as many pass as are allowed, and says how long the next has to wait', async () => {
    const {take} = slidingWindow();
    const waits = [];
    for (const now of [1000, 1010, 1020, 1099, 1100, 1101, 1110])
      waits.push(await take('a', two, now));
    // 1000 and 1010 pass; the next may when the first is 100 ms old, and so on.
    assert.deepEqual(waits, [0, 0, 80, 1, 0, 9, 0]);
  });

  it('counts an attempt that is refused no further', async () => {
    const {take} = slidingWindow();
    for (const now of [0, 0, 50, 60, 70]) await take('a', two, now);
    assert.deepEqual([await take('a', two, 100), await take('a', two, 100)], [0, 0]);
  });

  it('keeps buckets apart', async () => {
    const {take} = slidingWindow();
    const one = [{max: 1, windowMs: 100}];
    assert.deepEqual([await take('a', one, 0), await take('b', one, 0)], [0, 0]);
    assert.deepEqual([await take('a', one, 30), await take('b', one, 40)], [70, 60]);
  });

  it('waits for the strictest of several limits', async () => {
    const {take} = slidingWindow();
    const limits = [
      {max: 1, windowMs: 10},
      {max: 2, windowMs: 1000},
    ];
    assert.equal(await take('a', limits, 0), 0);
    assert.equal(await take('a', limits, 4), 6);
    assert.equal(await take('a', limits, 10), 0);
    assert.equal(await take('a', limits, 15), 985);
    assert.equal(await take('a', limits, 999), 1);
    assert.equal(await take('a', limits, 1000), 0);
  });

  it('lets nobody pass where nothing is allowed, and everybody without a limit', async () => {
    const {take} = slidingWindow();
    assert.equal(await take('a', [{max: 0, windowMs: 70}], 5), 70);
    for (let i = 0; i < 5; i += 1) assert.equal(await take('b', [], 5), 0);
  });

  it('holds nobody to stamps of a clock that ran ahead', async () => {
    const {take} = slidingWindow();
    const one = [{max: 1, windowMs: 100}];
    assert.equal(await take('a', one, 5000), 0);
    assert.equal(await take('a', one, 1000), 0);
    assert.equal(await take('a', one, 1001), 99);
  });

  it('forgets the bucket that was used longest ago, beyond so many', async () => {
    const {take} = slidingWindow(2);
    const one = [{max: 1, windowMs: 100}];
    await take('a', one, 0);
    await take('b', one, 1);
    assert.equal(await take('a', one, 2), 98);
    // The third takes the place of "b", which nobody has used since.
    await take('c', one, 3);
    assert.equal(await take('a', one, 4), 96);
    assert.equal(await take('b', one, 5), 0);
  });
});
