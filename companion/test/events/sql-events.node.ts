import assert from 'node:assert/strict';
import {it} from 'node:test';
import fc from 'fast-check';
import {type ReaderEvent, readerEventNames} from 'reader-support/core';
import {eventRetention, eventCountsOf, type EventGroup} from '../../src/events/event-store.js';
import {sqlStore} from '../../src/companion.js';
import {memoryEvents} from '../../src/fake-stripe/index.js';
import {onEachDatabase} from '../databases.js';

const day = 86_400_000;
const noon = Date.UTC(2026, 10, 23, 12);

const aView: ReaderEvent = {name: 'view', campaign: 'winter', placement: 'inline'};
const anExposure = (id: string, arm = 'plain'): ReaderEvent => ({
  name: 'exposure',
  experiment: 'autumn@1',
  arm,
  exposure: id,
});

const events: fc.Arbitrary<ReaderEvent> = fc.record(
  {
    name: fc.constantFrom(...readerEventNames),
    campaign: fc.constantFrom('winter', 'Frühling', "o'neil; drop table event_sums--"),
    experiment: fc.constantFrom('autumn@1', 'winter@2'),
    arm: fc.constantFrom('control', 'plain'),
    placement: fc.constantFrom('inline', 'bar'),
    count: fc.integer({min: 1, max: 50}),
    exposure: fc.constantFrom('exposure-1', 'exposure-2', 'exposure-3'),
  },
  {requiredKeys: ['name']},
);
const groups: fc.Arbitrary<EventGroup[]> = fc.array(
  fc.record({
    key: fc.constantFrom('b:1', 'b:2', 'b:3', 'b:4', 'b:5', 'b:6'),
    events: fc.array(events, {minLength: 1, maxLength: 5}),
  }),
  {minLength: 1, maxLength: 6},
);

const inOrder = (rows: readonly object[]) =>
  rows.map(row => JSON.stringify(row, Object.keys(row).sort())).sort();

