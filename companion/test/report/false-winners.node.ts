import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Experiment} from 'reader-support/core';
import type {DailySum} from '../../src/report/daily-sum.js';
import {isFound, playTest, type MadeUpReaders} from '../../src/report/false-alarms.js';
import {seededChance, type Chance} from '../../src/stats/chance.js';
import {plannedReadersOf} from '../../src/stats/planner.js';
import {longTestLimit, soakLimit} from '../../../test/time-limit.js';
import {anExperiment} from './fixtures.js';

const tests = process.env['FULL'] ? 2000 : 200;

const normal = (chance: Chance): number =>
  Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());

/** Gifts around 20 units with a heavy tail, none of which counts for more than the cap. */
const heavyTail =
  (cap: number) =>
  (chance: Chance): number =>
    Math.min(Math.round(2000 * Math.exp(1.3 * normal(chance))), cap);

const capped = heavyTail(25_000);
/** So high that it cuts off nothing. */
const uncapped = heavyTail(1e9);
const whale = (chance: Chance): number => (chance() < 0.002 ? 1_000_000 : 1500);

const design = (weights: Readonly<Record<string, number>>, readers: number): Experiment =>
  anExperiment({
    arms: Object.fromEntries(Object.entries(weights).map(([arm, weight]) => [arm, {weight}])),
    plan: {readers, lift: 0.2, days: 28},
  });

const split = (b: number) => ({control: 1 - b, b});

/** Of the last five days some gifts have not come yet: a tenth a day. The rows are of two arms. */
function withLateGifts(rows: readonly DailySum[], today: number): DailySum[] {
  return rows.map((row, i) => {
    const age = today - Math.floor(i / 2);
    if (age > 5) return row;
    const {gifts, value, capped: money, squares, cubes} = row;
    const part = 1 - 0.1 * (6 - age);
    return {
      ...row,
      ...{gifts: Math.round(gifts * part), value: value * part, capped: money * part},
      ...{squares: squares * part, cubes: cubes * part},
    };
  });
}

/** A twentieth of the money is given back two days after the exposure. The rows are of two arms. */
function withRefunds(rows: readonly DailySum[], today: number): DailySum[] {
  return rows.map((row, i) => {
    if (today - Math.floor(i / 2) < 2) return row;
    const part = 0.95;
    return {
      ...row,
      ...{value: row.value * part, capped: row.capped * part, refunded: Math.round(row.gifts / 20)},
      ...{squares: row.squares * part, cubes: row.cubes * part},
    };
  });
}

interface Design {
  readonly name: string;
  readonly experiment: Experiment;
  readonly readers: MadeUpReaders;
}

const readersPerDay = 6000;
const giftRate = 0.005;
const planned = readersPerDay * 28;

