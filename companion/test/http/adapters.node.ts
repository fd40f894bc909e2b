import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {forBun, forDeno, forWorkers, type SupportServer} from '../../src/companion.js';
import {site} from '../fixtures.js';

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
