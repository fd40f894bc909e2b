import assert from 'node:assert/strict';
import {execFile, execFileSync} from 'node:child_process';
import {existsSync, readdirSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {listen} from '../../src/http/listen.js';
import {openDatabase, sqlStore, type Database} from '../../src/companion.js';
import {aFolder} from '../cli/fixtures.js';
import {aCompanion} from '../fixtures.js';
import {startPostgres} from '../postgres.js';
import {longTestLimit} from '../../../test/time-limit.js';

const folder = fileURLToPath(new URL('../../deploy/', import.meta.url));

/** Runs a drill as an operator does. */
const drill = (name: string, env: Record<string, string>, ...args: string[]) =>
  new Promise<{readonly code: number; readonly out: string; readonly err: string}>(resolve => {
    execFile(
      'sh',
      [`${folder}${name}.sh`, ...args],
      {env: {PATH: process.env['PATH'] ?? '', ...env}},
      (error, out, err) => resolve({code: error ? Number(error.code) : 0, out, err}),
    );
  });

/** Writes rows as a companion would have. */
async function fill({query}: Database, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1)
    await query
      .insertInto('limits')
      .values({bucket: `bucket-${n}`, times: '[1]', version: 1, expires: 1})
      .onConflict(conflict => conflict.column('bucket').doNothing())
      .execute();
}

const drillFolders = () => readdirSync(tmpdir()).filter(name => name.startsWith('tmp.')).length;

describe('the restore drill', {timeout: longTestLimit}, () => {
  it('restores an SQLite file beside it, and leaves nothing behind', async () => {
    const path = join(aFolder({}), 'support.sqlite');
    const database = await openDatabase(`file:${path}`);
    await fill(database, 7);
    const before = drillFolders();
    // The companion goes on writing meanwhile.
    const {code, out, err} = await drill('restore-drill', {DATABASE_URL: `file:${path}`});
    assert.equal(code, 0, err);
    assert.match(out, /^limits: 7 restored, 7 now$/m);
    assert.match(out, /^gifts: 0 restored, 0 now$/m);
    assert.match(out, /The back-up can be restored\.$/m);
    assert.equal(drillFolders(), before);
    await database.close();
  });

  it('tells what an older back-up has less of, and refuses one that is damaged or lacks a table', async () => {
    const files = aFolder({});
    const [path, old, damaged, other] = ['support', 'old', 'damaged', 'other'].map(name =>
      join(files, `${name}.sqlite`),
    ) as [string, string, string, string];
    const database = await openDatabase(`file:${path}`);
    await fill(database, 3);
    await database.close();
    // Not by a copy of the file: what was written last may still be in another one.
    execFileSync('sqlite3', [path, `.backup '${old}'`]);
    const later = await openDatabase(`file:${path}`);
    await fill(later, 5);
    await later.close();
    const url = {DATABASE_URL: `file:${path}`};
    const fine = await drill('restore-drill', url, old);
    assert.equal(fine.code, 0, fine.err);
    assert.match(fine.out, /limits: 3 restored, 5 now[^]*events replay/);

    writeFileSync(damaged, 'this is no database');
    assert.equal((await drill('restore-drill', url, damaged)).code !== 0, true);
    writeFileSync(other, '');
    const lacking = await drill('restore-drill', url, other);
    assert.equal(lacking.code, 1);
    assert.match(lacking.err, /the back-up lacks:.*gifts/);
  });

  it('says that there is no database, and asks for one', async () => {
    const none = await drill('restore-drill', {DATABASE_URL: 'file:/nowhere/support.sqlite'});
    assert.equal(none.code, 1);
    assert.match(none.err, /there is no database \/nowhere/);
    assert.match((await drill('restore-drill', {})).err, /expected DATABASE_URL/);
  });

  it('restores a PostgreSQL database into another one, and drops it', async () => {
    const server = await startPostgres();
    const database = await openDatabase(server.url);
    await fill(database, 4);
    const {code, out, err} = await drill('restore-drill', {DATABASE_URL: server.url});
    assert.equal(code, 0, err);
    assert.match(out, /^limits: 4 restored, 4 now$/m);
    const {rows} = await database.query
      .selectFrom('pg_database' as never)
      .select('datname' as never)
      .execute()
      .then(found => ({rows: JSON.stringify(found)}));
    assert.doesNotMatch(rows, /drill/);
    await database.close();
    await server.stop();
  });
});

describe('the fail-over drill', {timeout: longTestLimit}, () => {
  it('measures for how long the database is away, and fails where it stays away', async () => {
    let server = await startPostgres({survives: true});
    const {port, folder: data} = server;
    const database = await openDatabase(server.url);
    const companion = aCompanion({store: sqlStore(database)});
    const {url, stop} = await listen(companion.server, {port: 0});
    let comesBack = true;
    // What the drill's command asks: the server dies, and comes back or not.
    const trigger = createServer((_, response) => {
      const work = async () => {
        await server.end('crash');
        await new Promise(go => setTimeout(go, 1000));
        if (comesBack) server = await startPostgres({port, folder: data, survives: true});
        response.end();
      };
      work().catch(() => response.destroy());
    });
    await new Promise<void>(resolve => trigger.listen(0, '127.0.0.1', resolve));
    after(() => trigger.close());
    const FAILOVER = `curl --silent http://127.0.0.1:${(trigger.address() as AddressInfo).port}/`;
    const fine = await drill('failover-drill', {COMPANION: url, FAILOVER});
    assert.equal(fine.code, 0, fine.err);
    assert.match(fine.out, /away from second \d+ to second \d+, and the companion found it again/);

    comesBack = false;
    const gone = await drill('failover-drill', {COMPANION: url, FAILOVER, LIMIT: '4'});
    assert.equal(gone.code, 1);
    assert.match(gone.err, /the database was not back after 4 s/);

    const before = await drill('failover-drill', {COMPANION: url, FAILOVER});
    assert.match(before.err, /is not 200 before the drill/);
    await stop();
    await database.close();
    if (existsSync(data)) await server.stop();
  });
});
