import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {decodeProtectedHeader} from 'jose';
import {createSupportServer, generatePassKey, publicPassKeys} from '../../src/companion.js';
import {passTokens} from '../../src/passes/pass-token.js';
import {memoryStore, signWebhook} from '../../src/fake-stripe/index.js';
import {onEachDatabase} from '../databases.js';
import {anIntent, codeOf, offer, secret, sessionOf, site} from '../fixtures.js';
import {accessOf, aHouse, aKey, day, secrets, someMorning} from '../given-readers.js';

const passName = '__Host-support-pass';

onEachDatabase('GET /access', ({open}) => {
  it('gives access to a reader who has just paid, and says until when', async () => {
    const {device, give, fake} = await aHouse(await open());
    const reader = device();
    assert.deepEqual(await accessOf(reader), {pass: false, because: 'no-pass'});
    const session = await give(reader);
    const end = fake.subscription(session).items.data[0]?.current_period_end ?? 0;
    assert.deepEqual(await accessOf(reader), {pass: true, until: end * 1000 + 14 * day});
  });

  it('sets cookies that scripts cannot read and other sites cannot send', async () => {
    const {device, give} = await aHouse(await open());
    const reader = device();
    await give(reader);
    const [pass, hint] = reader.set;
    assert.match(
      pass ?? '',
      /^__Host-support-pass=[\w-]+\.[\w-]+\.[\w-]+; Path=\/; Max-Age=15552000; SameSite=Lax; Secure; HttpOnly$/,
    );
    assert.match(hint ?? '', /^support-hint=1; Path=\/; Max-Age=15552000; SameSite=Lax; Secure$/);
    const response = await reader.get('/access');
    assert.equal(response.headers.get('cache-control'), 'private, no-store');
    assert.match(response.headers.get('vary') ?? '', /Cookie/);
  });

  it('gives no access for the hint cookie alone', async () => {
    const {device} = await aHouse(await open());
    const reader = device();
    reader.cookies.set('support-hint', '1');
    assert.deepEqual(await accessOf(reader), {pass: false, because: 'no-pass'});
  });

  it('gives access when the reader returns before the webhook arrives', async () => {
    const {device, fake, server} = await aHouse(await open());
    fake.webhooks = undefined;
    const reader = device();
    const session = await sessionOf(await reader.post('/checkout', anIntent()));
    await fake.pay(session);
    assert.equal((await reader.get(`/checkout/${session}`)).status, 200);
    assert.deepEqual(await accessOf(reader), {pass: true, until: someMorning + 3 * day});
    // When the webhook arrives, it is the same support.
    fake.webhooks = {
      to: request => server.fetch(new Request(`${site}/webhook`, request)),
      secret,
    };
    await fake.redeliver();
    assert.ok(((await accessOf(reader)).until ?? 0) > someMorning + 30 * day);
  });

  it('binds the pass to the browser that started the checkout, and reveals no personal data', async () => {
    const {device, fake} = await aHouse(await open());
    const [reader, thief] = [device(), device()];
    const session = await sessionOf(await reader.post('/checkout', anIntent()));
    await fake.pay(session);
    const stolen = await thief.get(`/checkout/${session}`);
    assert.deepEqual(await stolen.json(), {
      state: 'paid',
      frequency: 'monthly',
      amount: {minor: 500, currency: 'USD'},
    });
    assert.deepEqual(thief.set, []);
    assert.equal((await accessOf(thief)).pass, false);
    await reader.get(`/checkout/${session}`);
    assert.equal((await accessOf(reader)).pass, true);
  });

  it('hands out the pass once, repeatable for ten minutes in case the response was lost', async () => {
    const {device, give, clock} = await aHouse(await open());
    const reader = device();
    const session = await give(reader);
    reader.cookies.delete(passName);
    clock.now += 9 * 60_000;
    await reader.get(`/checkout/${session}`);
    assert.equal((await accessOf(reader)).pass, true);
    reader.cookies.delete(passName);
    clock.now += 2 * 60_000;
    await reader.get(`/checkout/${session}`);
    assert.deepEqual(reader.set, []);
    assert.equal((await accessOf(reader)).pass, false);
  });

  it('hands out no pass before the payment has arrived', async () => {
    const {device, fake} = await aHouse(await open());
    const reader = device();
    const session = await sessionOf(await reader.post('/checkout', anIntent()));
    await reader.get(`/checkout/${session}`);
    assert.deepEqual(reader.set, []);
    await fake.pay(session, 'unpaid');
    await reader.get(`/checkout/${session}`);
    assert.deepEqual(reader.set, []);
    await fake.settle(session);
    await reader.get(`/checkout/${session}`);
    assert.equal((await accessOf(reader)).pass, true);
  });

  it('remembers the last checkouts of a browser, whichever is paid', async () => {
    const {device, fake} = await aHouse(await open());
    const reader = device();
    const sessions: string[] = [];
    for (let nth = 0; nth < 5; nth++)
      sessions.push(
        await sessionOf(await reader.post('/checkout', anIntent({attemptId: `attempt-000${nth}`}))),
      );
    const [first = '', second = ''] = sessions;
    await fake.pay(first);
    await reader.get(`/checkout/${first}`);
    assert.equal((await accessOf(reader)).pass, false);
    await fake.pay(second);
    await reader.get(`/checkout/${second}`);
    assert.equal((await accessOf(reader)).pass, true);
  });

  it('renews a pass that is past half its life, and one that expired unused', async () => {
    const {device, give, clock, fake} = await aHouse(await open());
    const reader = device();
    const session = await give(reader);
    clock.now += day / 4;
    await accessOf(reader);
    assert.deepEqual(reader.set, []);
    clock.now += day / 4 + 1000;
    await accessOf(reader);
    assert.equal(reader.set.length, 2);
    for (let month = 0; month < 4; month++) {
      clock.now += 31 * day;
      await fake.renew(session);
    }
    assert.equal((await accessOf(reader)).pass, true);
    assert.equal(reader.set.length, 2);
    clock.now += 182 * day;
    assert.deepEqual(await accessOf(reader), {pass: false, because: 'no-pass'});
  });

  it('ends access at once when the subscription ends', async () => {
    const {device, give, fake} = await aHouse(await open());
    const reader = device();
    const session = await give(reader);
    await fake.cancel(session);
    assert.deepEqual(await accessOf(reader), {pass: false, because: 'ended'});
    assert.deepEqual([...reader.cookies.keys()].sort(), ['__Host-support-claim']);
  });

  it('gives access to the end of the paid period after a cancellation at period end', async () => {
    const {device, give, fake, clock} = await aHouse(await open());
    const reader = device();
    const session = await give(reader);
    await fake.cancel(session, 'period-end');
    const end = (fake.subscription(session).items.data[0]?.current_period_end ?? 0) * 1000;
    assert.deepEqual(await accessOf(reader), {pass: true, until: end});
    clock.now = end - 1000;
    assert.equal((await accessOf(reader)).pass, true);
    // Even if Stripe's event about the end is late.
    clock.now = end;
    assert.deepEqual(await accessOf(reader), {pass: false, because: 'lapsed'});
  });

  for (const frequency of ['once', 'monthly'] as const) {
    it(`ends access with a full refund of a ${frequency} gift, but not with a partial one`, async () => {
      const {device, give, fake} = await aHouse(await open());
      const reader = device();
      const session = await give(reader, {frequency});
      await fake.refund(session, 100);
      assert.equal((await accessOf(reader)).pass, true);
      await fake.refund(session);
      assert.deepEqual(await accessOf(reader), {pass: false, because: 'refunded'});
    });
  }

  it('gives access after a failed renewal for the days of grace and no longer', async () => {
    const {device, give, fake, clock} = await aHouse(await open());
    const reader = device();
    const session = await give(reader);
    const end = (fake.subscription(session).items.data[0]?.current_period_end ?? 0) * 1000;
    clock.now = end + 13 * day;
    assert.equal((await accessOf(reader)).pass, true);
    clock.now = end + 15 * day;
    assert.deepEqual(await accessOf(reader), {pass: false, because: 'lapsed'});
  });

  for (const [frequency, minor] of [
    ['monthly', 500],
    ['annual', 5000],
  ] as const)
    it(`gives no access for an unpaid ${frequency} period, however long Stripe retries`, async () => {
      const {device, give, fake, clock} = await aHouse(await open());
      const reader = device();
      const session = await give(reader, {frequency, amount: {minor, currency: 'USD'}});
      const end = (fake.subscription(session).items.data[0]?.current_period_end ?? 0) * 1000;
      // A pass must be used twice a year.
      for (; clock.now < end; clock.now += 30 * day) await accessOf(reader);
      clock.now = end;
      await fake.renew(session, 'declined');
      clock.now = end + 13 * day;
      assert.equal((await accessOf(reader)).pass, true);
      // Cancelling an unpaid period gives no access either.
      await fake.cancel(session, 'period-end');
      assert.equal((await accessOf(reader)).pass, true);
      clock.now = end + 16 * day;
      assert.deepEqual(await accessOf(reader), {pass: false, because: 'lapsed'});
    });

  it('does not treat a period paid by a coupon as refunded', async () => {
    const {device, give, fake, server, clock} = await aHouse(await open());
    const reader = device();
    const session = await give(reader);
    const {id, metadata} = fake.subscription(session);
    clock.now += day;
    const event = JSON.stringify({
      ...{id: 'evt_free', type: 'invoice.paid', created: clock.now / 1000, livemode: false},
      data: {
        object: {
          ...{id: 'in_free', amount_paid: 0, currency: 'usd'},
          billing_reason: 'subscription_cycle',
          parent: {subscription_details: {subscription: id, metadata}},
        },
      },
    });
    const headers = {'stripe-signature': await signWebhook(event, secret, clock.now)};
    const told = new Request(`${site}/webhook`, {method: 'POST', body: event, headers});
    assert.equal((await server.fetch(told)).status, 200);
    assert.equal((await accessOf(reader)).pass, true);
  });

  it('gives access for 90 days after a single gift, or none where the site says so', async () => {
    const database = await open();
    const {device, give, clock} = await aHouse(database);
    const reader = device();
    await give(reader, {frequency: 'once'});
    assert.deepEqual(await accessOf(reader), {pass: true, until: clock.now + 90 * day});
    clock.now += 91 * day;
    assert.deepEqual(await accessOf(reader), {pass: false, because: 'lapsed'});

    const strict = await aHouse(database, {passes: {keys: [await aKey()], onceDays: 0}});
    const other = strict.device();
    await strict.give(other, {frequency: 'once'});
    assert.deepEqual(await accessOf(other), {pass: false, because: 'no-pass'});
  });

  it('accepts a fresh pass while the database is down, and answers an error to everybody else', async () => {
    const database = await open();
    const {device, give, clock, log} = await aHouse(database);
    const reader = device();
    await give(reader);
    await database.close();
    assert.deepEqual(await accessOf(reader), {pass: true, until: clock.now + day});
    clock.now += 2 * day;
    const response = await reader.get('/access');
    assert.equal(response.status, 503);
    assert.equal(await codeOf(response), 'provider-down');
    assert.ok(log.every(({at, problem}) => at === 'passes' && problem === 'store-down'));
  });

  it('verifies with every configured key, and signs with the first', async () => {
    const database = await open();
    const [old, fresh] = [await generatePassKey(), await generatePassKey()];
    const before = await aHouse(database, {passes: {keys: [old]}});
    const reader = before.device();
    await before.give(reader);
    const pass = reader.cookies.get(passName) ?? '';

    const after = await aHouse(database, {passes: {keys: [fresh, ...publicPassKeys([old])]}});
    const moved = after.device();
    moved.cookies.set(passName, pass);
    assert.equal((await accessOf(moved)).pass, true);
    after.clock.now += day;
    await accessOf(moved);
    assert.equal(decodeProtectedHeader(moved.cookies.get(passName) ?? '').kid, fresh.kid);

    const later = await aHouse(database, {passes: {keys: [fresh]}});
    const forgotten = later.device();
    forgotten.cookies.set(passName, pass);
    assert.deepEqual(await accessOf(forgotten), {pass: false, because: 'no-pass'});
  });
});

