import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {Stripe} from 'stripe';
import {sqlStore} from '../../src/companion.js';
import {stripeFake} from '../../src/fake-stripe/index.js';
import {onEachDatabase} from '../databases.js';
import {aCompanion, anIntent, secret, sessionOf, site, type Companion} from '../fixtures.js';
import {factsIn} from '../lifecycles.js';

const today = '2026-10-28.endive';
const olderVersions = ['2020-08-27', '2022-11-15', '2024-06-20', '2025-02-24.acacia'];
const otherVersions = [...olderVersions, '2025-03-31.basil', '2026-03-25.dahlia', '2027-01-27.x'];

/** Makes the fake deliver events of a version. */
function setVersion({fake}: Companion, apiVersion: string): void {
  fake.webhooks = {...fake.webhooks!, apiVersion};
}

const notices = ({log}: Companion) => log.filter(({problem}) => problem === 'api-version');
const run = ({server}: Companion) =>
  server.jobs.find(({name}) => name === 'webhook-version')!.run();

/** Plays a monthly gift through every kind of event, and a single one. */
async function liveThrough(companion: Companion): Promise<void> {
  const {fake} = companion;
  const monthly = await sessionOf(await companion.press());
  await fake.pay(monthly);
  await fake.renew(monthly);
  await fake.renew(monthly, 'declined');
  await fake.renew(monthly);
  await fake.refund(fake.session(monthly).invoice!, 100);
  await fake.cancel(monthly, 'period-end');
  const bank = await sessionOf(await companion.press(anIntent({attemptId: 'attempt-0002'})));
  await fake.pay(bank, 'unpaid');
  await fake.settle(bank);
  await fake.cancel(bank);
  const single = anIntent({attemptId: 'attempt-0003', frequency: 'once'});
  const once = await sessionOf(await companion.press(single));
  await fake.pay(once);
  await fake.dispute(once);
}

onEachDatabase('POST /webhook: an endpoint of another API version', given => {
  for (const version of otherVersions)
    it(`writes the same rows as one of today, given ${version}`, async () => {
      // Ids are random, so rows are compared without them.
      const rows = async (apiVersion: string) => {
        const store = sqlStore(await given.open());
        const now = Date.UTC(2026, 10, 1);
        const companion = aCompanion({store, now: () => now});
        setVersion(companion, apiVersion);
        await liveThrough(companion);
        const facts = await factsIn(store);
        const events = await store.webhookEvents({dead: true});
        assert.deepEqual(events, []);
        return facts
          .map(fact => JSON.stringify(fact).replaceAll(/\b(in|pi|ch|sub|cus|cs)_\w+/g, '$1'))
          .sort();
      };
      const expected = await rows(today);
      assert.equal(expected.length, 9);
      assert.deepEqual(await rows(version), expected);
    });
});

describe('POST /webhook: the notice of another API version', () => {
  for (const version of otherVersions)
    it(`names both versions once, given ${version}`, async () => {
      const companion = aCompanion();
      setVersion(companion, version);
      await liveThrough(companion);
      assert.deepEqual(notices(companion), [
        {
          at: 'webhook',
          problem: 'api-version',
          detail: {
            received: version,
            expected: today,
            advice: `create the webhook endpoint again with API version ${today}`,
          },
        },
      ]);
      assert.match(await companion.server.metrics(), /problem="webhook\/api-version"\} 1/);
    });

  it('is not written of the version that is expected', async () => {
    const companion = aCompanion();
    await liveThrough(companion);
    assert.deepEqual(notices(companion), []);
  });

  it('is written of each of two versions, while one endpoint replaces another', async () => {
    const companion = aCompanion();
    for (const version of ['2022-11-15', today, '2024-06-20', '2022-11-15']) {
      setVersion(companion, version);
      const attemptId = `attempt-${companion.fake.created.length}`.padEnd(16, '0');
      await companion.fake.pay(await sessionOf(await companion.press(anIntent({attemptId}))));
    }
    assert.deepEqual(
      notices(companion).map(({detail}) => detail?.['received']),
      ['2022-11-15', '2024-06-20'],
    );
  });

  it('is not written of an event that is processed again, which has the version of the account', async () => {
    const companion = aCompanion();
    const {fake, server} = companion;
    const id = await sessionOf(await companion.press());
    const {webhooks} = fake;
    fake.webhooks = {...webhooks!, to: () => new Response(null, {status: 500})};
    setVersion(companion, '2022-11-15');
    await fake.pay(id);
    const {id: event} = fake.events.find(({type}) => type === 'invoice.paid')!;
    assert.equal(await server.replay(event), 'written');
    assert.deepEqual(notices(companion), []);
    assert.equal(companion.store.gifts.length, 1);
  });
});

describe('the job webhook-version', () => {
  it('tells the version of the endpoint before any event', async () => {
    const companion = aCompanion();
    setVersion(companion, '2024-06-20');
    await run(companion);
    assert.equal(notices(companion)[0]?.detail?.['received'], '2024-06-20');
    await run(companion);
    await companion.fake.pay(await sessionOf(await companion.press()));
    assert.equal(notices(companion).length, 1);
    const asked = companion.fake.requests.filter(({path}) => path === '/v1/webhook_endpoints');
    assert.equal(asked.length, 1);
  });

  for (const [given, url, basePath] of [
    ['an endpoint of the shop', 'https://www.example.org/shop/stripe', ''],
    ['a companion under a path', 'https://www.example.org/webhook', '/support'],
    ['an address that is none', 'webhook', ''],
  ] as const)
    it(`says nothing, given ${given}`, async () => {
      const companion = aCompanion({basePath});
      companion.fake.webhooks = {to: url, secret, apiVersion: '2024-06-20'};
      await run(companion);
      assert.deepEqual(companion.log, []);
    });

  it('finds the endpoint of a companion under a path', async () => {
    const companion = aCompanion({basePath: '/support'});
    const to = 'https://www.example.org/support/webhook/';
    companion.fake.webhooks = {to, secret, apiVersion: '2024-06-20'};
    await run(companion);
    assert.equal(notices(companion).length, 1);
  });

  it('says nothing, and fails nothing, given a key that may not list endpoints', async () => {
    const fake = stripeFake({origin: site});
    const companion = aCompanion({
      stripe: new Stripe('rk_test_of_the_tests', {
        telemetry: false,
        httpClient: Stripe.createFetchHttpClient(
          (input: Request | string | URL, init?: RequestInit) =>
            new URL(input instanceof Request ? input.url : input).pathname.endsWith('_endpoints')
              ? Promise.resolve(
                  Response.json(
                    {error: {type: 'invalid_request_error', message: ''}},
                    {status: 403},
                  ),
                )
              : fake.fetch(input, init),
        ),
      }),
    });
    assert.equal(await run(companion), 0);
    assert.deepEqual(companion.log, []);
  });

  it('asks again when Stripe could not be reached', async () => {
    const companion = aCompanion({timeout: 50});
    setVersion(companion, '2024-06-20');
    companion.fake.fail({status: 500}, {status: 500});
    assert.equal(await run(companion), 0);
    assert.deepEqual(notices(companion), []);
    await run(companion);
    assert.equal(notices(companion).length, 1);
  });
});
