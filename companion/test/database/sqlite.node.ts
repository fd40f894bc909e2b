import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {setImmediate as nextTurn} from 'node:timers/promises';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import {Kysely, sql} from 'kysely';
import Libsql from 'libsql';
import {sqliteDialect, type Together} from '../../src/database/sqlite.js';

interface Tables {
  readonly rows: {readonly id: number; readonly text: string};
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('sqliteDialect()', () => {
  let folder = '';
  let count = 0;
  const opened: Kysely<Tables>[] = [];

  before(() => (folder = mkdtempSync(join(tmpdir(), 'reader-support-sqlite-'))));
  after(async () => {
    for (const query of opened) await query.destroy();
    rmSync(folder, {recursive: true, force: true});
  });

  async function aFile(): Promise<{
    query: Kysely<Tables>;
    together: Together;
    other: Libsql.Database;
  }> {
    const path = join(folder, `${++count}.sqlite`);
    const {kyselyDialect, together} = sqliteDialect(path, {waitFor: 20});
    const query = new Kysely<Tables>({dialect: kyselyDialect});
    opened.push(query);
    await sql`create table rows (id integer primary key, text text not null)`.execute(query);
    return {query, together, other: new Libsql(path)};
  }

  const countIn = (file: Libsql.Database) =>
    (file.prepare('select count(*) as count from rows').all([]) as {count: number}[])[0]?.count;

  it('writes a group atomically, and keeps other concurrent writes', async () => {
    const {query, together, other} = await aFile();
    const row = (id: number, text: string | null = 'x') =>
      query.insertInto('rows').values({id, text: text as string});
    const results = await Promise.allSettled([
      together([row(1).compile(), row(2).compile()]),
      together([row(3).compile(), row(4, null).compile()]),
      row(5).execute(),
      together([row(6).compile(), row(1).compile()]),
      together([row(7).returning('id').compile()]),
    ]);
    assert.deepEqual(
      results.map(({status}) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
    );
    const last = results[4] as PromiseFulfilledResult<{rows: unknown[]}[]>;
    assert.deepEqual(last.value[0]?.rows, [{id: 7}]);
    const kept = other.prepare('select id from rows order by id').all([]) as {id: number}[];
    assert.deepEqual(
      kept.map(({id}) => id),
      [1, 2, 5, 7],
    );
    other.close();
  });

  it('loses no confirmed write after it found the file locked', async () => {
    const {query, other} = await aFile();
    let kept = 0;
    let refused = 0;
    for (let id = 1; id <= 60; id++) {
      const locks = id % 3 === 0;
      if (locks) other.exec('begin immediate');
      const write = query.insertInto('rows').values({id, text: 'x'});
      await (id % 2 ? write.returning('id').execute() : write.execute()).then(
        () => (kept += 1),
        (error: unknown) => {
          assert.equal((error as {code?: string}).code, 'SQLITE_BUSY');
          refused += 1;
        },
      );
      if (locks) other.exec('rollback');
      collectGarbage();
      assert.equal(countIn(other), kept, 'another process sees it at once');
    }
    assert.deepEqual([kept, refused], [40, 20]);
  });

  it('combines concurrent writes, and fails a failing one alone', async () => {
    const {query, other} = await aFile();
    const ids = [1, 2, 2, 3, 1, 4];
    const results = await Promise.allSettled(
      ids.map(id => query.insertInto('rows').values({id, text: 'x'}).execute()),
    );
    assert.deepEqual(
      results.map(({status}) => status),
      ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal(countIn(other), 4);
  });

  it('isolates a transaction from other writes and reads', async () => {
    const {query} = await aFile();
    const read = () => query.selectFrom('rows').select('id').orderBy('id').execute();
    let outside: Promise<{id: number}[]> | undefined;
    let later: Promise<unknown> | undefined;
    const written = query.transaction().execute(async transaction => {
      await transaction.insertInto('rows').values({id: 1, text: 'x'}).execute();
      outside = read();
      later = query.insertInto('rows').values({id: 2, text: 'x'}).execute();
      await nextTurn();
      assert.equal((await transaction.selectFrom('rows').select('id').execute()).length, 1);
      throw new Error('no');
    });
    await assert.rejects(written, /no/);
    assert.deepEqual(await outside, []);
    await later;
    assert.deepEqual(await read(), [{id: 2}]);
  });

  it('works again after a transaction that could not start', async () => {
    const {query, other} = await aFile();
    other.exec('begin immediate');
    const write = () =>
      query
        .transaction()
        .execute(inner => inner.insertInto('rows').values({id: 1, text: 'x'}).execute());
    await assert.rejects(write(), {code: 'SQLITE_BUSY'});
    other.exec('rollback');
    await write();
    assert.equal(countIn(other), 1);
  });
});
