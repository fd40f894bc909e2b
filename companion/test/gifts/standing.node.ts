import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type Stripe from 'stripe';
import {
  disputeOf,
  nextRank,
  refundStanding,
  subscriptionStanding,
} from '../../src/gifts/standing.js';

const aCharge = (changes: object = {}) =>
  ({id: 'ch_1', amount_refunded: 250, currency: 'usd', ...changes}) as Stripe.Charge;

const disputes = (...states: string[]) => states.map(status => ({status}));

describe('disputeOf()', () => {
  for (const [states, word] of [
    [[], undefined],
    [['lost'], 'lost'],
    [['won'], 'won'],
    [['warning_closed'], 'won'],
    [['prevented'], 'won'],
    [['won', 'warning_closed', 'prevented'], 'won'],
    [['needs_response'], 'open'],
    [['under_review'], 'open'],
    [['warning_needs_response'], 'open'],
    [['warning_under_review'], 'open'],
    [['a state that Stripe adds later'], 'open'],
    [['won', 'needs_response'], 'open'],
    [['needs_response', 'won'], 'open'],
    [['won', 'lost'], 'lost'],
    [['lost', 'won'], 'lost'],
    [['needs_response', 'lost', 'won'], 'lost'],
  ] as const)
    it(`calls disputes that are ${states.join(' and ') || 'none'} ${word}`, () => {
      assert.equal(disputeOf(disputes(...states)), word);
    });
});

describe('refundStanding()', () => {
  it('reads what was given back, and leaves out a dispute where there is none', () => {
    assert.deepEqual(refundStanding(aCharge(), 'in_1', [], 7), {
      ...{kind: 'refund', id: 'ch_1', gift: 'in_1', at: 7},
      amount: {minor: 250, currency: 'USD'},
    });
  });

  it('says of a charge that was lost that it was lost', () => {
    const standing = refundStanding(aCharge({amount_refunded: 0}), 'in_1', disputes('lost'), 7);
    assert.deepEqual(standing, {
      ...{kind: 'refund', id: 'ch_1', gift: 'in_1', dispute: 'lost', at: 7},
      amount: {minor: 0, currency: 'USD'},
    });
  });

  it('refuses a currency that is none', () => {
    assert.throws(() => refundStanding(aCharge({currency: 'xxx'}), 'in_1', [], 7), RangeError);
  });
});

const metadata = {rs: '1', rs_frequency: 'monthly', rs_campaign: 'winter', rs_offer: 'o'};
const item = {
  price: {unit_amount: 500, currency: 'eur'},
  quantity: 3,
  current_period_end: 1_800_000_000,
};

const aSubscription = (changes: object = {}) =>
  ({
    ...{id: 'sub_1', metadata, customer: 'cus_1', status: 'active', items: {data: [item]}},
    ...{cancel_at: null, cancel_at_period_end: false, ended_at: null, canceled_at: null},
    start_date: 1_700_000_000,
    ...changes,
  }) as unknown as Stripe.Subscription;

