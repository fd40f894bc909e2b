import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createSupportServer} from '../../src/companion.js';
import {memoryStore} from '../../src/fake-stripe/index.js';
import {goesOn} from '../../src/passes/live-gifts.js';
import {onEachDatabase} from '../databases.js';
import {anIntent, codeOf, offer, secret, sessionOf, site} from '../fixtures.js';
import {aHouse, aKey, day, secrets, type House} from '../given-readers.js';

type Ready = Awaited<ReturnType<typeof aHouse>>;

const another = (changes: object = {}) => anIntent({attemptId: 'attempt-0002', ...changes});
const monthlyByMail = (email: string, attemptId: string) => anIntent({email, attemptId});

onEachDatabase('POST /checkout of a reader who gives already', ({open}) => {
  const asking = async (): Promise<Ready> =>
    await aHouse(await open(), {passes: {keys: [await aKey()], secondGift: 'ask'}});

  it('asks, and names the way to the gift they have', async () => {
    const {device, give, fake} = await asking();
    const reader = device();
    await give(reader);
    const before = fake.created.length;
    const response = await reader.post('/checkout', another());
    assert.equal(response.status, 409);
    assert.equal(response.headers.get('content-type'), 'application/problem+json');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.get('access-control-allow-origin'), site);
    assert.deepEqual(await response.json(), {
      ...{type: 'about:blank', title: 'Conflict', status: 409, code: 'already-supporting'},
      detail:
        'A recurring gift of this reader goes on: ask, and repeat the request with `anotherGift: true`.',
      manage: '/portal',
    });
    assert.equal(fake.created.length, before);
  });

  it('goes on when the reader wants another one, with the same attempt', async () => {
    const {device, give, fake} = await asking();
    const reader = device();
    await give(reader);
    assert.equal((await reader.post('/checkout', another())).status, 409);
    const response = await reader.post('/checkout', another({anotherGift: true}));
    assert.equal(response.status, 200);
    await fake.pay(await sessionOf(response));
    assert.equal(JSON.stringify(fake.created.at(-1)).includes('anotherGift'), false);
  });

  for (const [given, change, prepare] of [
    ['a single gift', {frequency: 'once'}, undefined],
    [
      'a gift that was cancelled for the end of its period',
      {},
      ({fake}: House, id: string) => fake.cancel(id, 'period-end'),
    ],
  ] as const)
    it(`does not ask, given ${given}`, async () => {
      const house = await asking();
      const reader = house.device();
      const id = await house.give(reader);
      await prepare?.(house, id);
      assert.equal((await reader.post('/checkout', another(change))).status, 200);
    });

  for (const [given, prepare] of [
    ['an annual gift', undefined],
    ['a renewal that failed', ({fake}: House, id: string) => fake.renew(id, 'declined')],
    ['a changed plan', ({fake}: House, id: string) => fake.change(id, {minor: 900})],
    [
      'an end that was taken back',
      async ({fake, server}: House, id: string) => {
        await fake.cancel(id, 'period-end');
        const method = 'POST';
        const body = 'cancel_at_period_end=false';
        const headers = {authorization: 'Bearer sk_test_x'};
        const {id: subscription} = fake.subscription(id);
        const url = `https://api.stripe.com/v1/subscriptions/${subscription}`;
        await fake.fetch(url, {method, body, headers});
        await server.settled();
      },
    ],
  ] as const)
    it(`asks, given ${given}`, async () => {
      const house = await asking();
      const reader = house.device();
      const annual = {frequency: 'annual', amount: {minor: 5000, currency: 'USD'}};
      const id = await house.give(
        reader,
        given === 'an annual gift' ? anIntent(annual) : undefined,
      );
      await prepare?.(house, id);
      assert.equal(await codeOf(await reader.post('/checkout', another())), 'already-supporting');
      const yearly = another({attemptId: 'attempt-0003', ...annual});
      assert.equal(await codeOf(await reader.post('/checkout', yearly)), 'already-supporting');
    });

  it('asks nobody whom it does not know, whatever address they type', async () => {
    const {device, give} = await asking();
    await give(device(), monthlyByMail('reader@example.org', 'attempt-0001'));
    const stranger = device();
    const typed = monthlyByMail('reader@example.org', 'attempt-0002');
    assert.equal((await stranger.post('/checkout', typed)).status, 200);
    stranger.cookies.set('__Host-support-pass', 'forged');
    assert.equal((await stranger.post('/checkout', another())).status, 200);
  });

  it('asks nobody after the gift has ended, nor after a single one', async () => {
    const {device, give, fake, clock} = await asking();
    const reader = device();
    const id = await give(reader);
    await fake.cancel(id);
    assert.equal((await reader.post('/checkout', another())).status, 200);
    const single = device();
    await give(single, anIntent({attemptId: 'attempt-0004', frequency: 'once'}));
    clock.now += day;
    assert.equal(
      (await single.post('/checkout', another({attemptId: 'attempt-0005'}))).status,
      200,
    );
  });

  it('does not ask unless the site wants it', async () => {
    const {device, give} = await aHouse(await open());
    const reader = device();
    await give(reader);
    assert.equal((await reader.post('/checkout', another())).status, 200);
    const sure = another({attemptId: 'attempt-0003', anotherGift: true});
    assert.equal((await reader.post('/checkout', sure)).status, 200);
  });

  for (const anotherGift of [false, 'yes', 1, null])
    it(`refuses ${JSON.stringify(anotherGift)} for a yes`, async () => {
      const {device} = await asking();
      const response = await device().post('/checkout', another({anotherGift}));
      assert.equal(response.status, 422);
    });

  it('does not turn a gift away while the store is down', async () => {
    const database = await open();
    const {device, give, log} = await aHouse(database, {
      passes: {keys: [await aKey()], secondGift: 'ask'},
    });
    const reader = device();
    await give(reader);
    await database.query.schema.dropTable('supports').execute();
    assert.equal((await reader.post('/checkout', another())).status, 200);
    assert.ok(log.some(({at, problem}) => at === 'passes' && problem === 'store-down'));
  });
});

