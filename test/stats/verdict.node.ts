import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {drawCount, drawOne, seededChance, type Chance} from '../../src/stats/chance.js';
import {covers, type Moments} from '../../src/stats/moments.js';
import {judge, type ArmSums, type Look, type Verdict} from '../../src/stats/verdict.js';
import {momentsOf} from './moments.js';
import {longTestLimit, soakLimit} from '../time-limit.js';

/** What readers give, in cents with the monthly ones counted for a year, and how often. */
const gifts = [
  ...[
    [500, 12],
    [1000, 18],
    [2000, 12],
    [2400, 8],
    [2500, 14],
    [5000, 14],
    [6000, 9],
  ],
  ...[
    [10_000, 7],
    [12_000, 4],
    [25_000, 2],
  ],
] as unknown as readonly (readonly [number, number])[];

interface Course {
  readonly chance: Chance;
  readonly rates: readonly number[];
  readonly readers?: number;
  readonly days?: number;
}

/** Plays a test day by day until there is a verdict, and says which and when. */
function play({chance, rates, readers = 3000, days = 28}: Course): {verdict: Verdict; day: number} {
  const sums = rates.map(() => ({n: 0, sum: 0, squares: 0, givers: 0}));
  for (let day = 1; ; day += 1) {
    sums.forEach((arm, i) => {
      const count = drawCount(chance, readers, rates[i]!);
      arm.n += readers;
      arm.givers += count;
      for (let k = 0; k < count; k += 1) {
        const gift = drawOne(chance, gifts);
        arm.sum += gift;
        arm.squares += gift * gift;
      }
    });
    const [control, ...arms] = sums.map(({givers, ...value}, i): ArmSums => ({
      name: `arm-${i}`,
      weight: 1 / rates.length,
      value,
      givers,
    }));
    const isEnd = day === days;
    const planned = readers * days * rates.length;
    const verdict = judge({control: control!, arms, planned, days: day, isEnd});
    if (isEnd || !['open', 'too-early'].includes(verdict.state)) return {verdict, day};
  }
}

const tests = 2000;
const isFalse = ({verdict}: {verdict: Verdict}) => ['better', 'worse'].includes(verdict.state);

describe(
  'judge(), looked at daily',
  {timeout: process.env['FULL'] ? soakLimit : longTestLimit},
  () => {
    it(`raises no more than 5 % false alarms in ${tests} tests of no difference`, () => {
      let count = 0;
      for (let seed = 1; seed <= tests; seed += 1) {
        if (isFalse(play({chance: seededChance(seed), rates: [0.005, 0.005]}))) count += 1;
      }
      const limit = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / tests);
      assert.ok(count / tests <= limit, `${count} of ${tests}`);
      // A rule that never says anything would pass as well.
      assert.ok(count / tests >= 0.02, `${count} of ${tests}`);
    });

    it('finds half as much again, mostly before the planned end', () => {
      const all = process.env['FULL'] ? tests : 600;
      const days: number[] = [];
      for (let seed = 1; seed <= all; seed += 1) {
        const {verdict, day} = play({chance: seededChance(-seed), rates: [0.005, 0.0075]});
        if (verdict.state === 'better' && verdict.arm === 'arm-1') days.push(day);
      }
      assert.ok(days.length >= 0.95 * all, `${days.length} of ${all}`);
      const median = days.sort((a, b) => a - b)[days.length >> 1]!;
      assert.ok(median < 28, `day ${median}`);
    });

    it('stays at 5 % with three arms against the control', () => {
      const all = process.env['FULL'] ? tests : 500;
      let count = 0;
      for (let seed = 1; seed <= all; seed += 1) {
        const rates = [0.005, 0.005, 0.005, 0.005];
        if (isFalse(play({chance: seededChance(seed * 31), rates}))) count += 1;
      }
      assert.ok(count / all <= 0.05 + 3 * Math.sqrt((0.05 * 0.95) / all), `${count} of ${all}`);
    });
  },
);

