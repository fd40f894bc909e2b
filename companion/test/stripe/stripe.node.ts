import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {serve, type ServerType} from '@hono/node-server';
import {stripeFake} from '../../src/fake-stripe/index.js';
import {aCompanion, sessionOf} from '../fixtures.js';

describe('a companion with a key', () => {
  for (const path of ['', '/stripe-fake', '/stripe-fake/'])
    it(`calls Stripe at an apiBase ${path ? `with the path ${path}` : 'without a path'}`, async () => {
      const fake = stripeFake();
      const server = await new Promise<ServerType>(resolve => {
        const made = serve(
          {fetch: (request: Request) => fake.fetch(request), port: 0, hostname: '127.0.0.1'},
          () => resolve(made),
        );
      });
      const address = server.address();
      assert.ok(address && typeof address === 'object');
      const apiBase = `http://127.0.0.1:${address.port}${path}`;
      try {
        const {press, look} = aCompanion({stripe: {secretKey: 'rk_test_a', apiBase}});
        const id = await sessionOf(await press());
        assert.equal(fake.created.length, 1);
        assert.equal(fake.requests[0]?.path, '/v1/checkout/sessions');
        assert.equal(((await (await look(id)).json()) as {state: string}).state, 'open');
      } finally {
        server.close();
      }
    });
});