onEachDatabase('POST /webhook: a second recurring gift of an address', ({open}) => {
  const seconds = ({log}: House) => log.filter(({problem}) => problem === 'second-gift');

  it('is told to the operator, in the log and in the metrics', async () => {
    const house = await aHouse(await open());
    const first = await house.give(
      house.device(),
      monthlyByMail('Reader@example.org', 'attempt-0011'),
    );
    assert.deepEqual(seconds(house), []);
    const second = await house.give(
      house.device(),
      monthlyByMail('reader@EXAMPLE.org', 'attempt-0012'),
    );
    const [subscription, other] = [second, first].map(id => house.fake.subscription(id).id);
    const entry = {at: 'webhook', problem: 'second-gift', detail: {subscription, other}};
    assert.deepEqual(seconds(house), [entry]);
    assert.match(await house.server.metrics(), /problem="webhook\/second-gift"\} 1/);
    // Neither a repeated delivery nor a renewal tells it again.
    await house.fake.redeliver('checkout.session.completed');
    await house.fake.renew(second);
    assert.deepEqual(seconds(house), [entry]);
    assert.equal(JSON.stringify(house.log).includes('example.org'), false);
  });

  for (const [given, play] of [
    [
      'another address',
      ({give, device}: House) => give(device(), monthlyByMail('other@example.org', 'attempt-0012')),
    ],
    [
      'a single gift',
      ({give, device}: House) =>
        give(
          device(),
          anIntent({email: 'reader@example.org', attemptId: 'attempt-0012', frequency: 'once'}),
        ),
    ],
    [
      'a first one that has been cancelled',
      async ({give, device, fake}: House, first: string) => {
        await fake.cancel(first, 'period-end');
        await give(device(), monthlyByMail('reader@example.org', 'attempt-0012'));
      },
    ],
    [
      'a first one that has ended',
      async ({give, device, fake}: House, first: string) => {
        await fake.cancel(first);
        await give(device(), monthlyByMail('reader@example.org', 'attempt-0012'));
      },
    ],
  ] as const)
    it(`is not told, given ${given}`, async () => {
      const house = await aHouse(await open());
      const first = await house.give(
        house.device(),
        monthlyByMail('reader@example.org', 'attempt-0011'),
      );
      await play(house, first);
      assert.deepEqual(seconds(house), []);
    });
});

describe('goesOn()', () => {
  const gift = {state: 'paid', frequency: 'monthly', amount: {minor: 5, currency: 'USD'}, at: 1};
  const facts = (subscription: object | undefined, paid?: object) =>
    ({subscription, gift: paid, refunded: 0, lost: false}) as Parameters<typeof goesOn>[0];
  for (const [given, value, answer] of [
    ['an active one', facts({state: 'active'}, gift), true],
    ['one that is past due', facts({state: 'past-due'}, gift), true],
    ['a paused one', facts({state: 'paused'}, gift), true],
    ['one that is not paid yet', facts({state: 'pending'}), false],
    ['one that has ended', facts({state: 'ended'}, gift), false],
    ['one that will end', facts({state: 'active', endsAt: 5}, gift), false],
    ['a payment that came before its subscription', facts(undefined, gift), true],
    ['nothing', facts(undefined), false],
  ] as const)
    it(`is ${answer}, given ${given}`, () => {
      assert.equal(goesOn(value), answer);
    });
});

describe('createSupportServer() with passes.secondGift', () => {
  for (const secondGift of ['Ask', '', true, null])
    it(`refuses ${JSON.stringify(secondGift)}`, async () => {
      const keys = [await aKey()];
      assert.throws(
        () =>
          createSupportServer({
            stripe: {secretKey: 'sk_test_of_the_tests'},
            ...{site, offers: [offer], webhookSecrets: [secret], store: memoryStore(), secrets},
            passes: {keys, secondGift: secondGift as 'ask'},
          }),
        /`passes\.secondGift` to be allow or ask/,
      );
    });
});
