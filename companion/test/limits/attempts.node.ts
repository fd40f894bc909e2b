import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {roomFor, withAttempt, type Attempt} from '../../src/limits/attempts.js';

const minute = 60_000;

/** Plays attempts against limits; returns the times that passed, and the longest list that was kept. */
function play(limits: Parameters<typeof roomFor>[1], times: readonly number[]) {
  let attempts: readonly Attempt[] = [];
  let longest = 0;
  const passed: number[] = [];
  for (const now of times) {
    const room = roomFor(attempts, limits, now);
    if (room.wait) continue;
    passed.push(now);
    attempts = withAttempt(room.times, limits, now);
    longest = Math.max(longest, JSON.stringify(attempts).length);
  }
  return {passed, longest};
}

describe('what is kept of a bucket', () => {
  it('does not grow with its limit', () => {
    for (const max of [60, 1000, 50_000]) {
      const times = Array.from({length: max + 10}, (_, n) => 1_780_000_000_000 + n);
      const {passed, longest} = play([{max, windowMs: 24 * 60 * minute}], times);
      assert.equal(passed.length, max);
      assert.ok(longest < 1500, `${longest} characters`);
    }
  });

  it('lets nearly as many pass as are allowed, however they come', () => {
    const limits = [{max: 600, windowMs: minute}];
    for (const [given, gaps] of [
      ['evenly', [45]],
      ['in bursts', [1, 1, 1, 1, 1, 1, 1, 1, 1, 500]],
      ['in waves', Array.from({length: 400}, (_, n) => (n === 0 ? 15_000 : 10))],
    ] as const) {
      let now = 1_780_000_000_000;
      const end = now + 30 * minute;
      const times = [];
      for (let n = 0; now < end; n += 1) times.push((now += gaps[n % gaps.length]!));
      const {passed} = play(limits, times);
      const exact: number[] = [];
      for (const time of times) if (time - (exact.at(-600) ?? 0) >= minute) exact.push(time);
      assert.ok(
        passed.length >= exact.length * 0.95,
        `${given}: ${passed.length} of ${exact.length}`,
      );
    }
  });

  it('never lets more pass in any window, whatever comes when', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({min: 0, max: 400}), {minLength: 200, maxLength: 1500}),
        fc.integer({min: 70, max: 300}),
        fc.integer({min: 2, max: 40}),
        (steps, max, factor) => {
          const limits = [
            {max, windowMs: 20_000},
            {max: max * factor, windowMs: 20_000 * factor * 2},
          ];
          let now = 1_780_000_000_000;
          const {passed} = play(
            limits,
            steps.map(step => (now += step)),
          );
          for (const {max: most, windowMs} of limits)
            for (const [at, time] of passed.entries()) {
              const before = passed[at - most];
              assert.ok(before === undefined || time - before >= windowMs);
            }
        },
      ),
      {numRuns: 60},
    );
  });

  it('is exact up to 64 attempts', () => {
    const limits = [{max: 64, windowMs: 1000}];
    const {passed} = play(
      limits,
      Array.from({length: 3000}, (_, n) => n),
    );
    assert.equal(passed.length, 3 * 64);
    assert.deepEqual(passed.slice(64, 66), [1000, 1001]);
  });
});
