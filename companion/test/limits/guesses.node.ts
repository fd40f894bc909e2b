import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {CampaignsFile} from 'reader-support/core';
import {memoryEvents, memoryStore} from '../../src/fake-stripe/index.js';
import type {LogEntry, Suspicion} from '../../src/companion.js';
import {aCompanion, site} from '../fixtures.js';

const token = 'a-token-of-the-newsroom';
const metricsToken = 'a-token-of-the-operator';
const minute = 60_000;
const experiment = {
  id: 'tone',
  hypothesis: 'A plain tone earns more.',
  arms: [{name: 'control'}, {name: 'plain'}],
} as unknown as NonNullable<CampaignsFile['experiments']>[number];
const campaigns: CampaignsFile = {
  campaigns: [{id: 'winter', copy: {heading: 'A message'}}],
  experiments: [experiment],
};

/** A companion with both tokens, and its clock. */
function aGuarded(trustedHops = 0) {
  const clock = {now: Date.UTC(2026, 11, 1, 12)};
  const suspicions: Suspicion[] = [];
  const {server, log} = aCompanion({
    ...{metricsToken, trustedHops, now: () => clock.now},
    store: {...memoryStore(), events: memoryEvents()},
    report: {token, campaigns},
    onSuspicious: suspicion => suspicions.push(suspicion),
  });
  const ask = async (path: string, given: string | undefined, address?: string) => {
    const headers = {
      ...(given !== undefined && {authorization: given}),
      ...(trustedHops && address ? {'x-forwarded-for': `198.51.100.1, ${address}`} : {}),
    };
    const response = await server.fetch(new Request(`${site}${path}`, {headers}), {address});
    return {status: response.status, after: response.headers.get('retry-after')};
  };
  const linesOf = (): readonly LogEntry[] => log.filter(({problem}) => problem === 'wrong-token');
  return {ask, clock, suspicions, linesOf};
}

const bearer = (text: string) => `Bearer ${text}`;
const basic = (text: string) => `Basic ${btoa(`editor:${text}`)}`;

describe('a token of the newsroom', () => {
  for (const [path, right, refused] of [
    ['/report?format=json', token, 401],
    ['/report/history?format=json', token, 401],
    ['/metrics', metricsToken, 404],
  ] as const)
    for (const write of path === '/metrics' ? [bearer] : [bearer, basic])
      it(`is guessed at ${path} ten times in ten minutes by one network, and others are answered: ${write.name}`, async () => {
        const {ask, clock, suspicions, linesOf} = aGuarded();
        for (let n = 0; n < 10; n += 1)
          assert.equal((await ask(path, write(`guess-${n}`), `203.0.113.${n}`)).status, refused);
        const {status, after} = await ask(path, write('guess'), '203.0.113.77');
        assert.deepEqual([status, after], [429, '600']);
        // Not even the right one, or guessing would go on until it is found.
        assert.equal((await ask(path, write(right), '203.0.113.78')).status, 429);
        assert.equal((await ask(path, write(right), '203.0.114.1')).status, 200);
        assert.equal((await ask(path, write(right))).status, 200);
        assert.deepEqual(suspicions, [
          {what: path === '/metrics' ? 'metrics' : 'report', by: 'address'},
        ]);
        assert.equal(linesOf().length, 1);
        clock.now += 10 * minute;
        assert.equal((await ask(path, write(right), '203.0.113.77')).status, 200);
      });

  it('is guessed by a rented IPv6 network as by one caller', async () => {
    const {ask} = aGuarded();
    const statuses = [];
    for (let n = 0; n < 12; n += 1)
      statuses.push((await ask('/report', bearer(`g${n}`), `2001:db8:5:${n}00::1`)).status);
    assert.deepEqual(statuses, [...Array<number>(10).fill(401), 429, 429]);
    assert.equal((await ask('/report', bearer(token), '2001:db8:6::1')).status, 200);
  });

  it('is guessed behind a proxy by the reader’s network', async () => {
    const {ask} = aGuarded(1);
    for (let n = 0; n < 11; n += 1) await ask('/report', bearer(`g${n}`), '203.0.113.9');
    assert.equal((await ask('/report', bearer('g'), '203.0.113.9')).status, 429);
    assert.equal((await ask('/report', bearer(token), '192.0.2.4')).status, 200);
  });

  it('is not guessed by a browser that asks without one, nor by who has the right one', async () => {
    const {ask, linesOf} = aGuarded();
    for (let n = 0; n < 50; n += 1) {
      assert.equal((await ask('/report', undefined, '203.0.113.9')).status, 401);
      assert.equal((await ask('/metrics', undefined, '203.0.113.9')).status, 404);
      assert.equal((await ask('/report?format=json', bearer(token), '203.0.113.9')).status, 200);
    }
    assert.deepEqual(linesOf(), []);
  });

  it('has one line a minute in the log, with how many guesses there were, and none of them', async () => {
    const {ask, clock, linesOf} = aGuarded();
    const guess = async (n: number) => ask('/report', bearer('guess'), `203.0.${n}.1`);
    for (let n = 0; n < 5; n += 1) await guess(n);
    clock.now += minute;
    await guess(6);
    assert.deepEqual(
      linesOf().map(({detail}) => detail),
      [
        {what: 'report', count: 1},
        {what: 'report', count: 5},
      ],
    );
    assert.doesNotMatch(JSON.stringify(linesOf()), /203\.|guess"/);
  });
});