describe('a pass', () => {
  const token = async (
    claims: object = {sub: 'x'},
    kind: 'support-pass' | 'support-claim' = 'support-pass',
  ) =>
    await passTokens([await aKey()], site).sign(kind, {...claims}, someMorning, someMorning + day);
  const read = async (text: string, now = someMorning, at = site) =>
    await passTokens([await aKey()], at).read('support-pass', text, now);

  it('is read back with the claims it was signed with', async () => {
    assert.equal((await read(await token()))?.sub, 'x');
  });

  it('is invalid with any byte changed', async () => {
    const genuine = await token();
    for (let at = 0; at < genuine.length; at++) {
      const other = genuine[at] === 'A' ? 'B' : 'A';
      const changed = genuine.slice(0, at) + other + genuine.slice(at + 1);
      // The last character of base64url may contain unused bits.
      if (
        Buffer.from(changed.split('.')[2] ?? '', 'base64url').equals(
          Buffer.from(genuine.split('.')[2] ?? '', 'base64url'),
        ) &&
        at > genuine.lastIndexOf('.')
      )
        continue;
      assert.equal(await read(changed), undefined, `byte ${at}`);
    }
  });

  const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const forged: [string, () => Promise<string>][] = [
    [
      'no signature at all',
      async () => {
        const [, claims] = (await token()).split('.');
        return `${base64({alg: 'none', typ: 'support-pass'})}.${claims ?? ''}.`;
      },
    ],
    [
      'a signature by the public key as a secret',
      async () => {
        const [, claims] = (await token()).split('.');
        return `${base64({alg: 'HS256', typ: 'support-pass', kid: (await aKey()).kid})}.${claims ?? ''}.${'A'.repeat(43)}`;
      },
    ],
    ['another kind', () => token({sub: 'x'}, 'support-claim')],
    [
      'a key that nobody knows',
      async () =>
        await passTokens([await generatePassKey()], site).sign(
          'support-pass',
          {sub: 'x'},
          someMorning,
          someMorning + day,
        ),
    ],
    [
      'a stranger’s key under our name',
      async () =>
        await passTokens([{...(await generatePassKey()), kid: (await aKey()).kid}], site).sign(
          'support-pass',
          {sub: 'x'},
          someMorning,
          someMorning + day,
        ),
    ],
    [
      'another site',
      async () =>
        await passTokens([await aKey()], 'https://other.example').sign(
          'support-pass',
          {sub: 'x'},
          someMorning,
          someMorning + day,
        ),
    ],
    ['nonsense', () => Promise.resolve('nonsense')],
    ['a megabyte', () => Promise.resolve('a'.repeat(1_000_000))],
  ];
  for (const [what, make] of forged)
    it(`is invalid with ${what}`, async () => {
      assert.equal(await read(await make()), undefined);
    });

  it('is invalid after it has expired', async () => {
    const genuine = await token();
    assert.equal(await read(genuine, someMorning + day + 61_000), undefined);
    assert.equal((await read(genuine, someMorning + day + 59_000))?.sub, 'x');
  });
});

