import assert from 'node:assert/strict';
import {fork} from 'node:child_process';
import {describe, it} from 'node:test';
import {sql} from 'kysely';
import {openDatabase, sqlStore} from '../../src/companion.js';
import {migrations} from '../../src/database/migrations.js';
import {compiled} from '../compiled.js';
import {onEachDatabase} from '../databases.js';

onEachDatabase('openDatabase()', given => {
  it('creates missing tables, and keeps them when it opens the database again', async () => {
    const url = await given.url();
    const first = await given.open(url);
    assert.equal(first.dialect, given.flavour);
    await sqlStore(first).claim({id: 'evt_1', type: 'invoice.paid', created: 1});
    const second = await given.open(url);
    assert.equal(
      await sqlStore(second).claim({id: 'evt_1', type: 'invoice.paid', created: 1}),
      'again',
    );
  });

  it('runs every migration once when three processes start at once', async () => {
    const url = await given.url();
    const program = await compiled('starting-copy');
    const copy = () =>
      new Promise<number | null>(resolve => {
        fork(program, [url]).on('exit', resolve);
      });
    assert.deepEqual(await Promise.all([copy(), copy(), copy()]), [0, 0, 0]);
    const {query} = await given.open(url);
    const {rows} = await sql<{
      name: string;
    }>`select name from kysely_migration order by name`.execute(query);
    assert.deepEqual(
      rows.map(({name}) => name),
      Object.keys(migrations),
    );
  });

  it('returns stored integers unchanged, and sums and counts as numbers', async () => {
    const {query} = await given.open();
    const at = Date.parse('2286-11-20T17:46:39.999Z');
    const event = {type: 'x', received: at, tries: 1, outcome: null, problem: null};
    await query
      .insertInto('webhook_events')
      .values([
        {id: 'a', created: at, ...event},
        {id: 'b', created: Number.MAX_SAFE_INTEGER - at, ...event},
      ])
      .execute();
    const row = await query
      .selectFrom('webhook_events')
      .select(({fn}) => [
        fn.max('received').as('at'),
        fn.sum<number>('created').as('sum'),
        fn.countAll<number>().as('count'),
      ])
      .executeTakeFirstOrThrow();
    assert.deepEqual(row, {at, sum: Number.MAX_SAFE_INTEGER, count: 2});
  });

  it('rolls back a transaction that fails', async () => {
    const {query} = await given.open();
    const event = {created: 0, type: 'x', received: 0, tries: 1, outcome: null, problem: null};
    await assert.rejects(
      query.transaction().execute(async transaction => {
        await transaction
          .insertInto('webhook_events')
          .values({id: 'a', ...event})
          .execute();
        throw new Error('no');
      }),
      /no/,
    );
    assert.deepEqual(await query.selectFrom('webhook_events').selectAll().execute(), []);
  });

  it('refuses a database that a newer version created', async () => {
    const url = await given.url();
    const {query} = await given.open(url);
    await sql`insert into kysely_migration (name, timestamp) values ('999-later', 'x')`.execute(
      query,
    );
    await assert.rejects(openDatabase(url), /received a newer one/);
  });
});

describe('openDatabase()', () => {
  for (const [what, url, message] of [
    ['a database it does not know', 'mysql://root:secret@localhost/x', /postgres:.*received mysql/],
    ['nothing', '', /received nothing/],
  ] as const)
    it(`refuses ${what}, without repeating a password`, async () => {
      await assert.rejects(openDatabase(url), (error: Error) => {
        assert.match(error.message, message);
        assert.doesNotMatch(error.message, /secret/);
        return true;
      });
    });

  it('opens a database in memory', async () => {
    const database = await openDatabase(':memory:');
    assert.equal(await sqlStore(database).claim({id: 'evt_1', type: 'x', created: 0}), 'new');
    await database.close();
  });

  it('rejects soon when no server answers', async () => {
    await assert.rejects(openDatabase('postgres://nobody@127.0.0.1:1/none'));
  });
});
