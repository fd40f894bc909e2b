/** Simulates an experiment's days through the report's own pipeline, to count false alarms and power. */

import {experimentKey, type Experiment} from 'reader-support/core';
import {drawCount, drawOne, seededChance, type Chance} from '../stats/chance.js';
import {noCounts, type DailySum} from './daily-sum.js';
import type {Look} from './looks.js';
import {plannedReadersOf} from '../stats/planner.js';
import {resultsOf, type Results} from './results.js';

/** How made-up readers give. */
export interface MadeUpReaders {
  readonly readersPerDay: number;
  /** Gifts per reader, or by arm. */
  readonly giftRate: number | Readonly<Record<string, number>>;
  /** Draws the capped money of one giver in minor units. Default: roughly as real gifts are. */
  readonly drawGift?: (chance: Chance) => number;
  /** Changes the rows that a look sees, such as by late gifts. */
  readonly seenOn?: (rows: readonly DailySum[], day: number) => readonly DailySum[];
}

/** Money of givers in the metric's currency, roughly distributed as real gifts are. */
const usualGifts = [
  [500, 12],
  [1000, 18],
  [2000, 20],
  [5000, 23],
  [6000, 9],
  [12_000, 11],
  [25_000, 2],
] as const satisfies readonly (readonly [number, number])[];

const drawUsualGift = (chance: Chance): number => drawOne(chance, usualGifts);

const firstDay = Date.UTC(2026, 0, 1);
const dayLength = 86_400_000;

/** Draws the sums of one day. */
function drawDay(
  experiment: Experiment,
  {readersPerDay, giftRate, drawGift = drawUsualGift}: MadeUpReaders,
  chance: Chance,
  day: string,
): DailySum[] {
  return Object.entries(experiment.arms).map(([arm, {weight}]) => {
    const readers = Math.round(readersPerDay * weight);
    const rate = typeof giftRate === 'number' ? giftRate : (giftRate[arm] ?? 0);
    const gifts = drawCount(chance, readers, rate);
    let [capped, squares, cubes] = [0, 0, 0];
    for (let i = 0; i < gifts; i += 1) {
      const worth = drawGift(chance);
      capped += worth;
      squares += worth ** 2;
      cubes += worth ** 3;
    }
    const money = {gifts, value: capped, capped, squares, cubes};
    return {...noCounts, day, experiment: experimentKey(experiment), arm, readers, ...money};
  });
}

/**
 * Plays one test, looked at each morning until something is found or the last day is over. Looks are
 * written down as a companion would.
 */
export function playTest(
  experiment: Experiment,
  readers: MadeUpReaders,
  {chance, days}: {readonly chance: Chance; readonly days: number},
): Results {
  const rows: DailySum[] = [];
  const looks: Look[] = [];
  for (let n = 1; ; n += 1) {
    const day = new Date(firstDay + (n - 1) * dayLength).toISOString().slice(0, 10);
    rows.push(...drawDay(experiment, readers, chance, day));
    const now = firstDay + n * dayLength;
    const seen = readers.seenOn?.(rows, n) ?? rows;
    const results = resultsOf(experiment, {rows: seen}, {now, looks, hasCourse: false});
    looks.push(...results.newLooks);
    if (n === days || isFound(results)) return results;
  }
}

/** Whether a report names a version to keep because a boundary was crossed. */
export const isFound = ({verdict: {state}}: Results): boolean =>
  state === 'better' || state === 'worse';

/** Beyond this many days a simulation takes too long for what it says. */
const mostDays = 60;

/** Returns how many days bring the planned readers, and so the look that ends the test. */
export function simulatedDays({plan = {}, arms}: Experiment, readersPerDay: number): number {
  const {days = 28} = plan;
  const planned = plannedReadersOf(plan, Object.keys(arms).length) ?? 0;
  return Math.min(Math.max(days, Math.ceil(planned / readersPerDay)), Math.max(days, mostDays));
}

/** Simulates tests without a difference, and returns the share that names a winner under this plan. */
export function falseAlarms(
  experiment: Experiment,
  {
    seed,
    tests = 1000,
    ...readers
  }: MadeUpReaders & {readonly seed: number; readonly tests?: number},
): number {
  const days = simulatedDays(experiment, readers.readersPerDay);
  let alarms = 0;
  for (let test = 0; test < tests; test += 1) {
    const chance = seededChance(seed + test * 7919);
    if (isFound(playTest(experiment, readers, {chance, days}))) alarms += 1;
  }
  return alarms / tests;
}
