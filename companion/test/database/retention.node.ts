import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {describe, it} from 'node:test';
import {openDatabase, sqlStore, type SqlStore, type Store} from '../../src/companion.js';
import {memoryStore} from '../../src/fake-stripe/index.js';
import {onEachDatabase} from '../databases.js';
import {aCompanion, anIntent, sessionOf} from '../fixtures.js';
import {aHouse} from '../given-readers.js';

const day = 86_400_000;
const now = Date.parse('2026-11-23T12:00:00Z');
const years = 10 * 365;

const source = {campaign: 'winter', attempt: 'attempt-0001', exposure: 'x1'};
const gift = {
  kind: 'gift',
  rank: 3,
  state: 'paid',
  frequency: 'monthly',
  amount: {minor: 500, currency: 'USD'},
  source,
  renewal: false,
} as const;

/** Rows of different ages, in days. */
async function aged(store: SqlStore): Promise<void> {
  const {amount} = gift;
  for (const age of [0, 34, 36, years - 1, years + 1]) {
    const at = now - age * day;
    await store.write({...gift, id: `in_${age}`, customer: `cus_${age}`, at});
    await store.write({kind: 'refund', id: `ch_${age}`, rank: 1, gift: `in_${age}`, amount, at});
    await store.write({
      ...{kind: 'subscription', id: `sub_${age}`, rank: 1, state: 'ended', endedAt: at},
      ...{frequency: 'monthly', amount, source, customer: `cus_${age}`, paidUntil: at},
      at: at - 100 * day,
    });
    await store.database.query
      .insertInto('webhook_events')
      .values({
        ...{id: `evt_${age}`, type: 'x', created: at, received: at, tries: 1},
        ...{outcome: 'written', problem: null},
      })
      .execute();
  }
  await store.write({
    ...{kind: 'subscription', id: 'sub_alive', rank: 1, state: 'active', source},
    ...{frequency: 'monthly', amount, paidUntil: now, at: now - 2 * years * day},
  });
}

const agesIn = async ({database: {query}}: SqlStore, table: 'gifts' | 'refunds') =>
  (await query.selectFrom(table).select('id').execute()).map(({id}) => id.split('_')[1]).sort();