describe('subscriptionStanding()', () => {
  const whole = {
    ...{kind: 'subscription', id: 'sub_1', state: 'active', frequency: 'monthly'},
    ...{amount: {minor: 1500, currency: 'EUR'}, source: {campaign: 'winter', offer: 'o'}},
    ...{customer: 'cus_1', paidUntil: 1_800_000_000_000, at: 1_700_000_000_000},
  };

  it('reads every field, in milliseconds', () => {
    assert.deepEqual(subscriptionStanding(aSubscription()), whole);
    const expanded = aSubscription({customer: {id: 'cus_2'}});
    assert.deepEqual(subscriptionStanding(expanded), {...whole, customer: 'cus_2'});
  });

  it('takes a quantity that is not told for one', () => {
    const alone = {...item, quantity: undefined};
    const standing = subscriptionStanding(aSubscription({items: {data: [alone]}}));
    assert.deepEqual(standing?.amount, {minor: 500, currency: 'EUR'});
  });

  for (const [recurring, frequency] of [
    [{interval: 'year', interval_count: 1}, 'annual'],
    [{interval: 'month', interval_count: 12}, 'annual'],
    [{interval: 'month', interval_count: 1}, 'monthly'],
    [{interval: 'month'}, 'monthly'],
    [{interval: 'month', interval_count: 3}, 'annual'],
    [{interval: 'year', interval_count: 2}, 'annual'],
    [{interval: 'week', interval_count: 1}, 'annual'],
    [null, 'annual'],
  ] as const)
    it(`calls what was chosen as annual and is now ${JSON.stringify(recurring)} ${frequency}`, () => {
      const standing = subscriptionStanding(
        aSubscription({
          metadata: {...metadata, rs_frequency: 'annual'},
          items: {data: [{...item, price: {...item.price, recurring}}]},
        }),
      );
      assert.equal(standing?.frequency, frequency);
    });

  for (const [status, state] of [
    ['incomplete', 'pending'],
    ['incomplete_expired', 'ended'],
    ['trialing', 'active'],
    ['active', 'active'],
    ['past_due', 'past-due'],
    ['unpaid', 'past-due'],
    ['paused', 'paused'],
    ['canceled', 'ended'],
  ])
    it(`calls a subscription that is ${status} ${state}`, () => {
      assert.equal(subscriptionStanding(aSubscription({status}))?.state, state);
    });

  for (const [given, changes, endsAt, endedAt] of [
    ['a day on which it will end', {cancel_at: 1_790_000_000}, 1_790_000_000_000, undefined],
    ['an end with its period', {cancel_at_period_end: true}, 1_800_000_000_000, undefined],
    ['both', {cancel_at: 1_790_000_000, cancel_at_period_end: true}, 1_790_000_000_000, undefined],
    [
      'an end that has come',
      {status: 'canceled', ended_at: 1_780_000_000, canceled_at: 1_770_000_000, cancel_at: 5},
      undefined,
      1_780_000_000_000,
    ],
    [
      'an end of which only the cancelling is known',
      {status: 'canceled', canceled_at: 1_770_000_000},
      undefined,
      1_770_000_000_000,
    ],
    ['an end without a day', {status: 'canceled'}, undefined, 1_800_000_000_000],
    ['a cancelling that is not the end', {canceled_at: 1_770_000_000}, undefined, undefined],
  ] as const)
    it(`knows when it ends and ended, given ${given}`, () => {
      const standing = subscriptionStanding(aSubscription(changes));
      assert.deepEqual([standing?.endsAt, standing?.endedAt], [endsAt, endedAt]);
      assert.equal('endsAt' in standing!, endsAt !== undefined);
      assert.equal('endedAt' in standing!, endedAt !== undefined);
    });

  it("says nothing of a subscription that is not the kit's", () => {
    assert.equal(
      subscriptionStanding(aSubscription({metadata: {rs_frequency: 'monthly'}})),
      undefined,
    );
  });

  for (const [given, changes] of [
    ['no item', {items: {data: []}}],
    ['no frequency', {metadata: {rs: '1'}}],
    ['a frequency that is none', {metadata: {rs: '1', rs_frequency: 'weekly'}}],
    ['no currency', {items: {data: [{...item, price: {unit_amount: 5, currency: ''}}]}}],
    ['a state that is none', {status: 'resting'}],
    ['a state that every object has', {status: 'constructor'}],
  ] as const)
    it(`throws, given ${given}`, () => {
      assert.throws(() => subscriptionStanding(aSubscription(changes)), RangeError);
    });
});

describe('nextRank()', () => {
  for (const [kept, isOver, rank] of [
    [undefined, false, 1],
    [0, false, 1],
    [4, false, 5],
    [undefined, true, Number.MAX_SAFE_INTEGER],
    [4, true, Number.MAX_SAFE_INTEGER],
  ] as const)
    it(`makes ${rank} of ${kept}, ${isOver ? 'over' : 'not over'}`, () => {
      assert.equal(nextRank(kept, isOver), rank);
    });
});
