import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {drawCount, drawOne, seededChance, type Chance} from '../../src/stats/chance.js';
import {covers, type Moments} from '../../src/stats/moments.js';
import {judge, type ArmSums, type InterimLook, type ArmVerdict} from '../../src/stats/verdict.js';
import {momentsOf} from './moments.js';
import {longTestLimit, soakLimit} from '../../../test/time-limit.js';

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
function play({chance, rates, readers = 3000, days = 28}: Course): {
  verdict: ArmVerdict;
  day: number;
} {
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
const isFalse = ({verdict}: {verdict: ArmVerdict}) => ['better', 'worse'].includes(verdict.state);

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

const aLook = (changes: Partial<InterimLook> = {}): InterimLook => ({
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
    {given: 'no difference at the end', look: {isEnd: true}, state: 'could-not-tell'},
    {given: 'no difference when the days are over', look: {isOver: true}, state: 'could-not-tell'},
    {
      given: 'no difference at the end, within what is worth knowing of',
      look: {isEnd: true, lift: 0.5},
      state: 'no-difference',
    },
    {
      given: 'a loss at the end that may be large, with a gain that is not worth it',
      look: {isEnd: true, lift: 0.35, arms: [arm('b', momentsOf(20_000, 18, 400))]},
      state: 'hardly-better',
      arm: 'control',
    },
    {
      given: 'the end boundary crossed, though only the days are over',
      look: {isOver: true, arms: [arm('b', momentsOf(20_000, 30, 400))]},
      state: 'could-not-tell',
    },
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
  ] as {given: string; look: Partial<InterimLook>; state: string; arm?: string}[]) {
    it(`given ${given}: ${state}`, () => {
      const verdict = judge(aLook(look));
      assert.equal(verdict.state, state);
      assert.equal(verdict.arm, named);
    });
  }

  // 20,000 readers an arm with a deviation of 400 each: a standard error of 4. The widths are from SciPy's t
  // quantiles, and from the sequence's formula written down a second time in Python.
  for (const {given, means, isEnd, half} of [
    {given: 'one arm, before the end', means: [20], isEnd: false, half: [14.450493]},
    {given: 'three arms, before the end', means: [20, 24, 28], isEnd: false, half: [15.706644]},
    {given: 'one arm, at the end', means: [20], isEnd: true, half: [8.215264]},
    {given: 'three arms that do not differ', means: [20, 21, 22], isEnd: true, half: [9.899399]},
    {
      given: 'three arms, where Holm finds the second and the third with less than Bonferroni',
      means: [32, 29.4, 28.5],
      isEnd: true,
      half: [9.899399, 9.305764, 8.215264],
    },
    {
      given: 'three arms, where Holm stops at the first that is not found',
      means: [32, 29, 28.5],
      isEnd: true,
      half: [9.899399, 9.899399, 9.899399],
    },
  ]) {
    it(`draws intervals of a known width, given ${given}`, () => {
      const weight = 1 / (means.length + 1);
      const {comparisons} = judge(
        aLook({
          control: arm('control', momentsOf(20_000, 20, 400), {weight}),
          arms: means.map((mean, i) => arm(`b${i}`, momentsOf(20_000, mean, 400), {weight})),
          planned: 40_000 * (means.length + 1),
          isEnd,
        }),
      );
      assert.equal(comparisons.length, means.length);
      for (const [i, {arm: name, difference, interval}] of comparisons.entries()) {
        assert.equal(name, `b${i}`);
        const wanted = means[i]! - 20;
        const reach = half[i] ?? half[0]!;
        assert.ok(Math.abs(difference - wanted) < 1e-9, `${difference}`);
        assert.ok(Math.abs(interval.low - (wanted - reach)) < 1e-5, `${interval.low}`);
        assert.ok(Math.abs(interval.high - (wanted + reach)) < 1e-5, `${interval.high}`);
      }
    });
  }

  const threeMeans = (means: readonly number[], changes: Partial<InterimLook> = {}): InterimLook =>
    aLook({
      control: arm('control', momentsOf(20_000, 20, 400), {weight: 0.25}),
      arms: means.map((mean, i) => arm(`b${i}`, momentsOf(20_000, mean, 400), {weight: 0.25})),
      planned: 160_000,
      ...changes,
    });

  for (const {given, look, state, named} of [
    {given: 'two winners, the better one last', look: threeMeans([60, 20, 90]), named: 'b2'},
    {given: 'two winners, the better one first', look: threeMeans([90, 20, 60]), named: 'b0'},
    {given: 'a winner beside an arm that loses', look: threeMeans([1, 60, -60]), named: 'b1'},
    {given: 'three arms that all lose', look: threeMeans([-60, -70, -80]), state: 'worse'},
    {given: 'one arm that loses, two open', look: threeMeans([-60, 20, 21]), state: 'open'},
    {given: 'two arms that lose, one open', look: threeMeans([-60, -70, 21]), state: 'open'},
    // The smallest lift worth knowing of is 12 on 20; the best that could be true is 15.7 above the difference.
    {
      given: 'one hopeless arm, two that are not',
      look: threeMeans([10, 20, 21], {lift: 0.6}),
      state: 'open',
    },
    {
      given: 'two hopeless arms, one that is not',
      look: threeMeans([10, 9, 21], {lift: 0.6}),
      state: 'open',
    },
    {
      given: 'three hopeless arms',
      look: threeMeans([10, 9, 11], {lift: 0.6}),
      state: 'hardly-better',
    },
    {given: 'three hopeless arms and no wish', look: threeMeans([10, 9, 11]), state: 'open'},
  ]) {
    const keepsControl = state === 'worse' || state === 'hardly-better';
    const name = named ?? (keepsControl ? 'control' : undefined);
    it(`given ${given}: ${state ?? 'better'}, ${name ?? 'no arm'} is kept`, () => {
      const verdict = judge(look);
      assert.equal(verdict.state, state ?? 'better');
      assert.equal(verdict.arm, name);
    });
  }

  for (const {given, changes, givers, lacks} of [
    {
      given: '24 gifts in the new arm',
      changes: {},
      givers: [100, 24],
      lacks: {gifts: 1, needed: 25, arm: 'b'},
    },
    {
      given: 'no gift in the control',
      changes: {},
      givers: [0, 100],
      lacks: {gifts: 25, needed: 25, arm: 'control'},
    },
    {given: 'six days', changes: {days: 6}, givers: [25, 25], lacks: {days: 1}},
    {
      given: 'neither',
      changes: {days: 0},
      givers: [10, 9],
      lacks: {gifts: 16, needed: 25, arm: 'b', days: 7},
    },
    {given: '25 gifts and seven days', changes: {days: 7}, givers: [25, 25], lacks: undefined},
  ]) {
    it(`says what is lacking, given ${given}`, () => {
      const [control, other] = givers.map((count, i) =>
        arm(i ? 'b' : 'control', momentsOf(20_000, 20, 400), {givers: count}),
      );
      const verdict = judge(aLook({control: control!, arms: [other!], ...changes}));
      assert.deepEqual(verdict.lacks, lacks);
      assert.equal(verdict.state, lacks ? 'too-early' : 'open');
    });
  }

  it('names no leader among arms that do not vary, before the end or at it', () => {
    for (const isEnd of [false, true]) {
      const control = arm('control', momentsOf(20_000, 20, 0));
      const verdict = judge(aLook({control, arms: [arm('b', momentsOf(20_000, 30, 0))], isEnd}));
      assert.equal(verdict.state, isEnd ? 'could-not-tell' : 'open');
      assert.deepEqual(verdict.comparisons, [
        {arm: 'b', difference: 10, interval: {low: -Infinity, high: Infinity}},
      ]);
    }
  });

  it('gives the p of the split, and none where one weight is not declared', () => {
    const value = momentsOf(20_000, 20, 400);
    const control = arm('control', value);
    // SciPy: chisquare([20_000, 20_300]).
    const told = judge(aLook({control, arms: [arm('b', momentsOf(20_300, 20, 400))]}));
    assert.ok(Math.abs(told.split! - 0.1350694) < 1e-6, `${told.split}`);
    assert.equal(told.state, 'open');
    const undeclared: ArmSums = {name: 'b', value: momentsOf(30_000, 20, 400), givers: 100};
    const silent = judge(aLook({control, arms: [undeclared]}));
    assert.equal('split' in silent, false);
    assert.equal(silent.state, 'open');
  });

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
