import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {after, before, describe, it} from 'node:test';
import {build} from 'esbuild';
import {Miniflare} from 'miniflare';
import {forBun, forDeno, forWorkers, type SupportServer} from '../../src/companion.js';
import {stripeFake, type StripeFake} from '../../src/fake-stripe/index.js';
import {anIntent, secret, site} from '../fixtures.js';
import {longTestLimit} from '../../../test/time-limit.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const metricsToken = 'a-token-of-the-tests';

/** The documentation's recipe, as a newsroom would deploy it. */
async function recipe(): Promise<string> {
  const text = readFileSync(`${root}docs/workers.md`, 'utf8');
  const [, contents] = /```js worker fragment\n([\s\S]*?)```/.exec(text) ?? [];
  assert.ok(contents, 'docs/workers.md has a recipe');
  const {outputFiles} = await build({
    stdin: {contents, resolveDir: root, loader: 'js'},
    alias: {'reader-support-companion': `${root}companion/src/companion.ts`},
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    // Drivers of databases that are not used here.
    external: ['libsql', 'pg', 'nodemailer', 'node:*'],
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

describe('the companion in workerd, with D1', {timeout: longTestLimit}, () => {
  let worker: Miniflare;
  let fake: StripeFake;

  before(async () => {
    fake = stripeFake({origin: site});
    worker = new Miniflare({
      modules: [{type: 'ESModule', path: 'companion.js', contents: await recipe()}],
      compatibilityDate: '2026-04-01',
      d1Databases: ['DB'],
      bindings: {
        STRIPE_SECRET_KEY: 'sk_test_of_the_tests',
        STRIPE_API_BASE: 'https://stripe-fake.test',
        STRIPE_WEBHOOK_SECRET: secret,
        METRICS_TOKEN: metricsToken,
      },
      cf: false,
      // The Worker's fetches go to Stripe.
      outboundService: async (request: unknown) => {
        const {url, method, headers, body} = request as Request;
        const isSent = method !== 'GET' && method !== 'HEAD';
        return (await fake.fetch(
          new Request(url, {
            method,
            headers: [...headers],
            ...(isSent && {body: await new Response(body).text()}),
          }),
        )) as never;
      },
    });
    await worker.ready;
  });
  after(() => worker.dispose());

  const send = async (path: string, init: Record<string, unknown> = {}) =>
    (await worker.dispatchFetch(`${site}/companion${path}`, init as never)) as unknown as Response;

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    send(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Mozilla/5.0 Firefox/153.0',
        origin: site,
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  const relay = async (told: Request) =>
    send('/webhook', {
      method: 'POST',
      headers: Object.fromEntries(told.headers),
      body: await told.text(),
    });

  const rowsOf = async (sql: string) => {
    const database = await worker.getD1Database('DB');
    return (await database.prepare(sql).all()).results as Record<string, unknown>[];
  };

  it('is ready with its tables', async () => {
    const response = await send('/ready');
    assert.deepEqual([response.status, await response.json()], [200, {ok: true}]);
    const tables = await rowsOf("select name from sqlite_master where type = 'table'");
    for (const name of ['gifts', 'webhook_events', 'event_sums', 'limits'])
      assert.ok(
        tables.some(row => row['name'] === name),
        name,
      );
  });

  it('opens a pay page for a press, and counts the attempt in D1', async () => {
    const address = {'cf-connecting-ip': '203.0.113.7'};
    const statuses: number[] = [];
    for (let turn = 0; turn < 6; turn++) {
      const intent = anIntent({attemptId: `attempt-${turn + 1000}`});
      const response = await post('/checkout', intent, address);
      statuses.push(response.status);
      if (turn === 0)
        assert.match(((await response.json()) as {url: string}).url, /\/pay\/cs_test_/);
    }
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
    const limits = await rowsOf('select bucket, times from limits');
    assert.equal(limits.length, 2, 'one for the network, one for everybody');
    assert.doesNotMatch(JSON.stringify(limits), /203\.0/);
  });

  it('writes a gift from a webhook once', async () => {
    const headers = {'cf-connecting-ip': '198.51.100.1'};
    const response = await post('/checkout', anIntent({attemptId: 'attempt-2000'}), headers);
    const {url} = (await response.json()) as {url: string};
    fake.webhooks = {to: told => relay(told), secret, twice: true, shuffle: true};
    await fake.pay(url.split('/').at(-1) ?? '');
    await fake.settled();
    assert.ok(fake.deliveries.length >= 4);
    for (const {status} of fake.deliveries) assert.equal(status, 200);
    const gifts = await rowsOf('select minor, currency, state, campaign from gifts');
    assert.deepEqual(gifts, [{minor: 500, currency: 'USD', state: 'paid', campaign: 'winter'}]);
    const forged = await post('/webhook', '{}', {'stripe-signature': 't=1,v1=00'});
    assert.equal(forged.status, 400);
  });

  it('counts each event once, also under concurrent requests', async () => {
    const batch = {id: 'batch-0001', events: [{name: 'view', campaign: 'winter', count: 3}]};
    const others = Array.from({length: 20}, (_, at) => ({
      id: `batch-${at + 1000}`,
      events: Array.from({length: 10}, (_each, event) => ({
        name: 'start',
        campaign: 'winter',
        id: `event-${at + 1000}-${event}`,
      })),
    }));
    const answers = await Promise.all([...others, batch, batch].map(one => post('/events', one)));
    assert.ok(answers.every(({status}) => status === 204));
    const sums = await rowsOf('select name, count from event_sums order by name');
    assert.deepEqual(sums, [
      {name: 'start', count: 200},
      {name: 'view', count: 3},
    ]);
  });

  it('serves the cron trigger, the metrics and the reader record', async () => {
    const scheduler = (await worker.getWorker()) as unknown as {
      scheduled(options: {cron: string}): Promise<{outcome: string}>;
    };
    const {outcome} = await scheduler.scheduled({cron: '17 * * * *'});
    assert.equal(outcome, 'ok');
    const headers = {authorization: `Bearer ${metricsToken}`};
    assert.match(
      await (await send('/metrics', {headers})).text(),
      /requests_total\{route="events"/,
    );
    const record = {v: 1, closes: [{campaign: 'winter', reason: 'later', at: 1, until: 2}]};
    const kept = await send('/reader', {
      method: 'PUT',
      headers: {origin: site, 'content-type': 'application/json'},
      body: JSON.stringify(record),
    });
    assert.match(kept.headers.get('set-cookie') ?? '', /^support-reader=.+; Secure$/);
  });
});

describe('forWorkers()', () => {
  it('runs every job, and reports a failed one to the platform', async () => {
    const turns: string[] = [];
    const job = (name: string, run: () => Promise<number>) => ({name, every: 1, run});
    const jobs = [
      job('retention', () => Promise.reject(new Error('one table is locked'))),
      job('mail', () => Promise.resolve(turns.push('mail'))),
    ];
    const worker = forWorkers(() => ({jobs}) as unknown as SupportServer);
    await assert.rejects(worker.scheduled(undefined, {}), /table is locked/);
    assert.deepEqual(turns, ['mail']);
  });
});

describe('forDeno() and forBun()', () => {
  const heard: unknown[] = [];
  const companion = {
    fetch: (_request: Request, connection: unknown) => {
      heard.push(connection);
      return Promise.resolve(new Response('ok'));
    },
  };
  const request = new Request(site);

  it('pass on the caller’s address from their runtime', async () => {
    await forDeno(companion)(request, {
      remoteAddr: {transport: 'tcp', hostname: '203.0.113.7', port: 4711} as never,
    });
    await forDeno(companion)(request, {remoteAddr: {transport: 'unix'}});
    await forBun(companion)(request, {requestIP: () => ({address: '2001:db8::1'})});
    await forBun(companion)(request, {requestIP: () => null});
    assert.deepEqual(heard, [
      {address: '203.0.113.7'},
      {address: undefined},
      {address: '2001:db8::1'},
      {address: undefined},
    ]);
  });
});
