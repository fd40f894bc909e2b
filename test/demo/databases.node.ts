import assert from 'node:assert/strict';
import {it} from 'node:test';
import {startDemo} from '../../demo/server.js';
import {onEachDatabase} from '../../companion/test/databases.js';

onEachDatabase('the demo', given => {
  it('writes down a gift, its renewal and its end, and still knows of them when it starts again', async () => {
    const database = await given.url();
    const start = () => startDemo({port: 0, host: '127.0.0.1', secretKey: '', database});
    const demo = await start();
    assert.ok(demo.fake);
    const response = await fetch(`${demo.site}/companion/checkout`, {
      method: 'POST',
      headers: {'content-type': 'application/json', origin: demo.site},
      body: JSON.stringify({
        attemptId: 'attempt-of-the-demo',
        offerId: 'support',
        frequency: 'monthly',
        amount: {minor: 500, currency: 'USD'},
        locale: 'en',
        attribution: {campaign: 'winter'},
      }),
    });
    assert.equal(response.status, 200);
    const {url} = (await response.json()) as {url: string};
    // The reader's browser presses the button of the fake's page.
    const paid = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({pay: '1'}),
      redirect: 'manual',
    });
    assert.equal(paid.status, 303);
    const id = url.split('/').at(-1) ?? '';
    await demo.fake.renew(id);
    await demo.fake.cancel(id);
    const {subscription} = demo.fake.session(id);
    await demo.stop();

    const again = await start();
    const gifts = await again.store.database.query
      .selectFrom('gifts')
      .select(['campaign', 'minor', 'renewal', 'state'])
      .orderBy('renewal')
      .execute();
    const known = await again.store.find('subscription', subscription ?? '');
    await again.stop();
    assert.deepEqual(gifts, [
      {campaign: 'winter', minor: 500, renewal: 0, state: 'paid'},
      {campaign: 'winter', minor: 500, renewal: 1, state: 'paid'},
    ]);
    assert.equal(known?.state, 'ended');
  });
});
