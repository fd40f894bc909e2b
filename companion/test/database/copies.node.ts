import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {sqlStore, type Store} from '../../src/companion.js';
import {memoryStore, type FakeEvent} from '../../src/fake-stripe/index.js';
import {onEachDatabase} from '../databases.js';
import {aCompanion, sessionOf, type Companion} from '../fixtures.js';
import {
  chance,
  factsIn,
  factsOf,
  live,
  orderedFold,
  shuffled,
  sorted,
  tell,
} from '../lifecycles.js';

async function aSource(): Promise<Companion> {
  const source = aCompanion();
  source.fake.webhooks = undefined;
  return await Promise.resolve(source);
}

onEachDatabase('POST /webhook: three copies on one database', given => {
  it('reach the same state when each receives all events at once in its own order', async () => {
    const random = chance(7);
    const source = await aSource();
    const events: FakeEvent[] = [];
    for (let attempt = 0; attempt < 12; attempt++)
      events.push(...(await live(source, attempt, random)));

    const url = await given.url();
    const copies: Companion[] = [];
    for (let copy = 0; copy < 3; copy++) {
      const store = sqlStore(await given.open(url));
      copies.push(aCompanion({stripe: source.stripe, store}));
    }
    const waiting = copies.flatMap(copy => shuffled(events, random).map(event => ({copy, event})));
    // Three at a time for each, with retries of those refused while another process writes the same gift.
    const deliver = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop())
        if ((await tell(next.copy, next.event)) !== 200) waiting.unshift(next);
    };
    await Promise.all(Array.from({length: 9}, deliver));

    const store = sqlStore(await given.open(url));
    assert.deepEqual(sorted(await factsIn(store)), await orderedFold(source, events));
    const rows = await store.database.query.selectFrom('webhook_events').selectAll().execute();
    assert.equal(rows.length, events.length);
    assert.deepEqual(
      rows.filter(({outcome}) => outcome === null),
      [],
    );
  });
});

describe('POST /webhook: two processes that fetch one subscription', () => {
  /** A shared store, and a way to let one process fetch before the other writes. */
  async function twoCopies() {
    const source = await aSource();
    const shared = memoryStore();
    const gate = {waits: Promise.resolve(), arrived: () => {}};
    const slow: Store = {
      ...shared,
      async write(fact) {
        gate.arrived();
        await gate.waits;
        return await shared.write(fact);
      },
    };
    const one = aCompanion({stripe: source.stripe, store: slow});
    const other = aCompanion({stripe: source.stripe, store: shared});
    const id = await sessionOf(await source.press());
    await source.fake.pay(id);
    const [created] = source.fake.events.filter(
      ({type}) => type === 'customer.subscription.created',
    );

    /** One process fetches; `change` happens and the other writes it; only then the first one writes. */
    async function race(change: () => Promise<void>): Promise<void> {
      let open = () => {};
      gate.waits = new Promise(resolve => (open = resolve));
      const looked = new Promise<void>(resolve => (gate.arrived = resolve));
      const first = tell(one, created!);
      await looked;
      await change();
      assert.equal(await tell(other, source.fake.events.at(-1)!), 200);
      open();
      assert.equal(await first, 200);
    }
    return {...source, id, shared, race};
  }

  it('keep the state that was fetched later', async () => {
    const {fake, id, shared, race} = await twoCopies();
    await race(() => fake.renew(id, 'declined'));
    assert.equal(shared.subscriptions[0]?.state, 'past-due');
  });

  it('keep an ended subscription when older state is written later', async () => {
    const {fake, id, shared, race} = await twoCopies();
    await race(() => fake.cancel(id));
    assert.equal(shared.subscriptions[0]?.state, 'ended');
    assert.deepEqual(
      factsOf(shared).map(({kind}) => kind),
      ['subscription'],
    );
  });
});