/** Designs in which no version differs. */
const designs: readonly Design[] = [
  {
    name: 'an even split',
    experiment: design(split(0.5), planned),
    readers: {readersPerDay, giftRate},
  },
  {
    name: 'an even split with a heavy tail',
    experiment: design(split(0.5), planned),
    readers: {readersPerDay, giftRate, drawGift: uncapped},
  },
  {
    name: '80 to 20 with a heavy tail',
    experiment: design(split(0.2), planned),
    readers: {readersPerDay, giftRate, drawGift: capped},
  },
  {
    name: '80 to 20 with a heavy tail that no cap cuts off',
    experiment: design(split(0.2), planned),
    readers: {readersPerDay, giftRate, drawGift: uncapped},
  },
  {
    name: '90 to 10 with a heavy tail',
    experiment: design(split(0.1), planned),
    readers: {readersPerDay, giftRate, drawGift: capped},
  },
  {
    name: '10 to 90 with a heavy tail',
    experiment: design(split(0.9), planned),
    readers: {readersPerDay, giftRate, drawGift: capped},
  },
  {
    name: '90 to 10 with a heavy tail that no cap cuts off',
    experiment: design(split(0.1), planned),
    readers: {readersPerDay, giftRate, drawGift: uncapped},
  },
  {
    name: '90 to 10 with one giver in five hundred who gives nearly everything',
    experiment: design(split(0.1), planned),
    readers: {readersPerDay, giftRate, drawGift: whale},
  },
  {
    name: 'one gift in 2,000 readers',
    experiment: design(split(0.5), 20_000 * 28),
    readers: {readersPerDay: 20_000, giftRate: 0.0005, drawGift: capped},
  },
  {
    name: 'four equal arms',
    experiment: design({control: 0.25, b: 0.25, c: 0.25, d: 0.25}, planned),
    readers: {readersPerDay, giftRate, drawGift: capped},
  },
  {
    name: 'a large control and three small arms',
    experiment: design({control: 0.7, b: 0.1, c: 0.1, d: 0.1}, planned),
    readers: {readersPerDay, giftRate, drawGift: capped},
  },
  {
    name: 'late gifts',
    experiment: design(split(0.5), planned),
    readers: {readersPerDay, giftRate, seenOn: withLateGifts},
  },
  {
    name: 'refunds',
    experiment: design(split(0.5), planned),
    readers: {readersPerDay, giftRate, seenOn: withRefunds},
  },
];

/** Plays many tests and returns how many end in each state. */
function statesOf({experiment, readers}: Design, days: number, from = 0): Map<string, number> {
  const states = new Map<string, number>();
  for (let seed = from; seed < from + tests; seed += 1) {
    const results = playTest(experiment, readers, {chance: seededChance(seed * 7919 + 5), days});
    const state = isFound(results) ? results.verdict.state : 'nothing';
    states.set(state, (states.get(state) ?? 0) + 1);
  }
  return states;
}

const timeout = process.env['FULL'] ? soakLimit : longTestLimit;

describe('a report that is looked at every morning', {timeout}, () => {
  for (const one of designs) {
    it(`names a winner in no more than 5 % of ${tests} tests without a difference: ${one.name}`, t => {
      const found = tests - (statesOf(one, 28).get('nothing') ?? 0);
      t.diagnostic(`${one.name}: ${((100 * found) / tests).toFixed(1)} %`);
      const limit = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / tests);
      assert.ok(found / tests <= limit, `${found} of ${tests}`);
    });
  }

  it('names winners now and then: a rule that never does would pass the others', () => {
    const [even] = designs;
    assert.ok(even);
    const found = tests - (statesOf(even, 28).get('nothing') ?? 0);
    assert.ok(found / tests >= 0.01, `${found} of ${tests}`);
  });

  for (const [name, arms, lift] of [
    ['half as much again, two arms', {control: 0.5, b: 0.5}, 0.5],
    ['a third more, two arms', {control: 0.5, b: 0.5}, 0.35],
    ['half as much again in one of three arms', {control: 0.34, b: 0.33, c: 0.33}, 0.5],
  ] as const) {
    it(`finds what the plan promises to find, at least as often as it says: ${name}`, t => {
      const count = Object.keys(arms).length;
      const readers = plannedReadersOf({giftRate, lift}, count) ?? 0;
      const experiment = anExperiment({
        arms: Object.fromEntries(Object.entries(arms).map(([arm, weight]) => [arm, {weight}])),
        plan: {readers, lift, days: 28},
      });
      const rates = {control: giftRate, b: giftRate * (1 + lift), c: giftRate};
      const made = {readersPerDay: Math.ceil(readers / 28) + count, giftRate: rates};
      // The planned spread of gifts is that of the usual ones, nearly.
      const found = statesOf({name, experiment, readers: made}, 30, 100_000).get('better') ?? 0;
      t.diagnostic(`${name}: ${((100 * found) / tests).toFixed(1)} %`);
      const least = 0.8 - 3 * Math.sqrt((0.8 * 0.2) / tests);
      assert.ok(found / tests >= least, `${found} of ${tests}`);
    });
  }
});