const arm = (name: string, value: Moments, changes: Partial<ArmSums> = {}): ArmSums => ({
  name,
  weight: 0.5,
  value,
  givers: 100,
  ...changes,
});

const aLook = (changes: Partial<Look> = {}): Look => ({
  control: arm('control', momentsOf(20_000, 20, 400)),
  arms: [arm('b', momentsOf(20_000, 20, 400))],
  planned: 80_000,
  days: 14,
  isEnd: false,
  ...changes,
});

describe('judge()', () => {
  for (const {given, look, state, arm: named} of [
    {given: 'no difference, half way', look: {}, state: 'open'},
    {given: 'no difference at the end', look: {isEnd: true}, state: 'no-difference'},
    {
      given: 'a clear difference early',
      look: {arms: [arm('b', momentsOf(20_000, 50, 500))]},
      state: 'better',
      arm: 'b',
    },
    {
      given: 'the same against the new version',
      look: {arms: [arm('b', momentsOf(20_000, 1, 100))]},
      state: 'worse',
      arm: 'control',
    },
    {
      given: 'a difference that only the end may call',
      look: {arms: [arm('b', momentsOf(20_000, 30, 400))], isEnd: true},
      state: 'better',
      arm: 'b',
    },
    {
      given: 'the same before the end',
      look: {arms: [arm('b', momentsOf(20_000, 30, 400))]},
      state: 'open',
    },
    {
      given: 'a split that broke, though one arm is far ahead',
      look: {arms: [arm('b', momentsOf(21_000, 90, 500))], isEnd: true},
      state: 'broken-split',
    },
    {
      given: 'weights that nobody declared',
      look: {
        control: {name: 'control', value: momentsOf(20_000, 20, 400), givers: 100},
        arms: [arm('b', momentsOf(25_000, 60, 500))],
        isEnd: true,
      },
      state: 'better',
      arm: 'b',
    },
    {
      given: 'six days',
      look: {days: 6, arms: [arm('b', momentsOf(20_000, 90, 500))]},
      state: 'too-early',
    },
    {
      given: '24 gifts in one arm',
      look: {arms: [arm('b', momentsOf(20_000, 90, 500), {givers: 24})], isEnd: true},
      state: 'too-early',
    },
    {
      given: 'so little that even the best case is not worth it',
      look: {
        lift: 0.5,
        planned: 4_000_000,
        control: arm('control', momentsOf(2_000_000, 20, 400)),
        arms: [arm('b', momentsOf(2_000_000, 20, 400))],
      },
      state: 'no-difference',
    },
    {
      given: 'no readers at all',
      look: {control: arm('control', {n: 0, sum: 0, squares: 0}, {givers: 0})},
      state: 'broken-split',
    },
  ] as {given: string; look: Partial<Look>; state: string; arm?: string}[]) {
    it(`given ${given}: ${state}`, () => {
      const verdict = judge(aLook(look));
      assert.equal(verdict.state, state);
      assert.equal(verdict.arm, named);
    });
  }

  it('names a leader exactly when the interval does not cover zero', () => {
    for (let mean = 0; mean <= 60; mean += 1) {
      for (const isEnd of [true, false]) {
        const look = aLook({isEnd, arms: [arm('b', momentsOf(20_000, mean, 400))]});
        const {arm: named, comparisons} = judge(look);
        assert.equal(named === undefined, covers(comparisons[0]!.interval), `${mean}`);
      }
    }
  });

  it('does so with several arms, where Holm finds more than Bonferroni', () => {
    const control = arm('control', momentsOf(20_000, 20, 400), {weight: 1 / 3});
    for (let mean = 20; mean <= 40; mean += 1) {
      const arms = [mean, mean + 1].map((one, i) =>
        arm(`b${i}`, momentsOf(20_000, one, 400), {weight: 1 / 3}),
      );
      const {arm: named, comparisons, state} = judge(aLook({control, arms, isEnd: true}));
      const isClear = comparisons.some(({interval}) => !covers(interval));
      assert.equal(named !== undefined, isClear, `${mean}: ${state}`);
    }
  });
});
