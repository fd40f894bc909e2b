import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {
  slidingWindow,
  sqlStore,
  storeLimiter,
  type Attempts,
  type Limiter,
  type LimitStore,
} from '../../src/companion.js';
import {onEachDatabase} from '../databases.js';
import {aCompanion, anIntent} from '../fixtures.js';

const minute = 60_000;
const noon = Date.UTC(2026, 10, 23, 12);

onEachDatabase('limits in the store', given => {
  it('give the same results as a limiter in memory', async () => {
    const database = await given.open();
    const limiter = storeLimiter(sqlStore(database).limits);
    const memory = slidingWindow();
    const limits = [
      {max: 2, windowMs: 10},
      {max: 5, windowMs: 100},
    ];
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({min: 0, max: 8}), {maxLength: 30}), async steps => {
        run++;
        let now = noon + run * minute;
        for (const step of steps) {
          now += step;
          const bucket = `bucket ${run}`;
          assert.equal(
            await limiter.take(bucket, limits, now),
            await memory.take(bucket, limits, now),
          );
        }
      }),
      {numRuns: given.flavour === 'sqlite' ? 40 : 8},
    );
  });

  it('are never exceeded by processes that count at once', async () => {
    const url = await given.url();
    const copies: Limiter[] = [];
    for (let copy = 0; copy < 3; copy++)
      copies.push(storeLimiter(sqlStore(await given.open(url)).limits));
    const limits = [{max: 7, windowMs: minute}];
    const waits = await Promise.all(
      Array.from({length: 60}, (_, at) => copies[at % 3]!.take('all', limits, noon)),
    );
    assert.ok(waits.filter(wait => wait === 0).length <= 7);
    assert.ok(waits.some(wait => wait === 0));
    // Attempts that gave up on conflicts have left room, which retries use.
    let passed = waits.filter(wait => wait === 0).length;
    for (let turn = 0; turn < 10; turn++)
      passed += Number((await copies[turn % 3]!.take('all', limits, noon)) === 0);
    assert.equal(passed, 7);
    assert.equal(await copies[0]!.take('all', limits, noon + minute), 0);
  });

  it('are deleted a day after they stop counting', async () => {
    const database = await given.open();
    const store = sqlStore(database);
    await storeLimiter(store.limits).take('all', [{max: 1, windowMs: minute}], noon);
    const upkeep = store.upkeep.find(({table}) => table === 'limits');
    assert.equal(await upkeep?.deleteExpired(noon + minute), 0);
    assert.equal(await upkeep?.deleteExpired(noon + 2 * minute + 86_400_000), 1);
  });

  it('hold for 10,000 attempts from 50 addresses at two processes, with none at Stripe above the cap', async () => {
    const url = await given.url();
    let now = noon;
    const one = aCompanion({store: sqlStore(await given.open(url)), now: () => now, limits: {}});
    const other = aCompanion({store: sqlStore(await given.open(url)), now: () => now, limits: {}});
    const made = () => one.fake.requests.length + other.fake.requests.length;
    const perAddress = new Map<string, number>();
    const attempts = 10_000;
    const crowd = 50;
    let refused = 0;
    for (let at = 0; at < attempts; at += crowd) {
      // Four bursts of 2,500 attempts, 15 minutes apart.
      if (at && at % 2500 === 0) now += 15 * minute;
      const burst = Math.floor(at / 2500);
      const before = made();
      const answers = await Promise.all(
        Array.from({length: crowd}, async (_, offset) => {
          const number = at + offset;
          const address = `203.0.${number % 50}.${number % 7}`;
          const intent = anIntent({attemptId: `attempt-${number + 10_000}`});
          const {status} = await (number % 2 ? one : other).press(intent, {}, address);
          return {status, key: `${burst} ${number % 50}`};
        }),
      );
      for (const {status, key} of answers) {
        if (status === 200) perAddress.set(key, (perAddress.get(key) ?? 0) + 1);
        else if (status === 429) refused++;
        else assert.fail(`status ${status}`);
      }
      assert.ok(made() - before <= 60);
    }
    const passed = [...perAddress.values()].reduce((sum, count) => sum + count, 0);
    assert.equal(passed + refused, attempts);
    assert.equal(made(), passed, 'Stripe heard of exactly those');
    // Four minutes with room for 60 each; conflicts between the processes may cost a few.
    assert.ok(passed <= 4 * 60, `${passed} passed`);
    assert.ok(passed >= 4 * 45, `${passed} passed`);
    assert.ok(Math.max(...perAddress.values()) <= 5);
    const log = JSON.stringify([one.log, other.log]);
    assert.doesNotMatch(log, /203\.0/);
    assert.equal((await one.server.metrics()).includes('203.0'), false);
  });

  it('count a reader on many networks as one', async () => {
    const companion = aCompanion({store: sqlStore(await given.open()), limits: {}});
    const press = (at: number, readerId: string) =>
      companion.press(
        anIntent({attemptId: `attempt-${at + 1000}`, attribution: {readerId}}),
        {},
        `203.0.${at}.1`,
      );
    for (let at = 0; at < 5; at++) assert.equal((await press(at, 'r-1')).status, 200);
    assert.equal((await press(6, 'r-1')).status, 429);
    assert.equal((await press(7, 'r-2')).status, 200);
  });
});

describe('storeLimiter()', () => {
  it('gives up after repeated conflicts instead of looping for ever', async () => {
    let reads = 0;
    const crowded: LimitStore = {
      read: () => {
        reads++;
        return Promise.resolve({times: [], version: 1});
      },
      write: () => Promise.resolve(false),
    };
    assert.equal(await storeLimiter(crowded).take('all', [{max: 5, windowMs: 10}], noon), 1000);
    assert.equal(reads, 12);
  });

  it('does not ask the store about a bucket that is known to be full', async () => {
    let reads = 0;
    const store: LimitStore = {
      read: () => {
        reads++;
        return Promise.resolve({times: [noon], version: 1});
      },
      write: () => Promise.resolve(true),
    };
    const limiter = storeLimiter(store);
    const take = (now: number) => limiter.take('all', [{max: 1, windowMs: minute}], now);
    for (let turn = 0; turn < 100; turn++) assert.equal(await take(noon + 1000), minute - 1000);
    assert.equal(reads, 1);
    assert.equal(await take(noon + minute), 0);
  });

  it('recovers from times written by a process whose clock is ahead', async () => {
    let times: Attempts['times'] = [noon + 3_600_000];
    const fresh = () => storeLimiter(store);
    const store: LimitStore = {
      read: () => Promise.resolve({times, version: 1}),
      write: (_bucket, attempts) => {
        ({times} = attempts);
        return Promise.resolve(true);
      },
    };
    assert.equal(await fresh().take('all', [{max: 1, windowMs: minute}], noon), minute);
    assert.equal(await fresh().take('all', [{max: 2, windowMs: minute}], noon), 0);
    assert.deepEqual(times, [noon, noon]);
  });
});
