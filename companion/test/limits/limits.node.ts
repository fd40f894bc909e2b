import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {callerAddress, callerKeys, networkOf, networksOf} from '../../src/http/address.js';
import type {Suspicion} from '../../src/companion.js';
import {slidingWindow} from '../../src/limits/limiter.js';
import {aCompanion, anIntent, codeOf, sessionOf} from '../fixtures.js';

const minute = 60_000;
const limits = {
  perAddress: [{max: 5, windowMs: 10 * minute}],
  global: [{max: 60, windowMs: minute}],
};
let attempts = 0;
const anotherIntent = () => anIntent({attemptId: `attempt-${1000 + attempts++}`});

describe('the limits of a checkout', () => {
  it('refuse the sixth checkout in ten minutes, and say when to retry', async () => {
    let now = Date.UTC(2026, 10, 23);
    const {press, fake} = aCompanion({limits, now: () => now});
    for (let turn = 0; turn < 5; turn++) {
      assert.equal((await press(anotherIntent(), {}, '203.0.113.7')).status, 200);
      now += minute;
    }
    const sixth = await press(anotherIntent(), {}, '203.0.113.7');
    assert.equal(sixth.status, 429);
    assert.equal(sixth.headers.get('retry-after'), '300');
    assert.equal(await codeOf(sixth), 'rate-limited');
    assert.equal(fake.requests.length, 5, 'Stripe was not asked');
    now += 5 * minute;
    assert.equal((await press(anotherIntent(), {}, '203.0.113.7')).status, 200);
  });

  it('count each network as one caller', async () => {
    const {press} = aCompanion({limits});
    for (let turn = 0; turn < 5; turn++) await press(anotherIntent(), {}, `203.0.113.${turn}`);
    assert.equal((await press(anotherIntent(), {}, '203.0.113.99')).status, 429);
    assert.equal((await press(anotherIntent(), {}, '198.51.100.1')).status, 200);
  });

  it('ignore a forged X-Forwarded-For', async () => {
    const {press} = aCompanion({limits});
    const forged = () => ({'x-forwarded-for': `198.51.${attempts}.1`});
    for (let turn = 0; turn < 5; turn++) await press(anotherIntent(), forged(), '203.0.113.7');
    assert.equal((await press(anotherIntent(), forged(), '203.0.113.7')).status, 429);
  });

  it('read X-Forwarded-For as far as the site’s own proxies wrote it', async () => {
    const {press} = aCompanion({limits, trustedHops: 1});
    const via = () => ({'x-forwarded-for': `198.51.${attempts}.1, 203.0.113.7`});
    for (let turn = 0; turn < 5; turn++) await press(anotherIntent(), via(), '10.0.0.1');
    assert.equal((await press(anotherIntent(), via(), '10.0.0.1')).status, 429);
    const other = {'x-forwarded-for': '192.0.2.1'};
    assert.equal((await press(anotherIntent(), other, '10.0.0.1')).status, 200);
  });

  it('do not count the same press twice', async () => {
    const {press} = aCompanion({limits});
    const intent = anotherIntent();
    for (let turn = 0; turn < 20; turn++)
      assert.equal((await press(intent, {}, '203.0.113.7')).status, 200);
  });

  it('do not count requests refused for another reason', async () => {
    const {press} = aCompanion({limits});
    for (let turn = 0; turn < 20; turn++)
      await press(anIntent({amount: {minor: 1, currency: 'USD'}}), {}, '203.0.113.7');
    assert.equal((await press(anotherIntent(), {}, '203.0.113.7')).status, 200);
  });

  it('refuse everybody when the global limit is reached', async () => {
    const {press, fake, log} = aCompanion({limits});
    let passed = 0;
    for (let caller = 0; caller < 100; caller++)
      passed += Number((await press(anotherIntent(), {}, `203.0.${caller}.1`)).status === 200);
    assert.equal(passed, 60);
    assert.equal(fake.requests.length, 60);
    assert.equal(log.filter(entry => entry.problem === 'rate-limited').length, 40);
  });

  it('also limit reading a checkout, at a higher rate', async () => {
    const {press, server, fake} = aCompanion({
      limits: {perAddress: [{max: 1, windowMs: minute}], global: []},
    });
    const id = await sessionOf(await press(anotherIntent(), {}, '203.0.113.7'));
    const look = () =>
      server.fetch(new Request(`https://www.example.org/checkout/${id}`), {address: '203.0.113.7'});
    for (let turn = 0; turn < 12; turn++) assert.equal((await look()).status, 200);
    assert.equal((await look()).status, 429);
    assert.equal(fake.requests.length, 13);
  });

  it('let gifts through when the limiter is down', async () => {
    const {press, log} = aCompanion({
      limits,
      limiter: {take: () => Promise.reject(new Error('no connection'))},
    });
    assert.equal((await press(anotherIntent(), {}, '203.0.113.7')).status, 200);
    assert.deepEqual(
      log.map(({at, problem}) => [at, problem]),
      [['limiter', 'down']],
    );
  });

  it('count in memory while the limiter is down', async () => {
    const {press, fake} = aCompanion({
      limits,
      limiter: {take: () => Promise.reject(new Error('no connection'))},
    });
    const statuses = [];
    for (let turn = 0; turn < 7; turn++)
      statuses.push((await press(anotherIntent(), {}, '203.0.113.7')).status);
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429, 429]);
    assert.equal(fake.requests.length, 5);
  });

  it('report whose limit was reached, without personal data', async () => {
    const heard: Suspicion[] = [];
    const {press} = aCompanion({
      limits: {
        perAddress: [{max: 1, windowMs: minute}],
        perReader: [{max: 1, windowMs: minute}],
        global: [{max: 2, windowMs: minute}],
      },
      onSuspicious(suspicion) {
        heard.push(suspicion);
        throw new Error('the alarm is broken');
      },
    });
    const of = (readerId: string) =>
      anIntent({attemptId: `alarm-${heard.length}${readerId}`, attribution: {readerId}});
    assert.equal((await press(of('r-1'), {}, '203.0.113.7')).status, 200);
    assert.equal((await press(of('r-2'), {}, '203.0.113.7')).status, 429);
    assert.equal((await press(of('r-1'), {}, '198.51.100.7')).status, 429);
    assert.equal((await press(of('r-3'), {}, '192.0.2.7')).status, 200);
    assert.equal((await press(of('r-4'), {}, '192.0.3.7')).status, 429);
    assert.deepEqual(heard, [
      {what: 'checkout', by: 'address'},
      {what: 'checkout', by: 'reader'},
      {what: 'checkout', by: 'everybody'},
    ]);
  });
});

