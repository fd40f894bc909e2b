/** A log of events and gifts as a companion tells them, made by a seeded chance. */

import type {Experiment} from 'reader-support/core';
import {drawOne, seededChance} from '../../src/stats/chance.js';

export const anExperiment = (changes: Partial<Experiment> = {}): Experiment => ({
  id: 'autumn-appeal',
  version: 1,
  campaign: 'winter',
  arms: {
    control: {weight: 0.5},
    'plain-words': {weight: 0.5, overrides: {copy: {heading: 'You read us. Help pay for it.'}}},
  },
  metric: {currency: 'EUR', months: 12, cap: 25_000, rates: {USD: 0.9, JPY: 0.006}},
  plan: {days: 28, readers: 168_000, giftRate: 0.005, lift: 0.2},
  ...changes,
});

export const start: number = Date.UTC(2026, 9, 1, 9);
export const day = 86_400_000;

interface Course {
  readonly seed: number;
  readonly readers: number;
  readonly days?: number;
  readonly rates?: readonly [number, number];
}

type Line = Readonly<Record<string, unknown>>;

/** Events of readers in two arms, some told twice; gifts, some late, refunded, renewed or ended. */
export function* someLines({
  seed,
  readers,
  days = 10,
  rates = [0.05, 0.08],
}: Course): Generator<Line> {
  const chance = seededChance(seed);
  const experiment = 'autumn-appeal@1';
  for (let i = 0; i < readers; i += 1) {
    const isB = chance() < 0.5;
    const arm = isB ? 'plain-words' : 'control';
    const at = start + Math.floor(chance() * days * day);
    const exposure = `exposure-${seed}-${i}`;
    const event = (name: string, more: number): Line => ({
      ...{name, campaign: 'winter', experiment, arm, exposure},
      ...{key: `e:${name}-${seed}-${i}`, id: `${name}-${seed}-${i}`, at: at + more},
    });
    yield event('exposure', 0);
    // Every third reader was counted in the holdback too, and gives for both.
    const held = {experiment: 'holdback@500', arm: 'control', exposure: `held-${seed}-${i}`};
    const isHeld = i % 3 === 0;
    const holdback = {holdback: 'holdback@500:control', holdbackExposure: held.exposure};
    if (isHeld) yield {name: 'exposure', ...held, key: `e:held-${seed}-${i}`, at};
    if (chance() < 0.02) yield event('exposure', 5000);
    if (chance() < 0.8) yield event('view', 1000);
    if (chance() < 0.2) yield event('open', 9000);
    if (chance() < 0.05) {
      const why = drawOne(chance, [
        ['close', 4],
        ['later', 4],
        ['not-this-campaign', 1],
        ['already-supporting', 1],
      ]);
      yield event(why, 9500);
    }
    if (chance() >= rates[isB ? 1 : 0]) continue;
    yield event('start', 20_000);
    if (i % 5 === 0) yield event('fail', 21_000);
    const frequency = drawOne(chance, [
      ['once', 5],
      ['monthly', 3],
      ['annual', 1],
    ]);
    const amount = {
      minor: drawOne(chance, [
        [500, 3],
        [1000, 4],
        [2500, 2],
        [40_000, 1],
      ]),
      currency: drawOne(chance, [
        ['EUR', 8],
        ['USD', 2],
        ['JPY', 1],
      ]),
    };
    const source = {experiment, arm, exposure, ...(isHeld ? holdback : {})};
    const subscription = frequency === 'once' ? undefined : `sub-${seed}-${i}`;
    const id = `gift-${seed}-${i}`;
    const later = chance() < 0.1 ? 20 * day : 60_000;
    const gift = {kind: 'gift', rank: 1, state: 'paid', frequency, amount, source, subscription};
    yield {...gift, id, renewal: false, at: at + later};
    if (chance() < 0.1) yield {...gift, id, rank: 0, state: 'pending', renewal: false, at};
    if (subscription !== undefined && chance() < 0.5) {
      yield {...gift, id: `${id}-2`, renewal: true, at: at + later + 30 * day};
    }
    if (subscription !== undefined && chance() < 0.2) {
      const ended = {
        kind: 'subscription',
        id: subscription,
        rank: 9,
        state: 'ended',
        source,
        paidUntil: at,
      };
      yield {...ended, frequency, amount, at: at + 40 * day};
    }
    if (chance() < 0.1) {
      const back = {kind: 'refund', id: `charge-${seed}-${i}`, gift: id, at: at + 5 * day};
      yield {...back, rank: 1, amount: {minor: 100, currency: amount.currency}};
      yield {...back, rank: 2, amount: {minor: amount.minor, currency: amount.currency}};
    }
  }
  // Whoever is asked nothing gives all the same, now and then, and for the holdback alone.
  for (let i = 0; i < readers / 50; i += 1) {
    const exposure = `unasked-${seed}-${i}`;
    const at = start + (i % days) * day;
    const told = {name: 'exposure', experiment: 'holdback@500', arm: 'held', exposure};
    yield {...told, key: `e:${exposure}`, at};
    if (i % 10 > 0) continue;
    const source = {holdback: 'holdback@500:held', holdbackExposure: exposure};
    const gift = {kind: 'gift', id: `of-${exposure}`, rank: 1, state: 'paid', frequency: 'once'};
    yield {...gift, amount: {minor: 900, currency: 'EUR'}, renewal: false, source, at: at + day};
  }
  // Readers who did not consent are counted without ids.
  yield {name: 'exposure', experiment, arm: 'control', count: 7, key: `b:${seed}`, at: start};
  yield {name: 'exposure', experiment, arm: 'control', count: 7, key: `b:${seed}`, at: start};
  const unnamed = {kind: 'gift', id: `unnamed-${seed}`, rank: 1, state: 'paid', frequency: 'once'};
  const amount = {minor: 700, currency: 'EUR'};
  yield {...unnamed, amount, renewal: false, source: {experiment, arm: 'control'}, at: start};
  yield {
    ...unnamed,
    id: `unknown-${seed}`,
    amount,
    renewal: false,
    at: start + day,
    source: {experiment, arm: 'control', exposure: 'never-told'},
  };
  yield {name: 'view', campaign: 'winter', key: 'e:other', at: start};
}

/** The same in another order. */
export function shuffled<T>(items: readonly T[], seed: number): T[] {
  const chance = seededChance(seed);
  const list = [...items];
  for (let i = list.length - 1; i > 0; i -= 1) {
    const k = Math.floor(chance() * (i + 1));
    [list[i], list[k]] = [list[k]!, list[i]!];
  }
  return list;
}