onEachDatabase('events', given => {
  it('are added up, and repeats are recognized', async () => {
    const store = sqlStore(await given.open()).events;
    const first: EventGroup = {key: 'b:1', events: [aView, {...aView, count: 2}]};
    const second: EventGroup = {key: 'e:2', events: [aView]};
    assert.deepEqual([...(await store.add([first], noon))], ['b:1']);
    assert.deepEqual([...(await store.add([first, second, second], noon))], ['e:2']);
    assert.equal((await store.add([first, second], noon + day)).size, 0);
    assert.deepEqual(await store.sums('2026-11-23', '2026-11-23'), [
      {...aView, day: '2026-11-23', experiment: '', arm: '', count: 4},
    ]);
    assert.deepEqual(await store.sums('2026-11-24', '2026-12-24'), []);
  });

  it('keep the first report of an exposure', async () => {
    const store = sqlStore(await given.open()).events;
    await store.add([{key: 'e:1', events: [anExposure('exposure-1')]}], noon);
    await store.add([{key: 'e:2', events: [anExposure('exposure-1', 'control')]}], noon + day);
    assert.deepEqual(await store.exposures('autumn@1'), [
      {id: 'exposure-1', experiment: 'autumn@1', arm: 'plain', day: '2026-11-23'},
    ]);
  });

  it('give the same sums as in memory', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(groups, {minLength: 1, maxLength: 4}), async writes => {
        // Groups with the same key are equal, like those a page sends again.
        const known = new Map<string, EventGroup>();
        for (const group of writes.flat()) if (!known.has(group.key)) known.set(group.key, group);
        const same = writes.map(list => list.map(({key}) => known.get(key)!));
        const database = await given.open();
        const store = sqlStore(database).events;
        const memory = memoryEvents();
        for (const list of same) {
          const added = await store.add(list, noon);
          assert.deepEqual([...added].sort(), [...(await memory.add(list, noon))].sort());
        }
        const [since, until] = ['2026-11-01', '2026-12-01'];
        assert.deepEqual(
          inOrder(await store.sums(since, until)),
          inOrder(await memory.sums(since, until)),
        );
        for (const experiment of ['autumn@1', 'winter@2'])
          assert.deepEqual(await store.exposures(experiment), await memory.exposures(experiment));
        await database.close();
      }),
      {numRuns: given.flavour === 'sqlite' ? 25 : 5},
    );
  });

  it('are counted once by processes that receive the same at once', async () => {
    const url = await given.url();
    const copies = [];
    // On a file this needs processes: within one process, waiting for a lock would block both.
    const shared = given.flavour === 'sqlite' ? await given.open(url) : undefined;
    for (let copy = 0; copy < 3; copy++)
      copies.push(sqlStore(shared ?? (await given.open(url))).events);
    const lists = Array.from({length: 40}, (_, at): EventGroup[] =>
      Array.from({length: 10}, (_each, group) => ({
        key: `b:${at}-${group}`,
        events: [aView, {...aView, campaign: `campaign-${group}`}, anExposure(`x-${at}-${group}`)],
      })),
    );
    await Promise.all(
      copies.map(async (copy, turn) => {
        // Each in its own order, so that they conflict.
        for (const list of turn === 1 ? [...lists].reverse() : lists)
          await copy.add(turn === 2 ? [...list].reverse() : list, noon);
      }),
    );
    const sums = await copies[0]!.sums('2026-11-23', '2026-11-23');
    assert.equal(sums.find(({campaign}) => campaign === 'winter')?.count, 400);
    assert.equal(sums.find(({campaign}) => campaign === 'campaign-7')?.count, 40);
    assert.equal((await copies[1]!.exposures('autumn@1')).length, 400);
  });

  it('take thousands in one write', async () => {
    const store = sqlStore(await given.open()).events;
    const many = Array.from({length: 6000}, (_, at): EventGroup => ({
      key: `e:${at}`,
      events: [anExposure(`x-${at}`), {...aView, campaign: `campaign-${at}`}],
    }));
    assert.equal((await store.add(many, noon)).size, 6000);
    assert.equal((await store.sums('2026-11-23', '2026-11-23')).length, 6001);
  });

  it('are deleted when their retention ends, and not before', async () => {
    const database = await given.open();
    const {events: store, upkeep} = sqlStore(database);
    await store.add([{key: 'e:1', events: [anExposure('exposure-1')]}], noon);
    const rows = async () => {
      const count = async (table: 'event_keys' | 'event_sums' | 'exposures') =>
        (await database.query.selectFrom(table).selectAll().execute()).length;
      return [await count('event_keys'), await count('exposures'), await count('event_sums')];
    };
    const deleteExpired = async (now: number) => {
      for (const one of upkeep) await one.deleteExpired(now);
    };
    const {keys, exposures, sums} = eventRetention;
    await deleteExpired(noon + keys * day);
    assert.deepEqual(await rows(), [1, 1, 1]);
    await deleteExpired(noon + (keys + 1) * day);
    assert.deepEqual(await rows(), [0, 1, 1]);
    await deleteExpired(noon + (exposures + 1) * day);
    assert.deepEqual(await rows(), [0, 0, 1]);
    await deleteExpired(noon + (sums + 1) * day);
    assert.deepEqual(await rows(), [0, 0, 0]);
  });

  it('contain no personal data, and every event table has a retention', async () => {
    const {upkeep} = sqlStore(await given.open());
    for (const table of ['event_keys', 'event_sums', 'exposures', 'limits']) {
      const one = upkeep.find(entry => entry.table === table);
      assert.match(one?.retention ?? '', /\d+ days|a day/);
      assert.equal(one?.export, undefined);
    }
  });
});

it('eventCountsOf() adds up the groups of one write', () => {
  const {sums, exposures} = eventCountsOf(
    [
      {key: 'a', events: [aView, anExposure('x-2'), anExposure('x-1')]},
      {key: 'b', events: [{...aView, count: 4}, anExposure('x-1', 'control')]},
    ],
    '2026-11-23',
  );
  assert.deepEqual(
    sums.map(({name, arm, count}) => [name, arm, count]),
    [
      ['exposure', 'control', 1],
      ['exposure', 'plain', 2],
      ['view', '', 5],
    ],
  );
  assert.deepEqual(
    exposures.map(({id, arm}) => [id, arm]),
    [
      ['x-1', 'plain'],
      ['x-2', 'plain'],
    ],
  );
});
