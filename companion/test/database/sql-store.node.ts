import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {it} from 'node:test';
import {endedRank, type Gift, type GiftRefund, type Subscription} from 'reader-support/core';
import {openDatabase, sqlStore} from '../../src/companion.js';
import {onEachDatabase} from '../databases.js';

const event = {id: 'evt_1', type: 'invoice.paid', created: 1};
const source = {campaign: 'winter', experiment: 'copy', arm: 'b', page: '/news'};

function aGift(changes: Partial<Gift> = {}): Gift {
  return {
    kind: 'gift',
    id: 'pi_1',
    rank: 0,
    state: 'pending',
    frequency: 'once',
    amount: {minor: 99_999_999, currency: 'USD'},
    source,
    renewal: false,
    at: 1_800_000_000_123,
    ...changes,
  };
}

function aSubscription(changes: Partial<Subscription> = {}): Subscription {
  return {
    kind: 'subscription',
    id: 'sub_1',
    rank: 1,
    state: 'active',
    frequency: 'monthly',
    amount: {minor: 500, currency: 'EUR'},
    source,
    customer: 'cus_1',
    paidUntil: 1_900_000_000_000,
    at: 1_800_000_000_000,
    ...changes,
  };
}

const aRefund = (changes: Partial<GiftRefund> = {}): GiftRefund => ({
  kind: 'refund',
  id: 'ch_1',
  rank: 1,
  gift: 'pi_1',
  amount: {minor: 100, currency: 'USD'},
  at: 5,
  ...changes,
});

