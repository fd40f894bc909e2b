import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {frequencyOfInvoice} from '../../src/stripe/plan-frequency.js';

const start = 1_800_000_000;

/** A line of today's shape. */
const line = (amount: number, days: number, proration = false) => ({
  ...{amount, period: {start, end: start + days * 86_400}},
  parent: {subscription_item_details: {proration}},
});
/** A line of the shape before 2025-03-31.basil. */
const olderLine = (amount: number, days: number, proration = false) => ({
  ...{amount, period: {start, end: start + days * 86_400}},
  proration,
});

describe('frequencyOfInvoice()', () => {
  for (const shape of [line, olderLine])
    for (const [given, lines, frequency] of [
      ['a month', [shape(500, 31)], 'monthly'],
      ['the shortest month', [shape(500, 28)], 'monthly'],
      ['a month in which clocks change', [shape(500, 30.96)], 'monthly'],
      ['a year', [shape(5000, 365)], 'annual'],
      ['a leap year', [shape(5000, 366)], 'annual'],
      ['a week', [shape(500, 7)], undefined],
      ['a quarter', [shape(500, 92)], undefined],
      ['two years', [shape(500, 730)], undefined],
      ['a month less, for a year', [shape(-250, 15, true), shape(5000, 365)], 'annual'],
      ['a year less, for a month', [shape(-4000, 300, true), shape(500, 30)], 'monthly'],
      ['what is left of a month', [shape(250, 29, true)], undefined],
      ['what is left of a year', [shape(2500, 200, true)], 'annual'],
      ['the last days of a year', [shape(250, 30, true)], undefined],
      ['a month beside the rest of the last', [shape(250, 10, true), shape(500, 31)], 'monthly'],
      ['a credit only', [shape(-500, 30)], undefined],
      ['nothing to pay', [shape(0, 30)], undefined],
      ['no lines', [], undefined],
    ] as const)
      it(`is ${frequency}, given ${given}, as a ${shape.name}`, () => {
        assert.equal(frequencyOfInvoice({lines: {data: lines}}), frequency);
      });

  for (const invoice of [undefined, null, {}, {lines: null}, {lines: {data: [{amount: 5}]}}])
    it(`is not told by ${JSON.stringify(invoice)}`, () => {
      assert.equal(frequencyOfInvoice(invoice), undefined);
    });
});
