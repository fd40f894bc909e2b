import assert from 'node:assert/strict';
import {it} from 'node:test';
import {sql} from 'kysely';
import {sqlStore} from '../../src/companion.js';
import {aCompanion} from '../fixtures.js';
import {onEachDatabase} from '../databases.js';

onEachDatabase('the connections of a database', given => {
  it('are counted in the metrics, where there are several', async () => {
    const database = await given.open();
    const {server} = aCompanion({store: sqlStore(database)});
    const figures = async () =>
      Object.fromEntries(
        [...(await server.metrics()).matchAll(/^reader_support_database_(.+) (\d+)$/gm)].map(
          ([, name = '', value]) => [name, Number(value)],
        ),
      );
    if (given.flavour === 'sqlite') {
      assert.deepEqual(await figures(), {});
      return;
    }
    const busy = Array.from({length: 13}, () => sql`select pg_sleep(1)`.execute(database.query));
    await new Promise(go => setTimeout(go, 300));
    assert.deepEqual(await figures(), {
      'connections{state="used"}': 10,
      'connections{state="idle"}': 0,
      waiting: 3,
    });
    await Promise.all(busy);
    const after = await figures();
    assert.deepEqual([after['connections{state="used"}'], after['waiting']], [0, 0]);
    assert.ok((after['connections{state="idle"}'] ?? 0) > 0);
  });
});
