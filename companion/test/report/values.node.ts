import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {noCounts, type Counts} from '../../src/report/daily-sum.js';
import {sideEffectsOf} from '../../src/report/side-effects.js';
import {scaleOf, worthOf, type StandingGift} from '../../src/report/gift-value.js';

const counts = (changes: Partial<Counts>): Counts => ({...noCounts, ...changes});

describe('sideEffectsOf()', () => {
  // Worse by more than a tenth of the control's rate is worse. Bounds of the 90 % interval from SciPy: 140 of 1,000
  // against 100 are +1.6 to +6.4 points around a limit of 1, 130 are +0.6 to +5.4, 80 are −4.1 to +0.1.
  for (const [control, other, state] of [
    [100, 140, 'worse'],
    [100, 130, 'unclear'],
    [100, 100, 'unclear'],
    [100, 80, 'fine'],
  ] as const)
    it(`calls ${other} closes of 1,000 against ${control} ${state}`, () => {
      assert.deepEqual(
        sideEffectsOf(
          'b',
          counts({readers: 1000, closed: control}),
          counts({readers: 1000, closed: other}),
        ),
        [{arm: 'b', kind: 'closed', rate: other / 1000, control: control / 1000, state}],
      );
    });

  it('goes through all kinds, in order, those of gifts by gifts', () => {
    const a = counts({
      ...{readers: 10_000, gifts: 100, closed: 1000, later: 500, declined: 100, refunded: 50},
    });
    const b = counts({
      ...{readers: 10_000, gifts: 100, closed: 1500, later: 500, declined: 10, refunded: 10},
    });
    assert.deepEqual(
      sideEffectsOf('b', a, b).map(({kind, rate, control, state}) => [kind, rate, control, state]),
      [
        ['closed', 0.15, 0.1, 'worse'],
        ['later', 0.05, 0.05, 'unclear'],
        ['declined', 0.001, 0.01, 'fine'],
        ['refunded', 0.1, 0.5, 'fine'],
      ],
    );
  });

  for (const [given, a, b, length] of [
    ['25 readers of both', {readers: 25, later: 9}, {readers: 25, later: 9}, 1],
    ['24 in the control', {readers: 24, later: 9}, {readers: 25, later: 9}, 0],
    ['24 in the other', {readers: 25, later: 9}, {readers: 24, later: 9}, 0],
    ['nobody who did so', {readers: 99}, {readers: 99}, 0],
    ['one in the control who did', {readers: 99, later: 1}, {readers: 99}, 1],
    ['one in the other who did', {readers: 99}, {readers: 99, later: 1}, 1],
    ['24 gifts', {readers: 99, gifts: 24, refunded: 2}, {readers: 99, gifts: 25}, 0],
    ['25 gifts', {readers: 99, gifts: 25, refunded: 2}, {readers: 99, gifts: 25}, 1],
  ] as const)
    it(`says ${length ? 'something' : 'nothing'}, given ${given}`, () =>
      assert.equal(sideEffectsOf('b', counts(a), counts(b)).length, length));

  it('counts no more closes than readers', () => {
    const a = counts({readers: 50, closed: 80});
    const b = counts({readers: 50, closed: 10});
    const [effect] = sideEffectsOf('b', a, b);
    assert.deepEqual([effect?.control, effect?.rate], [1, 0.2]);
  });
});

describe('scaleOf()', () => {
  for (const [given, goal, currency, scale] of [
    ['no goal', undefined, 'EUR', {currency: 'EUR', months: 12, cap: 25_000, rates: {}}],
    ['yen', undefined, 'JPY', {currency: 'JPY', months: 12, cap: 250, rates: {}}],
    ['dinars', undefined, 'KWD', {currency: 'KWD', months: 12, cap: 250_000, rates: {}}],
    [
      'a goal that says all',
      {currency: 'USD', months: 24, cap: 5, rates: {EUR: 2}},
      'EUR',
      {currency: 'USD', months: 24, cap: 5, rates: {EUR: 2}},
    ],
    [
      'a goal that leaves things open',
      {currency: 'JPY', months: undefined, cap: undefined} as never,
      'EUR',
      {currency: 'JPY', months: 12, cap: 250, rates: {}},
    ],
  ] as const)
    it(`given ${given}`, () => assert.deepEqual(scaleOf(goal, currency), scale));
});

describe('worthOf() over other times than a year', () => {
  const gift = (changes: Partial<StandingGift>): StandingGift => ({
    ...{frequency: 'monthly', amount: {minor: 500, currency: 'EUR'}, payments: 1},
    ...{ended: false, refunded: 0},
    ...changes,
  });
  const rates = {JPY: 0.006, KWD: 3};
  for (const [given, months, changes, worth] of [
    ['a monthly gift over half a year', 6, {}, 3000],
    ['an annual one over half a year', 6, {frequency: 'annual'}, 500],
    ['an annual one over two years', 24, {frequency: 'annual'}, 1000],
    ['an annual one that ended after one', 24, {frequency: 'annual', ended: true}, 500],
    ['a single one over two years', 24, {frequency: 'once'}, 500],
    ['a monthly one that ended after seven', 6, {ended: true, payments: 7}, 3000],
    ['a monthly one that ended after five', 6, {ended: true, payments: 5}, 2500],
    ['a monthly one of which a payment came back', 12, {refunded: 500}, 5500],
    [
      'yen, of which a hundredth is rounded',
      12,
      {frequency: 'once', amount: {minor: 501, currency: 'JPY'}},
      301,
    ],
    [
      'dinars, which have a thousand parts',
      12,
      {frequency: 'once', amount: {minor: 1010, currency: 'KWD'}},
      303,
    ],
  ] as const)
    it(`given ${given}: ${worth}`, () =>
      assert.equal(worthOf(gift(changes), {currency: 'EUR', months, cap: 25_000, rates}), worth));
});
