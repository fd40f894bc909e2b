import assert from 'node:assert/strict';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import {sql} from 'kysely';
import pg from 'pg';
import {listen} from '../../src/http/listen.js';
import {createSupportServer, openDatabase, sqlStore, type Database} from '../../src/companion.js';
import type {FakeEvent} from '../../src/fake-stripe/index.js';
import {aCompanion, offer, secret, type Companion} from '../fixtures.js';
import {
  chance,
  deliveryOf,
  factsIn,
  full,
  live,
  orderedFold,
  shuffled,
  sorted,
  unfinishedIn,
} from '../lifecycles.js';
import {startPostgres} from '../postgres.js';
import {hourSoakLimit, longTestLimit} from '../../../test/time-limit.js';
import {startFaultyProxy, type FaultyProxy, type ProxyMode} from './faulty-proxy.js';

type Server = Awaited<ReturnType<typeof startPostgres>>;

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms));

let server: Server;
let proxy: FaultyProxy;
let database: Database;

/** Runs a statement on a connection of its own, beside the proxy. */
async function directly(text: string): Promise<unknown[]> {
  const client = new pg.Client({connectionString: server.url});
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const terminate = () =>
  directly(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'reader-support'",
  );

/** Stops the server as a power cut does, and starts it again. */
async function crash(): Promise<void> {
  const {port, folder} = server;
  await server.end('crash');
  server = await startPostgres({port, folder, survives: true});
}

before(async () => {
  server = await startPostgres({survives: true});
  proxy = await startFaultyProxy(server.port);
});
after(async () => {
  await proxy.stop();
  await server.stop();
});

const url = () => server.url.replace(/:\d+\//, `:${proxy.port}/`);

describe('a connection to PostgreSQL', () => {
  beforeEach(async () => {
    proxy.mode = 'pass';
    database = await openDatabase(url());
    await sql`create table if not exists notes (text text)`.execute(database.query);
    await sql`truncate notes`.execute(database.query);
  });
  afterEach(async () => {
    proxy.mode = 'pass';
    await database.close();
  });

  const one = () => sql`select 1 as one`.execute(database.query);
  const write = (text: string) => sql`insert into notes values (${text})`;
  const notes = async () =>
    (await directly('select text from notes order by text')).map(
      row => (row as {text: string}).text,
    );

  /** How a connection ends. */
  const ends: Readonly<Record<string, () => unknown>> = {
    'its backend is killed': terminate,
    'it is reset': () => proxy.reset(),
    'the server crashes and is back': crash,
  };

  for (const [given, end] of Object.entries(ends)) {
    it(`is replaced when ${given} while it is idle`, async () => {
      await Promise.all(Array.from({length: 10}, one));
      await end();
      await pause(50);
      await Promise.all(Array.from({length: 10}, one));
    });

    it(`fails its statement alone, and is replaced, when ${given} during one`, async () => {
      const sleeping = sql`select pg_sleep(3)`.execute(database.query);
      const failed = assert.rejects(sleeping);
      await pause(200);
      await end();
      await failed;
      await one();
    });

    it(`writes nothing when ${given} within a transaction`, async () => {
      const transaction = database.query.transaction().execute(async query => {
        await write('first').execute(query);
        await end();
        await write('second').execute(query);
      });
      await assert.rejects(transaction);
      await one();
      assert.deepEqual(await notes(), []);
    });

    it(`writes nothing when ${given} between the last statement and the commit`, async () => {
      const transaction = database.query.transaction().execute(async query => {
        await write('first').execute(query);
        await end();
      });
      await assert.rejects(transaction);
      await one();
      assert.deepEqual(await notes(), []);
    });
  }

  it('fails a commit of which nobody knows whether it was made', async () => {
    const transaction = database.query.transaction().execute(async query => {
      await write('first').execute(query);
      proxy.mode = 'lie';
    });
    await assert.rejects(transaction);
    proxy.mode = 'pass';
    await one();
    // The commit arrived, its answer did not: the caller has to look.
    assert.deepEqual(await notes(), ['first']);
  });

  it('fails at once where nobody answers, and works when somebody does', async () => {
    proxy.reset();
    proxy.mode = 'refuse';
    await pause(20);
    await assert.rejects(one());
    proxy.mode = 'pass';
    await one();
  });

  it('is never handed on while it stalls', {timeout: longTestLimit}, async () => {
    await Promise.all(Array.from({length: 10}, one));
    proxy.mode = 'stall';
    const begun = Date.now();
    // More than there are connections: some wait for one, and all of them come to an end.
    const results = await Promise.allSettled(Array.from({length: 25}, one));
    assert.deepEqual([...new Set(results.map(({status}) => status))], ['rejected']);
    assert.ok(Date.now() - begun < longTestLimit / 2, 'nobody waits for good');
    proxy.mode = 'pass';
    // Each of these would wait behind a statement that is never answered.
    await Promise.all(Array.from({length: 10}, one));
  });
});

describe('POST /webhook, while PostgreSQL fails in every way', () => {
  let source: Companion;
  const random = chance(20_261_201);
  const wanted = full ? 20_000 : 250;
  const soakMs = full ? 3_600_000 : 0;

  before(() => {
    source = aCompanion();
    source.fake.webhooks = undefined;
  });

  it(
    `loses and doubles nothing in ${wanted} deliveries, and needs no restart`,
    {timeout: full ? hourSoakLimit : longTestLimit},
    async () => {
      const events: FakeEvent[] = [];
      for (let attempt = 0; events.length < wanted / 1.3; attempt++)
        events.push(...(await live(source, attempt, random)));
      const twice = shuffled(events, random).slice(0, Math.ceil(events.length * 0.3));
      const waiting = shuffled([...events, ...twice], random);
      const name = `faults_${process.pid}`;
      await directly(`create database ${name}`);
      const store = sqlStore(await openDatabase(url().replace(/[^/]*$/, name)));
      const log: unknown[] = [];
      const companion = createSupportServer({
        ...{stripe: source.stripe, site: 'https://www.example.org', offers: [offer]},
        ...{webhookSecrets: [secret], store, log: entry => log.push(entry)},
      });
      const {url: address, stop} = await listen(companion, {port: 0});

      const over = new AbortController();
      const counts: Record<string, number> = {};
      const setMode = (mode: ProxyMode, ms: number) => async () => {
        proxy.mode = mode;
        await pause(ms);
        proxy.mode = 'pass';
      };
      const faults: Readonly<Record<string, () => unknown>> = {
        kill: terminate,
        reset: () => proxy.reset(),
        lie: setMode('lie', 40),
        refuse: setMode('refuse', 60),
        stall: setMode('stall', full ? 7000 : 400),
        crash,
      };
      const breaking = (async () => {
        const names = Object.keys(faults);
        for (let n = 0; !over.signal.aborted; n++) {
          const fault = names[n % names.length]!;
          counts[fault] = (counts[fault] ?? 0) + 1;
          await faults[fault]!();
          await pause(60 + random() * 120);
        }
      })();

      const endOfSoak = Date.now() + soakMs;
      let again = 0;
      let unanswered = 0;
      const deliver = async () => {
        for (;;) {
          const event =
            waiting.pop() ??
            (Date.now() < endOfSoak ? events[Math.floor(random() * events.length)] : undefined);
          if (!event) return;
          const {body, headers} = await deliveryOf(event);
          // A connection that was kept for too long may be closed just then: 0, as no answer to Stripe.
          const {status} = await fetch(`${address}/webhook`, {method: 'POST', body, headers}).catch(
            () => ({status: 0}),
          );
          if (status === 200) continue;
          // What cannot be written is not acknowledged, so Stripe sends it again.
          assert.ok(status === 0 || status >= 500, `answered ${status}`);
          unanswered += Number(status === 0);
          again += 1;
          waiting.splice(Math.floor(random() * waiting.length), 0, event);
          await pause(50);
        }
      };
      await Promise.all(Array.from({length: 6}, deliver));
      over.abort();
      await breaking;

      assert.deepEqual(sorted(await factsIn(store)), await orderedFold(source, events));
      assert.deepEqual(await unfinishedIn(store), []);
      assert.ok(again > 0, 'no delivery met a fault');
      assert.ok(unanswered <= again / 10, `${unanswered} of ${again} had no answer at all`);
      for (const fault of Object.keys(faults)) assert.ok(counts[fault], `no ${fault}`);
      console.info(`# ${JSON.stringify(counts)}, ${again} deliveries made again`);
      await stop();
      await store.database.close();
    },
  );
});
