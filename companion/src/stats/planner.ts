/** Computes how many readers a test needs, and what a number of readers can show. */

import {normalTail, normalUpper} from './distributions.js';
import {alphas, gates} from './verdict.js';

/** The assumptions and error rates of a test. */
export interface Wish {
  /** Gifts per reader without the change. */
  readonly giftRate: number;
  /**
   * How much gifts differ in size: standard deviation over mean. 0 plans for the gift rate alone; 1.4 is
   * typical for capped gifts.
   */
  readonly spread?: number;
  /** The share of tests without a difference that raise a false alarm. */
  readonly alpha?: number;
  /** The share of true lifts that are detected. */
  readonly power?: number;
}

/** How much capped gifts usually differ: standard deviation over mean. */
export const usualSpread = 1.4;

const usual = {spread: 0, alpha: 0.05, power: 0.8};

/** Returns the variance of one reader's money over its mean; most readers give nothing. */
const variance = (giftRate: number, spread: number): number => (1 + spread ** 2) / giftRate - 1;

/** Returns the variance of both arms, one of which gives more often, in squares of the control's mean. */
function varianceOfBoth(lift: number, giftRate: number, spread: number): number {
  const factor = 1 + lift;
  const after = Math.min(giftRate * factor, 1);
  return variance(giftRate, spread) + factor ** 2 * variance(after, spread);
}

/** Returns how many readers each arm needs to detect a lift (0.2 is 20 % more gifts of the same sizes). */
export function readersFor(lift: number, wish: Wish): number {
  const {giftRate, spread, alpha, power} = {...usual, ...wish};
  const z = normalUpper(alpha / 2) + normalUpper(1 - power);
  return Math.ceil((z / lift) ** 2 * varianceOfBoth(lift, giftRate, spread));
}

/** Returns the smallest lift that this many readers per arm detect with the wished power. */
export function liftFor(readers: number, wish: Wish): number {
  const isEnough = (lift: number) => readersFor(lift, wish) <= readers;
  let [low, high] = [0, 1 / wish.giftRate - 1];
  if (!isEnough(high)) return Infinity;
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Returns the probability that this many readers per arm detect a lift. */
export function powerOf(lift: number, readers: number, wish: Wish): number {
  const {giftRate, spread, alpha} = {...usual, ...wish};
  const error = Math.sqrt(varianceOfBoth(lift, giftRate, spread) / readers);
  return normalTail(normalUpper(alpha / 2) - Math.abs(lift) / error);
}

/** Returns the error rate that a plan for a number of arms has to keep: the planned end's. */
export function alphaOf(arms: number): number {
  return alphas.end / Math.max(arms - 1, 1);
}

/**
 * Returns how many times as many readers two arms of unequal size need as two equal ones: an estimate of
 * a difference is only as good as its smaller arm. `share` is that of the larger arm, of both.
 */
export function unevenFactor(share: number): number {
  return 1 / (4 * share * (1 - share));
}

/**
 * Returns the planned readers of all arms together: the number that the plan names, or else the one that
 * follows from its gift rate and lift; `undefined` when the plan has neither.
 */
export function plannedReadersOf(
  plan: {readonly readers?: number; readonly giftRate?: number; readonly lift?: number},
  arms: number,
): number | undefined {
  const {readers, giftRate, lift} = plan;
  if (readers !== undefined) return readers;
  if (!giftRate || !lift) return undefined;
  const wished = readersFor(lift, {giftRate, spread: usualSpread, alpha: alphaOf(arms)});
  return Math.max(wished, Math.ceil(gates.gifts / giftRate)) * arms;
}
