import assert from 'node:assert/strict';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {openDatabase} from '../../src/companion.js';
import {aConfig, aFake, aFolder, run, secrets, start} from './fixtures.js';
import {longTestLimit} from '../../../test/time-limit.js';

const intent = {
  attemptId: 'attempt-0001',
  offerId: 'support',
  frequency: 'monthly',
  amount: {minor: 500, currency: 'USD'},
  locale: 'en',
  email: 'reader@example.com',
  attribution: {campaign: 'winter'},
};

describe('reader-support', {timeout: longTestLimit}, () => {
  it('says what it can do', async () => {
    const {code, out} = await run(['--help']);
    assert.equal(code, 0);
    for (const command of ['serve', 'events', 'export', 'erase'])
      assert.match(out, new RegExp(`^ {2}${command}\\b`, 'm'));
  });

  for (const [what, args, message] of [
    ['no such command', ['dance'], /unknown command 'dance'/],
    ['no configuration', ['serve'], /required option '-c, --config <file>'/],
    ['a configuration that is not there', ['serve', '-c', 'none.json'], /there is no such file/],
    ['an id that is none', ['events', 'replay', 'x', '-c', 'none.json'], /expected an event's id/],
  ] as const)
    it(`ends with 1 and a line, given ${what}`, async () => {
      const {code, out, err} = await run(args, secrets);
      assert.equal(code, 1);
      assert.equal(out, '');
      assert.match(err, message);
      assert.doesNotMatch(err, /\n {4}at /, 'without a stack');
    });

  it('does not repeat a password when the database cannot be reached', async () => {
    const file = join(aFolder({'support.json': aConfig()}), 'support.json');
    const {code, err} = await run(['serve', '-c', file], {
      ...secrets,
      DATABASE_URL: 'postgres://user:swordfish@127.0.0.1:1/none',
    });
    assert.equal(code, 1);
    assert.match(err, /the database cannot be opened \(ECONNREFUSED\)/);
    assert.doesNotMatch(err, /swordfish/);
  });

  it('serves, writes down a gift, lists and replays events, exports and erases, and ends when told', async () => {
    const {fake, origin} = await aFake();
    const folder = aFolder({});
    const database = `file:${join(folder, 'support.sqlite')}`;
    const file = join(aFolder({'support.json': aConfig({apiBase: origin})}), 'support.json');
    const env = {...secrets, DATABASE_URL: database};
    const server = start(['serve', '-c', file], env);
    const {url} = (await server.line('"url"')) as {url: string};
    fake.webhooks = {to: `${url}/companion/webhook`, secret: secrets.STRIPE_WEBHOOK_SECRET};

    const response = await fetch(`${url}/companion/checkout`, {
      method: 'POST',
      headers: {'content-type': 'application/json', origin: 'http://localhost:9999'},
      body: JSON.stringify(intent),
    });
    assert.equal(response.status, 200);
    const page = ((await response.json()) as {url: string}).url;
    await fake.pay(page.split('/').at(-1) ?? '');
    assert.ok(fake.deliveries.every(({status}) => status === 200));

    const listed = await run(['events', 'list', '-c', file], env);
    assert.equal(listed.code, 0, listed.err);
    assert.match(listed.out, /\tcheckout\.session\.completed\t1\twritten\t-\n/);
    const dead = await run(['events', 'list', '--dead', '-c', file], env);
    assert.deepEqual([dead.code, dead.out], [0, '']);

    const {query, close} = await openDatabase(database);
    assert.equal((await query.selectFrom('gifts').selectAll().execute()).length, 1);
    await query.deleteFrom('gifts').execute();
    const paid = fake.events.find(({type}) => type === 'invoice.paid')?.id ?? '';
    const replayed = await run(['events', 'replay', paid, '-c', file], env);
    assert.deepEqual([replayed.code, replayed.out], [0, `${paid}\twritten\n`]);
    assert.equal((await query.selectFrom('gifts').selectAll().execute()).length, 1);
    const unknown = await run(['events', 'replay', 'evt_unknown', '-c', file], env);
    assert.equal(unknown.code, 1);
    assert.match(unknown.err, /evt_unknown could not be worked on/);

    const exported = await run(['export', intent.email, '-c', file], env);
    const rows = JSON.parse(exported.out) as {gifts: {customer: string}[]; subscriptions: object[]};
    assert.equal(rows.gifts.length, 1);
    assert.equal(rows.subscriptions.length, 1);
    const erased = await run(['erase', intent.email, '-c', file], env);
    const counts = JSON.parse(erased.out) as Record<string, number>;
    assert.deepEqual([counts['gifts'], counts['subscriptions']], [1, 1]);
    const {customer, campaign} = await query
      .selectFrom('gifts')
      .selectAll()
      .executeTakeFirstOrThrow();
    assert.deepEqual([customer, campaign], [null, 'winter']);
    await close();

    server.child.kill('SIGTERM');
    const {code, out, err} = await server.ended;
    assert.equal(code, 0, err);
    assert.match(out, /"stopped":true/);
    for (const line of out.trim().split('\n')) JSON.parse(line);
    assert.match(out, /"at":"request","method":"POST","status":200/);
    for (const private_ of [
      intent.email,
      'cus_',
      'cs_test',
      ...Object.values(secrets),
      '127.0.0.1',
    ])
      assert.ok(!(out + err).includes(private_), `the log has ${private_}`);
  });

  it('answers what is under way before it ends', async () => {
    const {fake, origin, asked} = await aFake();
    const folder = aFolder({'support.json': aConfig({apiBase: origin, database: ':memory:'})});
    const server = start(['serve', '-c', join(folder, 'support.json')], secrets);
    const {url} = (await server.line('"url"')) as {url: string};
    fake.fail({delay: 500});
    const arrived = asked();
    const answer = fetch(`${url}/companion/checkout`, {
      method: 'POST',
      headers: {'content-type': 'application/json', origin: 'http://localhost:9999'},
      body: JSON.stringify(intent),
    });
    await arrived;
    server.child.kill('SIGTERM');
    await server.line('stopping');
    assert.equal((await answer).status, 200);
    assert.equal((await server.ended).code, 0);
    await assert.rejects(fetch(url));
  });
});
