import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import pg from 'pg';
import {openDatabase, sqlStore} from '../../src/companion.js';
import type {FakeEvent} from '../../src/fake-stripe/index.js';
import {onEachDatabase} from '../databases.js';
import {aCompanion, sessionOf} from '../fixtures.js';
import {factsIn, orderedFold, sorted, tell} from '../lifecycles.js';
import {startPostgres} from '../postgres.js';
import {longTestLimit, testLimit} from '../../../test/time-limit.js';

/** Creates a companion, and a paid gift at its Stripe. */
async function aGift() {
  const source = aCompanion();
  source.fake.webhooks = undefined;
  await source.fake.pay(await sessionOf(await source.press()));
  const {events} = source.fake;
  const paid = events.find(({type}) => type === 'invoice.paid')!;
  return {source, events, paid};
}

const deliverAll = async (companion: ReturnType<typeof aCompanion>, events: readonly FakeEvent[]) =>
  await Promise.all(events.map(event => tell(companion, event)));

describe('a PostgreSQL server that goes down', {timeout: longTestLimit}, () => {
  it('causes only a 500, and the same companion continues when it is back', async t => {
    const first = await startPostgres();
    const {source, events} = await aGift();
    t.after(() => first.stop());
    const database = await openDatabase(first.url);
    t.after(() => database.close());
    const store = sqlStore(database);
    const companion = aCompanion({stripe: source.stripe, store});
    assert.equal(await tell(companion, events[0]!), 200);

    await first.end();
    for (const event of events) assert.equal(await tell(companion, event), 500);
    assert.equal(companion.log.length, events.length);
    for (const entry of companion.log)
      assert.doesNotMatch(JSON.stringify(entry), /127\.0\.0\.1|postgres:|ECONN.*:\d/);

    const second = await startPostgres({port: first.port, folder: first.folder});
    assert.ok((await deliverAll(companion, events)).every(status => status === 200));
    assert.deepEqual(sorted(await factsIn(store)), await orderedFold(source, events));
    await second.end();
  });

  it('looks the same as a slow one: the event gets a 500, and is written once when retried', async t => {
    const server = await startPostgres();
    t.after(() => server.stop());
    const {source, events, paid} = await aGift();
    const database = await openDatabase(server.url);
    t.after(() => database.close());
    const store = sqlStore(database);
    const companion = aCompanion({stripe: source.stripe, store});
    const other = new pg.Client({connectionString: server.url});
    await other.connect();
    await other.query('begin; lock table gifts in access exclusive mode');
    assert.equal(await tell(companion, paid), 500);
    const [dead] = await store.webhookEvents();
    assert.deepEqual([dead?.outcome, dead?.problem], [null, '57014']);
    await other.query('rollback');
    await other.end();
    assert.ok((await deliverAll(companion, events)).every(status => status === 200));
    assert.deepEqual(sorted(await factsIn(store)), await orderedFold(source, events));
  });
});

describe('an SQLite file that another process holds', {timeout: testLimit}, () => {
  onEachDatabase('for too long', given => {
    if (given.flavour === 'postgres') return;
    it('causes a 500, and the event is written when it is delivered again', async () => {
      const {source, events, paid} = await aGift();
      const url = await given.url();
      const store = sqlStore(await given.open(url));
      const companion = aCompanion({stripe: source.stripe, store});
      const {default: Libsql} = await import('libsql');
      const other = new Libsql(url.replace('file:', ''));
      other.exec('begin immediate');
      assert.equal(await tell(companion, paid), 500);
      other.exec('rollback');
      other.close();
      assert.ok((await deliverAll(companion, events)).every(status => status === 200));
      assert.deepEqual(sorted(await factsIn(store)), await orderedFold(source, events));
    });
  });
});
