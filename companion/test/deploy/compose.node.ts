import assert from 'node:assert/strict';
import {readdirSync} from 'node:fs';
import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import pg from 'pg';
import {openDatabase} from '../../src/companion.js';
import type {StripeFake} from '../../src/fake-stripe/index.js';
import {aConfig, aFake, aFolder, secrets} from '../cli/fixtures.js';
import {freePort} from '../free-port.js';
import {startPostgres} from '../postgres.js';
import {longTestLimit} from '../../../test/time-limit.js';
import {
  caddyfile,
  fileOf,
  readCompose,
  readImage,
  startService,
  type Service,
} from './containers.js';

const variables = {POSTGRES_PASSWORD: 'letters1and2digits', SITE_ADDRESS: 'www.example.org'};

/** A folder such as an operator has, with secrets that would mislead a container. */
async function aSite(apiBase: string): Promise<string> {
  const folder = aFolder({Caddyfile: caddyfile()});
  await mkdir(join(folder, 'config'));
  await writeFile(
    join(folder, 'config', 'support.json'),
    JSON.stringify(aConfig({apiBase, trustedHops: 1, limits: {perAddress: []}})),
  );
  const env = {...secrets, ...variables, HOST: 'localhost', PORT: '1', DATABASE_URL: 'file:lost'};
  await writeFile(
    join(folder, '.env'),
    Object.entries(env)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  return folder;
}

let attempts = 0;

/** Opens a checkout at an address and pays it at the fake. */
async function give(fake: StripeFake, at: string): Promise<void> {
  const response = await fetch(`${at}/companion/checkout`, {
    method: 'POST',
    headers: {'content-type': 'application/json', origin: 'http://localhost:9999'},
    body: JSON.stringify({
      attemptId: `attempt-of-a-drill-${++attempts}`,
      offerId: 'support',
      frequency: 'monthly',
      amount: {minor: 500, currency: 'USD'},
      locale: 'en',
      attribution: {campaign: 'winter'},
    }),
  });
  assert.equal(response.status, 200, await response.clone().text());
  const {url} = (await response.json()) as {url: string};
  await fake.pay(url.split('/').at(-1) ?? '');
}

/** How many gifts a database holds. */
async function giftsIn(url: string): Promise<number> {
  const database = await openDatabase(url, {readOnly: true});
  const gifts = await database.query.selectFrom('gifts').selectAll().execute();
  await database.close();
  return gifts.length;
}

const isOurs = ({build}: Service) => build !== undefined;

describe('Dockerfile', () => {
  const {instructions} = readImage();
  const valuesOf = (name: string) =>
    instructions.filter(([other]) => other === name).map(([, value]) => value);

  it('runs as a user who owns nothing but the volume', () => {
    assert.deepEqual(valuesOf('USER'), ['node']);
    assert.deepEqual(valuesOf('VOLUME'), ['/data']);
    const at = (name: string) => instructions.findIndex(([other]) => other === name);
    assert.ok(at('USER') > at('RUN'), 'the folder is made by root');
    assert.deepEqual(valuesOf('RUN'), ['mkdir /data && chown node:node /data']);
  });

  it('installs from the lock file, without scripts', () => {
    assert.match(fileOf('Dockerfile'), /^RUN npm ci --omit=dev --ignore-scripts /m);
  });

  it('copies nothing that may hold a secret', () => {
    const copied = [...fileOf('Dockerfile').matchAll(/^COPY (.*)$/gm)].map(([, what]) => what);
    assert.deepEqual(copied, [
      'package.json package-lock.json ./',
      '--from=packages /app/node_modules ./node_modules',
    ]);
  });
});

for (const name of ['compose.yaml', 'compose.postgres.yaml'])
  describe(name, () => {
    const services = Object.entries(readCompose(name, variables));

    it('gives the companion no right that it does not need', () => {
      const ours = services.filter(([, service]) => isOurs(service));
      assert.ok(ours.length > 0);
      for (const [, service] of ours) {
        assert.equal(service.read_only, true);
        assert.deepEqual(service.cap_drop, ['ALL']);
        assert.deepEqual(service.security_opt, ['no-new-privileges:true']);
      }
    });

    it('lets nobody around the proxy', () => {
      for (const [service, {ports = []}] of services)
        for (const port of ports)
          assert.ok(service === 'caddy' || port.startsWith('127.0.0.1:'), `${service}: ${port}`);
    });

    it('refuses to start without what has to be chosen', () => {
      const needed = [...fileOf(name).matchAll(/\$\{(\w+)/g)].map(([, variable = '']) => variable);
      for (const variable of needed)
        assert.throws(
          () => readCompose(name, {...variables, [variable]: ''}),
          /is missing in .env/,
        );
    });
  });

describe('the services of the compose files', {timeout: longTestLimit}, () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  before(async () => {
    postgres = await startPostgres();
    const client = new pg.Client({connectionString: postgres.url});
    await client.connect();
    await client.query('create role support login');
    await client.query('create database support owner support');
    await client.end();
  });
  after(() => postgres.stop());

  it('take a gift into SQLite, keep it over a restart, and end when told', async () => {
    const {companion} = readCompose('compose.yaml', variables);
    assert.ok(companion);
    const {fake, origin} = await aFake();
    const folder = await aSite(origin);
    const port = String(await freePort());
    const at = `http://127.0.0.1:${port}`;
    fake.webhooks = {to: `${at}/companion/webhook`, secret: secrets.STRIPE_WEBHOOK_SECRET};

    const first = await startService(companion, {folder, env: {PORT: port}});
    await first.healthy();
    await give(fake, at);
    assert.equal((await fetch(`${at}/companion/ready`)).status, 200);
    await first.stop();
    assert.equal(first.check(), 1, 'the health check of a stopped companion fails');

    const second = await startService(companion, {folder, env: {PORT: port}});
    await second.healthy();
    await give(fake, at);
    await second.stop();
    assert.deepEqual([...new Set(fake.deliveries.map(({status}) => status))], [200]);
    const [file = ''] = readdirSync(join(folder, 'volumes', 'data'));
    assert.equal(file, 'support.sqlite', 'the database is in the volume');
    assert.equal(await giftsIn(`file:${join(folder, 'volumes', 'data', file)}`), 2);
    assert.deepEqual(readdirSync(join(folder, 'workdir')), [], 'nothing is written elsewhere');
    assert.ok(!(first.output() + second.output()).includes('untold-proxy'));
  });

  it('take gifts in two copies on one PostgreSQL behind Caddy, while one copy is replaced', async () => {
    const services = readCompose('compose.postgres.yaml', variables);
    const {db, caddy, 'companion-1': one, 'companion-2': two} = services;
    assert.ok(db && caddy && one && two);
    assert.deepEqual(one, two);
    const {fake, origin} = await aFake();
    const folder = await aSite(origin);
    const [first, second, front, admin] = [
      ...[await freePort(), await freePort()],
      ...[await freePort(), await freePort()],
    ].map(String) as [string, string, string, string];
    const hosts = {
      'db:5432': `127.0.0.1:${postgres.port}`,
      'companion-1:8080': `127.0.0.1:${first}`,
      'companion-2:8080': `127.0.0.1:${second}`,
    };
    const at = `http://127.0.0.1:${front}`;
    fake.webhooks = {to: `${at}/companion/webhook`, secret: secrets.STRIPE_WEBHOOK_SECRET};

    const database = await startService(
      // The image's own command is not ours; the check of its health is.
      {...db, command: ['sleep', '0'], volumes: []},
      {folder, env: {PGPORT: String(postgres.port)}},
    );
    await new Promise(resolve => database.child.once('exit', resolve));
    assert.equal(database.check(), 0);

    // Both begin at once: the tables are made by one while the other waits.
    const [copy, other] = await Promise.all([
      startService(one, {folder, hosts, env: {PORT: first}}),
      startService(two, {folder, hosts, env: {PORT: second}}),
    ]);
    await Promise.all([copy.healthy(), other.healthy()]);
    const proxy = await startService(caddy, {
      ...{folder, hosts},
      env: {SITE_ADDRESS: at, CADDY_ADMIN: `127.0.0.1:${admin}`, HOME: folder},
      paths: {'/etc/caddy/Caddyfile': join(folder, 'Caddyfile')},
    });
    for (let turn = 0; ; turn++) {
      const response = await fetch(`${at}/companion/health`).catch(() => undefined);
      if (response?.ok) break;
      assert.ok(turn < 100, proxy.output());
      await new Promise(resolve => setTimeout(resolve, 50));
    }

    for (let turn = 0; turn < 4; turn++) await give(fake, at);
    await copy.stop();
    for (let turn = 0; turn < 4; turn++) await give(fake, at);
    const replaced = await startService(one, {folder, hosts, env: {PORT: first}});
    await replaced.healthy();
    await other.stop();
    for (let turn = 0; turn < 2; turn++) await give(fake, at);

    assert.deepEqual([...new Set(fake.deliveries.map(({status}) => status))], [200]);
    const url = new URL(postgres.url);
    url.pathname = '/support';
    assert.equal(await giftsIn(url.href), 10);
    assert.equal((await fetch(`${at}/companion/metrics`)).status, 404);
    await Promise.all([replaced.stop(), proxy.stop()]);
    assert.deepEqual(readdirSync(join(folder, 'workdir')), [], 'nothing is written elsewhere');
  });
});
