import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import type {GiftFact} from '../../../src/core/money/gift.js';
import {sqlStore} from '../../src/companion.js';
import {memoryStore, type FakeEvent} from '../../src/fake-stripe/index.js';
import {onEachDatabase} from '../databases.js';
import {aCompanion, anIntent, sessionOf, type Companion} from '../fixtures.js';
import {factsIn, factsOf, full, orderedFold, ordersOf, sorted, tell} from '../lifecycles.js';
import {longTestLimit, soakLimit} from '../../../test/time-limit.js';

/** Histories of one reader with six events each. */
const lives: Readonly<Record<string, (companion: Companion) => Promise<readonly FakeEvent[]>>> = {
  'a monthly gift that starts, is cancelled for the end of its period and ends':
    async companion => {
      const {fake} = companion;
      const id = await sessionOf(await companion.press());
      await fake.pay(id);
      await fake.cancel(id, 'period-end');
      await fake.renew(id);
      return only(fake.events, [
        'customer.subscription.created',
        'invoice.paid',
        'checkout.session.completed',
        'customer.subscription.updated',
        'customer.subscription.deleted',
        'charge.succeeded',
      ]);
    },
  'a monthly gift whose renewal fails, is paid after all, and which then ends': async companion => {
    const {fake} = companion;
    const id = await sessionOf(await companion.press());
    await fake.pay(id);
    await fake.renew(id, 'declined');
    await fake.renew(id);
    await fake.cancel(id);
    const [, late] = fake.events.filter(({type}) => type === 'customer.subscription.updated');
    return [
      ...only(fake.events, [
        'customer.subscription.created',
        'checkout.session.completed',
        'invoice.payment_failed',
        'customer.subscription.deleted',
      ]),
      ...fake.events.filter(({type}) => type === 'invoice.paid').slice(1),
      late!,
    ];
  },
  'a single gift that is paid late, given back, not given back after all, and disputed':
    async companion => {
      const {fake} = companion;
      const id = await sessionOf(await companion.press(anIntent({frequency: 'once'})));
      await fake.pay(id, 'unpaid');
      await fake.settle(id);
      const {id: refund} = await fake.refund(id, 100);
      await fake.failRefund(refund);
      await fake.dispute(id, 'needs_response');
      await fake.dispute(id, 'lost');
      return only(fake.events, [
        'checkout.session.completed',
        'checkout.session.async_payment_succeeded',
        'charge.refunded',
        'refund.failed',
        'charge.dispute.created',
        'charge.dispute.closed',
      ]);
    },
};

/** What must be left of each life, worked out by hand: the fold itself is the product's. */
const ends: Readonly<Record<string, readonly string[]>> = {
  'a monthly gift that starts, is cancelled for the end of its period and ends': [
    'gift paid monthly USD 500',
    'subscription ended monthly USD 500',
  ],
  'a monthly gift whose renewal fails, is paid after all, and which then ends': [
    'gift paid monthly USD 500',
    'gift paid monthly USD 500, a renewal',
    'subscription ended monthly USD 500',
  ],
  'a single gift that is paid late, given back, not given back after all, and disputed': [
    'gift paid once USD 500',
    'refund lost USD 0',
  ],
};

const inWords = (fact: GiftFact): string => {
  const {minor, currency} = fact.amount;
  const what = fact.kind === 'refund' ? fact.dispute : `${fact.state} ${fact.frequency}`;
  const renewal = fact.kind === 'gift' && fact.renewal ? ', a renewal' : '';
  return `${fact.kind} ${what} ${currency} ${minor}${renewal}`;
};

const only = (events: readonly FakeEvent[], types: readonly string[]) =>
  types.map(type => events.find(event => event.type === type)!);

async function lived(life: (companion: Companion) => Promise<readonly FakeEvent[]>) {
  const source = aCompanion();
  source.fake.webhooks = undefined;
  const events = await life(source);
  assert.equal(events.filter(Boolean).length, 6);
  return {source, events, expected: await orderedFold(source, events)};
}

describe('POST /webhook: all 720 orders of six events, in memory', () => {
  for (const [what, life] of Object.entries(lives))
    it(`end alike, given ${what}`, async () => {
      const {source, events, expected} = await lived(life);
      assert.ok(expected.length >= 2);
      let orders = 0;
      for (const order of ordersOf(events)) {
        const store = memoryStore();
        const companion = aCompanion({stripe: source.stripe, store});
        for (const event of order) assert.equal(await tell(companion, event), 200);
        assert.deepEqual(sorted(factsOf(store)), expected);
        assert.deepEqual(factsOf(store).map(inWords).sort(), ends[what]);
        orders += 1;
      }
      assert.equal(orders, 720);
    });
});

onEachDatabase('POST /webhook: the orders of six events', given => {
  for (const [what, life] of Object.entries(lives))
    it(`end alike, given ${what}`, {timeout: full ? soakLimit : longTestLimit}, async () => {
      const {source, events, expected} = await lived(life);
      const store = sqlStore(await given.open());
      const {query} = store.database;
      const companion = aCompanion({stripe: source.stripe, store});
      // All of them take minutes on a disk, so they run in the full run only.
      const orders = [...ordersOf(events)].filter((_, at) => full || at % 17 === 0);
      assert.equal(orders.length, full ? 720 : 43);
      for (const order of orders) {
        for (const event of order) assert.equal(await tell(companion, event), 200);
        const facts = await factsIn(store);
        assert.deepEqual(sorted(facts), expected);
        assert.deepEqual(facts.map(inWords).sort(), ends[what]);
        for (const table of ['webhook_events', 'gifts', 'subscriptions', 'refunds'] as const)
          await query.deleteFrom(table).execute();
      }
    });
});

describe('POST /webhook: events during a gift’s history', () => {
  const steps = {
    renew: ({fake}: Companion, id: string) => fake.renew(id),
    decline: ({fake}: Companion, id: string) => fake.renew(id, 'declined'),
    leave: ({fake}: Companion, id: string) => fake.cancel(id, 'period-end'),
    refund: ({fake}: Companion, id: string) => fake.refund(id, 1),
    dispute: ({fake}: Companion, id: string) => fake.dispute(id),
    deliver: () => Promise.resolve(),
    end: ({fake}: Companion, id: string) => fake.cancel(id),
  };

  it('reach the state of ordered delivery, whichever steps they arrive between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(steps)), {minLength: 1, maxLength: 12}),
        fc.infiniteStream(fc.nat(1000)),
        async (names, numbers) => {
          const source = aCompanion();
          const {fake} = source;
          fake.webhooks = undefined;
          const store = memoryStore();
          const companion = aCompanion({stripe: source.stripe, store});
          const waiting: FakeEvent[] = [];
          let heard = 0;
          const deliver = async (most: number) => {
            waiting.push(...fake.events.slice(heard));
            heard = fake.events.length;
            for (let count = 0; count < most && waiting.length; count++) {
              const at = numbers.next().value! % waiting.length;
              assert.equal(await tell(companion, waiting.splice(at, 1)[0]!), 200);
            }
          };
          const id = await sessionOf(await source.press());
          await fake.pay(id);
          for (const name of names) {
            // Stripe refuses steps that are no longer possible, such as renewing an ended subscription.
            await Promise.resolve(steps[name as keyof typeof steps](source, id)).catch(() => {});
            await deliver(numbers.next().value! % 4);
          }
          await deliver(Infinity);
          const expected = await orderedFold(source, fake.events);
          assert.deepEqual(sorted(factsOf(store)), expected);
        },
      ),
      {numRuns: full ? 2000 : 150},
    );
  });
});
