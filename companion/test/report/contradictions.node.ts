import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {noCounts, type DailySum} from '../../src/report/daily-sum.js';
import type {Look} from '../../src/report/looks.js';
import {resultsOf, type Results} from '../../src/report/results.js';
import {giftRateSentences} from '../../src/report/secondary-sentences.js';
import {sentenceOf} from '../../src/report/sentence.js';
import {printText} from '../../src/report/text.js';
import {longTestLimit} from '../../../test/time-limit.js';
import {anExperiment, day, start} from './fixtures.js';

const names = ['control', 'b', 'c'] as const;
const dayOf = (i: number): string => new Date(start + i * day).toISOString().slice(0, 10);

const arbitraryArm = fc.record({
  readers: fc.constantFrom(0, 40, 3000, 3000, 3000, 3300),
  gifts: fc.integer({min: 0, max: 40}),
  size: fc.constantFrom(500, 2000, 25_000),
  closed: fc.constantFrom(0, 30, 90),
  failed: fc.constantFrom(0, 4, 20),
});

const arbitraryLook = fc.record(
  {
    boundary: fc.constantFrom('early' as const, 'end' as const),
    direction: fc.constantFrom('better' as const, 'worse' as const),
    through: fc.integer({min: 0, max: 30}).map(dayOf),
    size: fc.double({min: 0.1, max: 40, noNaN: true}),
  },
  {requiredKeys: ['boundary', 'through', 'size']},
);

const arbitraryResults: fc.Arbitrary<Results> = fc
  .record({
    arms: fc.array(arbitraryArm, {minLength: 2, maxLength: 3}),
    days: fc.integer({min: 0, max: 40}),
    plan: fc.constantFrom(
      {},
      {days: 28},
      {days: 28, readers: 168_000, lift: 0.2},
      {days: 14, readers: 60_000, lift: 0.5},
      {days: 28, readers: 900_000, lift: 0.05},
    ),
    on: fc.boolean(),
    look: fc.option(arbitraryLook),
  })
  .map(({arms, days, plan, on, look}) => {
    const rows = Array.from({length: days}, (_, i) =>
      arms.map(({readers, gifts, size, closed, failed}, k): DailySum => {
        const count = Math.min(gifts, readers);
        return {
          ...noCounts,
          ...{day: dayOf(i), experiment: 'autumn-appeal@1', arm: names[k]!, readers, closed},
          ...{seen: readers, opened: count * 4, started: count * 2, failed, gifts: count},
          ...{value: count * size, capped: count * size},
          ...{squares: count * size ** 2, cubes: count * size ** 3},
        };
      }),
    ).flat();
    const weights = Object.fromEntries(arms.map((_, k) => [names[k]!, {weight: 1 / arms.length}]));
    const looks: Look[] =
      look && days > 0
        ? [
            {
              ...{experiment: 'autumn-appeal@1', arm: 'b', boundary: look.boundary},
              ...(look.direction && {direction: look.direction}),
              ...{day: dayOf(31), through: look.through},
              difference: look.direction === 'worse' ? -look.size : look.size,
              low: look.direction === 'worse' ? -2 * look.size : look.direction ? 0.01 : -look.size,
              high: look.direction === 'worse' ? -0.01 : 2 * look.size,
            },
          ]
        : [];
    const experiment = anExperiment({arms: weights, plan, on});
    return resultsOf(experiment, {rows}, {now: start + days * day, looks});
  });

/** Every pair of statements that cannot both be true, each found by its words. */
const opposites: readonly (readonly [RegExp, RegExp])[] = [
  [/ earns more: /, /No version leads|Could not tell|No meaningful|will hardly|will earn much/],
  [/ earns more: /, /on these numbers alone/],
  [/Keep it\./, /Keep control|do not keep it|Test again/],
  [/Could not tell/, /No version leads|No meaningful|will hardly/],
  [/All planned readers came/, /\d % of (the )?planned readers/],
  [/Do not trust this test/, /as planned \(p = /],
  [/Too early/, /All planned readers came|days are over|was ended/],
  [/will hardly earn more/, /almost certainly better/],
  [/No gift|no reader was counted/, /earns more/],
];

describe('the sentences of a report', {timeout: longTestLimit}, () => {
  it('never contradict each other', () => {
    fc.assert(
      fc.property(arbitraryResults, results => {
        const text = printText(results);
        for (const [one, other] of opposites) {
          assert.ok(!(one.test(text) && other.test(text)), `${one} and ${other} in:\n${text}`);
        }
      }),
      {numRuns: 600, seed: 11},
    );
  });

  it('agree with the numbers they are about', () => {
    fc.assert(
      fc.property(arbitraryResults, results => {
        const {text} = sentenceOf(results);
        const [, winner] = /^(\w+) earns more: /.exec(text) ?? [];
        for (const {arm, interval, difference} of results.verdict.comparisons) {
          if (arm === winner) assert.ok(difference > 0 && interval.low > 0, text);
          if (winner === 'control') assert.ok(difference < 0 && interval.high < 0, text);
        }
        for (const sentence of giftRateSentences(results)) {
          const [, word, arm] = /^(More|Fewer) readers gave with (\w+)/.exec(sentence) ?? [];
          const {giving} = results.arms.find(result => result.arm === arm) ?? {};
          if (word) assert.equal(word === 'More', (giving?.givers ?? 0) > 1, sentence);
        }
        const blocked = /But (.+): do not keep it/.test(text);
        const worse = results.sideEffects.some(
          ({arm, state, kind}) => arm === winner && state === 'worse' && kind !== 'later',
        );
        if (winner && winner !== 'control') assert.equal(blocked, worse, text);
        assert.doesNotMatch(printText(results), /NaN|Infinity|undefined/);
      }),
      {numRuns: 600, seed: 12},
    );
  });
});