describe('createSupportServer({passes})', () => {
  const some = {
    stripe: {secretKey: 'sk_test_abc'},
    site,
    offers: [offer],
    webhookSecrets: [secret],
    store: memoryStore(),
    secrets,
  };
  it('refuses keys that cannot sign or have the same id', async () => {
    const key = await generatePassKey();
    const wrong: [object, RegExp][] = [
      [{secrets: undefined, passes: {keys: [key]}}, /`secrets`/],
      [{secrets: ['short'], passes: {keys: [key]}}, /32 characters/],
      [{passes: {keys: []}}, /none/],
      [{passes: {}}, /none/],
      [{passes: {keys: publicPassKeys([key])}}, /sign/],
      [{passes: {keys: [key, key]}}, /kid/],
      [{passes: {keys: [null]}}, /P-256/],
      [{passes: {keys: [{...key, crv: 'P-384'}]}}, /P-256/],
      [{passes: {keys: [key], life: 1}}, /life/],
      [{passes: {keys: [key], onceDays: -1}}, /onceDays/],
    ];
    for (const [change, message] of wrong)
      assert.throws(
        () => createSupportServer({...some, ...change}),
        (error: Error) =>
          error instanceof TypeError &&
          message.test(error.message) &&
          !error.message.includes(key.d ?? ''),
      );
  });

  it('answers what is missing where passes are not configured', async () => {
    const server = createSupportServer({...some, log: () => undefined});
    for (const path of ['/access', '/access/restore', '/portal']) {
      const response = await server.fetch(new Request(site + path));
      assert.equal(response.status, 503);
      const {code, detail} = (await response.json()) as {code: string; detail: string};
      assert.equal(code, 'not-configured');
      assert.match(detail, /createSupportServer needs/);
    }
  });
});
