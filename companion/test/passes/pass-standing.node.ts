import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Gift, Subscription} from '../../../src/core/money/gift.js';
import {passStandingOf} from '../../src/passes/pass-standing.js';
import type {SupportFacts} from '../../src/passes/pass-store.js';

const day = 86_400_000;
const now = 1_800_000_000_000;
const rules = {once: 90 * day, grace: 5 * day};
const noFacts: SupportFacts = {
  subscription: undefined,
  gift: undefined,
  refunded: 0,
  lost: false,
};

const aGift = (changes: Partial<Gift> = {}): Gift => ({
  ...{kind: 'gift', id: 'g', rank: 1, state: 'paid', frequency: 'monthly', renewal: false},
  ...{amount: {minor: 500, currency: 'EUR'}, source: {}, at: now - 10 * day},
  ...changes,
});
const aSubscription = (changes: Partial<Subscription> = {}): Subscription => ({
  ...{kind: 'subscription', id: 's', rank: 1, state: 'active', frequency: 'monthly'},
  ...{amount: {minor: 500, currency: 'EUR'}, source: {}, paidUntil: now + 20 * day},
  at: now - 10 * day,
  ...changes,
});

interface Row {
  readonly given: string;
  readonly facts: Partial<SupportFacts>;
  readonly recurring?: boolean;
  readonly seen?: number;
  /** In days from now, or why not. */
  readonly until: number | 'ended' | 'refunded' | 'lapsed';
}

const once = aGift({frequency: 'once'});
const soon = now + 2 * day;

describe('standingOf()', () => {
  const rows: readonly Row[] = [
    {given: 'a running subscription', facts: {subscription: aSubscription()}, until: 25},
    {
      given: 'one whose period ended within the grace',
      facts: {subscription: aSubscription({paidUntil: now - 4 * day})},
      until: 1,
    },
    {
      given: 'one whose grace ends now',
      facts: {subscription: aSubscription({paidUntil: now - 5 * day})},
      until: 'lapsed',
    },
    {
      given: 'one that is paused, which has no grace',
      facts: {subscription: aSubscription({state: 'paused'})},
      until: 20,
    },
    {
      given: 'one that was cancelled for a day',
      facts: {subscription: aSubscription({endsAt: soon})},
      until: 2,
    },
    {
      given: 'one that has ended, whatever was paid',
      facts: {subscription: aSubscription({state: 'ended'}), gift: aGift()},
      until: 'ended',
    },
    {
      given: 'one that is owed, after a payment: a month from that, and the grace',
      facts: {subscription: aSubscription({state: 'past-due'}), gift: aGift({at: now - 30 * day})},
      until: 6,
    },
    {
      given: 'one that is owed, a yearly one',
      facts: {
        subscription: aSubscription({state: 'past-due', paidUntil: now + 400 * day}),
        gift: aGift({frequency: 'annual', at: now - 360 * day}),
      },
      until: 11,
    },
    {
      given: 'one that is owed, whose period ends before a month is over',
      facts: {
        subscription: aSubscription({state: 'past-due', paidUntil: now + day}),
        gift: aGift({at: now}),
      },
      until: 6,
    },
    {
      given: 'one that is owed and was cancelled',
      facts: {subscription: aSubscription({state: 'past-due', endsAt: soon}), gift: aGift()},
      until: 2,
    },
    {
      given: 'one that is owed, of which no payment is known',
      facts: {subscription: aSubscription({state: 'past-due'})},
      until: 25,
    },
    {
      given: 'one that was never paid, and a payment',
      facts: {subscription: aSubscription({state: 'pending'}), gift: aGift()},
      recurring: true,
      until: 26,
    },
    {
      given: 'one that was never paid, and none: three days from when it was heard of',
      facts: {subscription: aSubscription({state: 'pending'})},
      recurring: true,
      seen: -1,
      until: 2,
    },
    {given: 'a monthly gift alone', facts: {gift: aGift()}, recurring: true, until: 26},
    {
      given: 'an annual gift alone',
      facts: {gift: aGift({frequency: 'annual'})},
      recurring: true,
      until: 361,
    },
    {given: 'a single gift', facts: {gift: once}, until: 80},
    {
      given: 'a single gift of 90 days ago',
      facts: {gift: aGift({frequency: 'once', at: now - 90 * day})},
      until: 'lapsed',
    },
    {given: 'nothing but a return, just now', facts: {}, until: 3},
    {given: 'nothing but a return, three days ago', facts: {}, seen: -3, until: 'lapsed'},
    {given: 'a refund of a part', facts: {gift: once, refunded: 499}, until: 80},
    {given: 'a refund of all of it', facts: {gift: once, refunded: 500}, until: 'refunded'},
    {given: 'a refund of more', facts: {gift: once, refunded: 501}, until: 'refunded'},
    {given: 'a lost dispute', facts: {gift: once, lost: true}, until: 'refunded'},
    {given: 'a lost dispute of no known gift', facts: {lost: true}, until: 3},
    {
      given: 'a period that cost nothing',
      facts: {gift: aGift({frequency: 'once', amount: {minor: 0, currency: 'EUR'}})},
      until: 80,
    },
  ];
  for (const {given, facts, recurring = false, seen = 0, until} of rows)
    it(`given ${given}: ${typeof until === 'number' ? `${until} days` : until}`, () => {
      const standing = passStandingOf(
        {...noFacts, ...facts},
        recurring,
        now + seen * day,
        rules,
        now,
      );
      const {gift, subscription} = facts;
      assert.deepEqual(
        standing,
        typeof until === 'number'
          ? {
              ...{holds: true, until: now + until * day},
              frequency: subscription?.frequency ?? gift?.frequency,
            }
          : {holds: false, reason: until},
      );
    });

  it('counts a return no longer than a single gift would let in', () => {
    const short = {once: day, grace: 0};
    assert.deepEqual(passStandingOf(noFacts, false, now, short, now), {
      ...{holds: true, until: now + day, frequency: undefined},
    });
    assert.deepEqual(passStandingOf(noFacts, true, now, short, now), {
      ...{holds: true, until: now + 3 * day, frequency: undefined},
    });
    const never = {once: 0, grace: 0};
    assert.deepEqual(passStandingOf({...noFacts, gift: once}, false, now, never, now), {
      ...{holds: false, reason: 'lapsed'},
    });
  });

  it('says the frequency of the subscription, where both are known', () => {
    const facts = {...noFacts, subscription: aSubscription({frequency: 'annual'}), gift: aGift()};
    const standing = passStandingOf(facts, true, now, rules, now);
    assert.equal(standing.holds && standing.frequency, 'annual');
  });
});
