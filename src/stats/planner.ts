/** How many readers does a test need, and what could so many readers show? */

import {normalTail, normalUpper} from './distributions.js';

/** What a test is to find, and how surely. */
export interface Wish {
  /** Gifts per reader without the change. */
  readonly giftRate: number;
  /**
   * How much gifts differ in size: standard deviation over mean. 0 plans for the gift rate alone;
   * 1.4 is usual for capped gifts.
   */
  readonly spread?: number;
  /** Share of healthy tests that raise a false alarm. */
  readonly alpha?: number;
  /** Share of true lifts that are found. */
  readonly power?: number;
}

const usual = {spread: 0, alpha: 0.05, power: 0.8};

/** Money of one reader over its mean has this variance: most readers give nothing. */
const variance = (giftRate: number, spread: number): number => (1 + spread ** 2) / giftRate - 1;

/** In squares of the control's mean: the variance of both arms, of which one gives more often. */
function varianceOfBoth(lift: number, giftRate: number, spread: number): number {
  const factor = 1 + lift;
  const after = Math.min(giftRate * factor, 1);
  return variance(giftRate, spread) + factor ** 2 * variance(after, spread);
}

/** Readers each arm needs to find a lift (0.2 is a fifth more gifts, of the same sizes), either way. */
export function readersFor(lift: number, wish: Wish): number {
  const {giftRate, spread, alpha, power} = {...usual, ...wish};
  const z = normalUpper(alpha / 2) + normalUpper(1 - power);
  return Math.ceil((z / lift) ** 2 * varianceOfBoth(lift, giftRate, spread));
}

/** The smallest lift that so many readers an arm find as surely as wished. */
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

/** How likely so many readers an arm are to find a lift. */
export function powerOf(lift: number, readers: number, wish: Wish): number {
  const {giftRate, spread, alpha} = {...usual, ...wish};
  const error = Math.sqrt(varianceOfBoth(lift, giftRate, spread) / readers);
  return normalTail(normalUpper(alpha / 2) - Math.abs(lift) / error);
}