onEachDatabase('retention', given => {
  it('deletes exactly the rows whose retention has ended', async () => {
    const store = sqlStore(await given.open(), {now: () => now});
    await aged(store);
    const {server} = aCompanion({store, now: () => now});
    const job = server.jobs.find(({name}) => name === 'retention');
    assert.ok(job);
    // Three events, and one row of every other kind.
    assert.equal(await job.run(), 6);
    assert.equal(await job.run(), 0, 'a second time');
    const events = await store.webhookEvents();
    assert.deepEqual(events.map(({id}) => id).sort(), ['evt_0', 'evt_34']);
    const left = ['0', '34', '36', String(years - 1)].sort();
    assert.deepEqual(await agesIn(store, 'gifts'), left);
    assert.deepEqual(await agesIn(store, 'refunds'), left);
    assert.ok(await store.find('subscription', 'sub_alive'), 'what has not ended stays');
    assert.equal(await store.find('subscription', `sub_${years + 1}`), undefined);
  });

  it('keeps an exposure as long as the gift that refers to it', async () => {
    const store = sqlStore(await given.open(), {now: () => now});
    const exposures = ['seen', 'gave', 'held'].map(id => ({
      name: 'exposure' as const,
      ...{experiment: 'autumn@1', arm: 'control', exposure: `exposure-${id}`},
    }));
    await store.events.add([{key: 'e:1', events: exposures}], now - 91 * day);
    const source = {exposure: 'exposure-gave', holdbackExposure: 'exposure-held'};
    await store.write({...gift, id: 'in_late', source, at: now - 30 * day});
    const {server} = aCompanion({store, now: () => now});
    assert.equal(await server.jobs.find(({name}) => name === 'retention')?.run(), 2);
    const kept = (await store.events.exposures('autumn@1')).map(({id}) => id);
    assert.deepEqual(kept, ['exposure-gave', 'exposure-held']);
  });

  it('exports a person’s data, and erases it without deleting the gift', async () => {
    const store = sqlStore(await given.open());
    const source = aCompanion({store});
    for (const [attemptId, email] of [
      ['attempt-0001', 'Ada@Example.com'],
      ['attempt-0002', 'bob@example.com'],
    ] as const)
      await source.fake.pay(await sessionOf(await source.press(anIntent({attemptId, email}))));
    const {privacyRequests} = source.server;

    const known = await privacyRequests.export('Ada@Example.com');
    assert.deepEqual([known['gifts']?.length, known['subscriptions']?.length], [1, 1]);
    const unknown = await privacyRequests.export('nobody@example.com');
    assert.ok(Object.values(unknown).every(rows => rows.length === 0));

    const erased = await privacyRequests.erase('Ada@Example.com');
    assert.deepEqual([erased['gifts'], erased['subscriptions']], [1, 1]);
    const again = await privacyRequests.erase('Ada@Example.com');
    assert.deepEqual([again['gifts'], again['subscriptions']], [0, 0]);
    const rows = await store.database.query
      .selectFrom('gifts')
      .select(['customer', 'attempt', 'campaign', 'minor'])
      .execute();
    assert.equal(rows.length, 2);
    const [forgotten] = rows.filter(({customer}) => customer === null);
    assert.deepEqual(forgotten, {customer: null, attempt: null, campaign: 'winter', minor: 500});
  });

  it('erases a person’s link to a gift after Stripe has deleted the customer', async () => {
    const {server, fake, store, device, give} = await aHouse(await given.open());
    await give(device());
    const nobody = {object: 'list', data: [], has_more: false, url: '/v1/customers'};
    const body = JSON.stringify(nobody);
    fake.fail({body}, {body});
    const known = await server.privacyRequests.export('reader@example.com');
    assert.deepEqual([known['gifts']?.length, known['subscriptions']?.length], [1, 1]);
    await server.privacyRequests.erase('reader@example.com');
    for (const table of ['gifts', 'subscriptions'] as const)
      assert.deepEqual(await store.database.query.selectFrom(table).select('customer').execute(), [
        {customer: null},
      ]);
  });
});

describe('retention', () => {
  it('deletes from the other tables when one fails, and logs it', async () => {
    const deleted: string[] = [];
    const policy = (table: string, deleteExpired: () => Promise<number>) => ({
      table,
      retention: '',
      deleteExpired,
    });
    const store: Store = {
      ...memoryStore(),
      upkeep: [
        policy('first', () => Promise.reject(new Error('no'))),
        policy('second', () => Promise.resolve(deleted.push('second'))),
      ],
    };
    const {server, log} = aCompanion({store});
    await assert.rejects(async () => await server.jobs[0]?.run());
    assert.deepEqual(deleted, ['second']);
    assert.deepEqual(log[0]?.detail, {table: 'first', type: 'Error'});
  });

  it('matches the documentation for every table', async () => {
    const database = await openDatabase(':memory:');
    const expected = sqlStore(database).upkeep.map(({table, retention}) => [table, retention]);
    await database.close();
    const page = readFileSync(new URL('../../../docs/operations.md', import.meta.url), 'utf8');
    const [, section = ''] = page.split('## How long things are kept');
    const rows = [...section.matchAll(/^\| `(\w+)` +\| (.+?) +\|/gm)].map(row => row.slice(1));
    assert.ok(rows.length >= 4);
    assert.deepEqual(rows.sort(), expected.sort());
  });

  for (const text of ['', 'nobody', 'a@b, c@d', 'a b@c'])
    it(`refuses a request about ${JSON.stringify(text)}`, async () => {
      const {server} = aCompanion();
      await assert.rejects(server.privacyRequests.export(text), TypeError);
      await assert.rejects(server.privacyRequests.erase(text), TypeError);
    });
});