onEachDatabase('sqlStore()', given => {
  const open = async () => sqlStore(await given.open(), {now: () => 1000});

  it('settles an event in one transaction with the result of three calls, where supported', async () => {
    const store = await open();
    assert.equal(store.settle !== undefined, given.flavour === 'sqlite');
    if (!store.settle) return;
    const gift = aGift({rank: 3, state: 'paid'});
    assert.equal(await store.settle(event, gift, 'written'), 'new');
    assert.deepEqual(await store.find('gift', 'pi_1'), gift);
    assert.equal(await store.settle(event, aGift({rank: 9}), 'written'), 'done');
    assert.deepEqual(await store.find('gift', 'pi_1'), gift, 'what is done is left as it is');
    const begun = {...event, id: 'evt_2'};
    assert.equal(await store.claim(begun), 'new');
    await store.failed(begun.id, 'provider-down');
    assert.equal(await store.settle(begun, undefined, 'ignored'), 'again');
    const rows = await store.webhookEvents();
    assert.deepEqual(
      rows.map(({id, tries, outcome, problem}) => [id, tries, outcome, problem]).sort(),
      [
        ['evt_1', 1, 'written', null],
        ['evt_2', 2, 'ignored', null],
      ],
    );
    const other = {...event, id: 'evt_3'};
    const broken = aGift({id: 'pi_2', state: null as never});
    await assert.rejects(store.settle(other, broken, 'written'));
    assert.equal(await store.claim(other), 'new', 'nothing of it is left');
  });

  it('distinguishes new, started and finished events', async () => {
    const store = await open();
    assert.equal(await store.claim(event), 'new');
    assert.equal(await store.claim(event), 'again');
    await store.failed(event.id, 'provider-down');
    await store.done(event.id, 'written');
    assert.equal(await store.claim(event), 'done');
    const rows = await store.database.query.selectFrom('webhook_events').selectAll().execute();
    assert.deepEqual(rows, [
      {...event, received: 1000, tries: 2, outcome: 'written', problem: null},
    ]);
  });

  it('reports new to one of many concurrent claims', async () => {
    const store = await open();
    const claims = await Promise.all(Array.from({length: 20}, () => store.claim(event)));
    assert.equal(claims.filter(claim => claim === 'new').length, 1);
  });

  for (const [what, fact] of [
    ['a gift', aGift()],
    ['a whole gift', aGift({subscription: 'sub_1', customer: 'cus_1', renewal: true})],
    ['a subscription', aSubscription()],
    ['a cancelled one', aSubscription({endsAt: 1_900_000_000_000})],
    ['an ended one', aSubscription({rank: endedRank, state: 'ended', endedAt: 7})],
    ['a refund', aRefund()],
    ['a dispute', aRefund({dispute: 'lost'})],
  ] as const)
    it(`returns ${what} unchanged`, async () => {
      const store = await open();
      assert.equal(await store.find(fact.kind, fact.id), undefined);
      assert.equal(await store.write(fact), true);
      assert.deepEqual(await store.find(fact.kind, fact.id), fact);
      assert.equal(await store.write(fact), false, 'a second time');
    });

  for (const {given, facts, chosen} of [
    {
      given: 'single gifts',
      facts: [
        aGift({id: 'pi_1', state: 'paid', at: 100}),
        aGift({id: 'pi_2', state: 'paid', at: 200}),
        aGift({id: 'pi_3', state: 'paid', at: 150, amount: {minor: 500, currency: 'EUR'}}),
      ],
      chosen: ['once EUR 500 1', 'once USD 99999999 2'],
    },
    {
      given: 'gifts before and after the time',
      facts: [
        aGift({id: 'pi_1', state: 'paid', at: 99}),
        aGift({id: 'pi_2', state: 'paid', at: 201}),
      ],
      chosen: [],
    },
    {
      given: 'pending and failed gifts',
      facts: [
        aGift({id: 'pi_1', state: 'pending', at: 150}),
        aGift({id: 'pi_2', state: 'failed', at: 150}),
      ],
      chosen: [],
    },
    {
      given: 'a subscription with a renewal and a change',
      facts: [
        aGift({id: 'in_1', state: 'paid', frequency: 'monthly', subscription: 'sub_1', at: 110}),
        aGift({
          id: 'in_2',
          state: 'paid',
          frequency: 'monthly',
          subscription: 'sub_1',
          at: 120,
          renewal: true,
        }),
        aGift({
          id: 'in_3',
          state: 'paid',
          frequency: 'monthly',
          subscription: 'sub_1',
          at: 130,
          amount: {minor: 7, currency: 'USD'},
        }),
        aGift({id: 'in_4', state: 'paid', frequency: 'annual', subscription: 'sub_2', at: 140}),
      ],
      chosen: ['annual USD 99999999 1', 'monthly USD 99999999 1'],
    },
    {
      given: 'a change of a subscription that was begun before the time',
      facts: [
        aGift({id: 'in_1', state: 'paid', frequency: 'monthly', subscription: 'sub_1', at: 50}),
        aGift({id: 'in_2', state: 'paid', frequency: 'monthly', subscription: 'sub_1', at: 150}),
      ],
      chosen: [],
    },
    {
      given: 'gifts that were refunded in part, disputed in vain, and neither in the end',
      facts: [
        aGift({id: 'pi_1', state: 'paid', at: 150}),
        aGift({id: 'pi_2', state: 'paid', at: 150}),
        aGift({id: 'pi_3', state: 'paid', at: 150, amount: {minor: 500, currency: 'USD'}}),
        aRefund({id: 'ch_1', gift: 'pi_1', amount: {minor: 1, currency: 'USD'}}),
        aRefund({id: 'ch_2', gift: 'pi_2', amount: {minor: 0, currency: 'USD'}, dispute: 'won'}),
        aRefund({id: 'ch_3', gift: 'pi_3', amount: {minor: 0, currency: 'USD'}}),
      ],
      chosen: ['once USD 500 1'],
    },
  ])
    it(`counts the amounts that were chosen, given ${given}`, async () => {
      const store = await open();
      for (const fact of facts) await store.write(fact);
      const rows = await store.chosenAmounts(100, 200);
      assert.deepEqual(
        rows
          .map(
            ({frequency, currency, minor, gifts}) => `${frequency} ${currency} ${minor} ${gifts}`,
          )
          .sort(),
        chosen,
      );
      assert.ok(rows.every(({minor, gifts}) => Number.isInteger(minor) && Number.isInteger(gifts)));
    });

  it('reads a database without changing it', async () => {
    const url = await given.url();
    await sqlStore(await given.open(url)).write(aGift({state: 'paid', at: 150}));
    const database = await openDatabase(url, {readOnly: true});
    try {
      const store = sqlStore(database);
      assert.equal((await store.chosenAmounts(100, 200)).length, 1);
      await assert.rejects(store.write(aGift({id: 'pi_2'})), /read.?only/i);
    } finally {
      await database.close();
    }
  });

  it('creates nothing where it is to read only', async () => {
    const url = await given.url();
    const read = async () => {
      const database = await openDatabase(url, {readOnly: true});
      try {
        await sqlStore(database).chosenAmounts(100, 200);
      } finally {
        await database.close();
      }
    };
    await assert.rejects(read());
    if (given.flavour === 'sqlite') assert.equal(existsSync(url.slice('file:'.length)), false);
    await assert.rejects(read(), 'no tables were made');
  });

  it('keeps the better report of a gift, in either order', async () => {
    for (const ranks of [
      [0, 3, 2],
      [3, 0, 2],
      [2, 3, 0],
    ]) {
      const store = await open();
      for (const rank of ranks) await store.write(aGift({rank}));
      assert.equal((await store.find('gift', 'pi_1'))?.rank, 3);
    }
  });

  it('keeps the earlier of two equal reports, in either order', async () => {
    for (const times of [
      [1, 2],
      [2, 1],
    ]) {
      const store = await open();
      for (const at of times) await store.write(aGift({at}));
      assert.equal((await store.find('gift', 'pi_1'))?.at, 1);
    }
  });

  it('keeps one of two concurrent updates of a subscription, and its end above all', async () => {
    const store = await open();
    assert.equal(await store.write(aSubscription({rank: 2})), true);
    assert.equal(await store.write(aSubscription({rank: 2, state: 'past-due'})), false);
    assert.equal(await store.write(aSubscription({rank: endedRank, state: 'ended'})), true);
    assert.equal(await store.write(aSubscription({rank: endedRank})), false);
    assert.equal((await store.find('subscription', 'sub_1'))?.state, 'ended');
  });

  it('answers a ping', async () => {
    const store = await open();
    await store.ping();
    await store.database.close();
    await assert.rejects(store.ping());
  });
});
