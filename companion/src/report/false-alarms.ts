/** Simulates experiments without a difference, to count false alarms. */

import type {Experiment} from 'reader-support/core';
import {drawCount, drawOne, seededChance} from '../stats/chance.js';
import {judge} from '../stats/verdict.js';

/** Gift values in the plan's currency, roughly distributed as real gifts are. */
const worths = [
  [500, 12],
  [1000, 18],
  [2000, 20],
  [5000, 23],
  [6000, 9],
  [12_000, 11],
  [25_000, 2],
] as const;

/** Simulates tests without a difference, and returns the share that names a winner under this plan. */
export function falseAlarms(
  experiment: Experiment,
  {
    readersPerDay,
    giftRate,
    seed,
    tests = 1000,
  }: {
    readonly readersPerDay: number;
    readonly giftRate: number;
    readonly seed: number;
    readonly tests?: number;
  },
): number {
  const days = experiment.plan?.days ?? 28;
  const names = Object.keys(experiment.arms);
  const weights = names.map(name => experiment.arms[name]?.weight ?? 0);
  let alarms = 0;
  for (let test = 0; test < tests; test += 1) {
    const chance = seededChance(seed + test * 7919);
    const sums = names.map(() => ({n: 0, sum: 0, squares: 0, givers: 0}));
    for (let n = 1; n <= days; n += 1) {
      for (const [i, arm] of sums.entries()) {
        const readers = Math.round(readersPerDay * (weights[i] ?? 0));
        const gifts = drawCount(chance, readers, giftRate);
        arm.n += readers;
        arm.givers += gifts;
        for (let k = 0; k < gifts; k += 1) {
          const worth = drawOne(chance, worths);
          arm.sum += worth;
          arm.squares += worth * worth;
        }
      }
      const [control, ...arms] = sums.map(({givers, ...value}, i) => ({
        name: names[i] ?? '',
        value,
        givers,
      }));
      if (!control) break;
      const planned = experiment.plan?.readers ?? readersPerDay * days;
      const {state} = judge({control, arms, planned, days: n, isEnd: n === days});
      if (state === 'better' || state === 'worse') {
        alarms += 1;
        break;
      }
    }
  }
  return alarms / tests;
}
