import assert from 'node:assert/strict';
import {it} from 'node:test';
import {listEvents} from '../../src/gifts/webhook-event-log.js';
import {onEachDatabase} from '../databases.js';

const hour = 3_600_000;
const now = 1_800_000_000_000;

onEachDatabase('listEvents()', given => {
  /** One event of each kind; the names say what they are. */
  const open = async () => {
    const database = await given.open();
    const event = (id: string, received: number, outcome: string | null, problem?: string) => ({
      ...{id, type: 'invoice.paid', created: 1, received, tries: 1},
      ...{outcome, problem: problem ?? null},
    });
    await database.query
      .insertInto('webhook_events')
      .values([
        event('written', now - 9 * hour, 'written'),
        event('ignored', now - 8 * hour, 'ignored'),
        event('unreadable-long-ago', now - 7 * hour, 'unreadable', 'RangeError'),
        event('unfinished-for-hours', now - 6 * hour, null, 'provider-down'),
        event('unfinished-for-longer-than-an-hour', now - hour - 1, null),
        event('unfinished-for-an-hour', now - hour, null),
        event('unreadable-just-now', now - 2, 'unreadable', 'RangeError'),
        event('b-begun-just-now', now - 1, null),
        event('a-begun-just-now', now - 1, null),
      ] as never)
      .execute();
    return database;
  };
  const idsOf = (rows: readonly {readonly id: string}[]) => rows.map(({id}) => id);

  it('lists everything, newest first, and by id where they came at once', async () => {
    assert.deepEqual(idsOf(await listEvents(await open(), now)), [
      'a-begun-just-now',
      'b-begun-just-now',
      'unreadable-just-now',
      'unfinished-for-an-hour',
      'unfinished-for-longer-than-an-hour',
      'unfinished-for-hours',
      'unreadable-long-ago',
      'ignored',
      'written',
    ]);
  });

  it('lists as dead what could not be read, and what was begun over an hour ago', async () => {
    const dead = await listEvents(await open(), now, {dead: true});
    assert.deepEqual(idsOf(dead), [
      'unreadable-just-now',
      'unfinished-for-longer-than-an-hour',
      'unfinished-for-hours',
      'unreadable-long-ago',
    ]);
    assert.deepEqual(dead[0], {
      ...{id: 'unreadable-just-now', type: 'invoice.paid', created: 1, received: now - 2},
      ...{tries: 1, outcome: 'unreadable', problem: 'RangeError'},
    });
  });

  it('lists as many as are wanted, of 101 the first hundred', async () => {
    const database = await open();
    assert.deepEqual(idsOf(await listEvents(database, now, {limit: 2})), [
      'a-begun-just-now',
      'b-begun-just-now',
    ]);
    assert.equal((await listEvents(database, now, {dead: true, limit: 3})).length, 3);
    const more = Array.from({length: 92}, (_, n) => ({
      ...{id: `more-${n}`, type: 'invoice.paid', created: 1, received: n, tries: 1},
      ...{outcome: 'written', problem: null},
    }));
    await database.query
      .insertInto('webhook_events')
      .values(more as never)
      .execute();
    const listed = idsOf(await listEvents(database, now));
    assert.equal(listed.length, 100);
    assert.equal(listed.includes('more-0'), false, 'the oldest is left out');
  });
});