describe('slidingWindow()', () => {
  it('counts each bucket separately, and drops the oldest of too many', async () => {
    const limiter = slidingWindow(2);
    const take = (bucket: string, now: number) =>
      limiter.take(bucket, [{max: 1, windowMs: 100}], now);
    assert.equal(await take('a', 0), 0);
    assert.equal(await take('b', 0), 0);
    assert.equal(await take('a', 50), 50);
    assert.equal(await take('c', 60), 0);
    assert.equal(await take('b', 70), 0, 'b was forgotten');
    assert.equal(await take('c', 160), 0);
  });

  it('applies the stricter of two limits', async () => {
    const limiter = slidingWindow();
    const both = [
      {max: 2, windowMs: 10},
      {max: 3, windowMs: 1000},
    ];
    const waits: number[] = [];
    for (const now of [0, 1, 2, 20, 21, 1001]) waits.push(await limiter.take('a', both, now));
    assert.deepEqual(waits, [0, 0, 8, 0, 979, 0]);
  });

  it('recovers when the clock is set back', async () => {
    const limiter = slidingWindow();
    await limiter.take('a', [{max: 1, windowMs: 100}], 1_000_000);
    assert.equal(await limiter.take('a', [{max: 1, windowMs: 100}], 0), 0);
  });

  it('refuses everything with a limit of 0', async () => {
    assert.equal(await slidingWindow().take('a', [{max: 0, windowMs: 100}], 0), 100);
  });
});

describe('networkOf()', () => {
  const rows: [string, string][] = [
    ['203.0.113.7', '203.0.113'],
    ['203.0.113.7:4711', '203.0.113'],
    ['::ffff:203.0.113.7', '203.0.113'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['[2001:db8:1:2::6]:443', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::6', '2001:db8:1:2'],
    ['2001:db8::6', '2001:db8:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::1', '0:0:0:0'],
  ];
  for (const [address, network] of rows)
    it(`returns ${network} for ${address}`, () => assert.equal(networkOf(address), network));
});

describe('networksOf()', () => {
  for (const [address, networks] of [
    ['203.0.113.7', ['203.0.113']],
    ['2001:db8:1:2f3::6', ['2001:db8:1:2f3', '2001:db8:1:02/56', '2001:db8:1/48']],
    ['2001:db8:1:ff00::6', ['2001:db8:1:ff00', '2001:db8:1:ff/56', '2001:db8:1/48']],
    ['2001:db8:1::6', ['2001:db8:1:0', '2001:db8:1:00/56', '2001:db8:1/48']],
    ['::1', ['0:0:0:0', '0:0:0:00/56', '0:0:0/48']],
  ] as const)
    it(`returns ${networks.join(' and ')} for ${address}`, () =>
      assert.deepEqual(networksOf(address), networks));
});

describe('callerKeys()', () => {
  it('returns keys for networks that change daily and do not reveal them', async () => {
    const noon = Date.UTC(2026, 10, 23, 12);
    const [key = ''] = await callerKeys('secret', '203.0.113.7', noon);
    const keyOf = async (secret: string, address: string, now: number) =>
      (await callerKeys(secret, address, now))[0];
    assert.equal(key, await keyOf('secret', '203.0.113.8', noon + 1000));
    assert.notEqual(key, await keyOf('secret', '203.0.113.7', noon + 86_400_000));
    assert.notEqual(key, await keyOf('another', '203.0.113.7', noon));
    assert.doesNotMatch(key, /203/);
    assert.equal(new Set(await callerKeys('secret', '2001:db8::1', noon)).size, 3);
  });
});

describe('callerAddress()', () => {
  it('falls back to the connection’s address without X-Forwarded-For', () => {
    const request = new Request('https://www.example.org');
    assert.equal(callerAddress(request, {address: '10.0.0.1'}, 2), '10.0.0.1');
    assert.equal(callerAddress(request, undefined, 0), undefined);
  });
});
