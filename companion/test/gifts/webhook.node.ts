import assert from 'node:assert/strict';
import {gzipSync} from 'node:zlib';
import {describe, it} from 'node:test';
import fc from 'fast-check';
import {Stripe} from 'stripe';
import type {FakeEvent} from '../../src/fake-stripe/index.js';
import {signWebhook} from '../../src/fake-stripe/index.js';
import {checkByNode, checkByWebCrypto, isSignedByStripe} from '../../src/gifts/signature.js';
import {aCompanion, anIntent, secret, sessionOf, type Companion} from '../fixtures.js';
import {full} from '../lifecycles.js';

const stripe = new Stripe('sk_test_oracle');
const seconds = () => Math.floor(Date.now() / 1000);

/** Creates a header with Stripe's own SDK. */
function headerOf(payload: string, changes: {secret?: string; timestamp?: number} = {}): string {
  return stripe.webhooks.generateTestHeaderString({
    payload,
    secret,
    timestamp: seconds(),
    ...changes,
  });
}

function anEvent(changes: object = {}): FakeEvent {
  return {
    id: 'evt_1',
    object: 'event',
    api_version: '2026-10-28.endive',
    created: seconds(),
    livemode: false,
    pending_webhooks: 1,
    request: {id: null, idempotency_key: null},
    type: 'checkout.session.completed',
    data: {object: aSession()},
    ...changes,
  };
}

function aSession(changes: object = {}) {
  return {
    id: 'cs_test_1',
    object: 'checkout.session',
    mode: 'payment',
    payment_status: 'paid',
    amount_total: 500,
    currency: 'usd',
    metadata: {rs: '1', rs_frequency: 'once', rs_campaign: 'winter'},
    customer: null,
    invoice: null,
    payment_intent: 'pi_1',
    subscription: null,
    ...changes,
  };
}

const post = ({deliver}: Companion, body: string, header = headerOf(body)) =>
  deliver(body, {'stripe-signature': header});
const tell = (companion: Companion, event: object) => post(companion, JSON.stringify(event));

/** Returns the final facts of a store, sorted and without ranks that count updates. */
const kept = ({store}: Companion) =>
  [...store.gifts, ...store.subscriptions, ...store.refunds]
    .map(fact => JSON.stringify({...fact, rank: fact.kind === 'gift' ? fact.rank : 0}))
    .sort();

const ended = ({subscriptions}: Companion['store']) =>
  subscriptions.filter(({state}) => state === 'ended').map(({id}) => id);

describe('POST /webhook: signatures', () => {
  const body = JSON.stringify(anEvent());
  // The clock stands still, because a busy machine may take longer than the last second allows.
  const now = Date.now();
  const good = headerOf(body);
  const [t = '', v1 = ''] = good.split(',');
  const old = (by: number) => headerOf(body, {timestamp: Math.floor(now / 1000) + by});
  const rows: [string, string, string | undefined, number][] = [
    ['a good one', body, good, 200],
    ['a good one with spaces', body, `${t}, ${v1}`, 200],
    ['none', body, undefined, 400],
    ['an empty one', body, '', 400],
    ['no time', body, v1, 400],
    ['two times', body, `${t},${good}`, 400],
    ['a time that is none', body, `t=now,${v1}`, 400],
    ['no signature', body, t, 400],
    ['two, the second good', body, `${t},v1=${'0'.repeat(64)},${v1}`, 200],
    ['two, both bad', body, `${t},v1=${'0'.repeat(64)},v1=${'1'.repeat(64)}`, 400],
    ['the good one as v0', body, `${t},${v1.replace('v1', 'v0')}`, 400],
    ['a v0 beside the good one', body, `${good},v0=${'0'.repeat(64)}`, 200],
    ['one in capitals', body, `${t},V1=${v1.slice(3)}`, 400],
    ['half of the good one', body, `${t},${v1.slice(0, 35)}`, 400],
    ['one by another secret', body, headerOf(body, {secret: 'whsec_another'}), 400],
    ['299 s late', body, old(-299), 200],
    ['299 s early', body, old(298), 200],
    ['302 s late', body, old(-302), 400],
    ['302 s early', body, old(302), 400],
    ['a good one of a longer body', `${body} `, good, 400],
    ['a good one of a body written again', JSON.stringify(JSON.parse(body), null, 2), good, 400],
    ['a huge header', body, `${good},${'v1=0,'.repeat(1000)}`, 400],
  ];
  for (const [what, text, header, status] of rows)
    it(`answers ${status} to ${what}`, async () => {
      const {deliver, store} = aCompanion({now: () => now});
      const response = await deliver(
        text,
        header === undefined ? {} : {'stripe-signature': header},
      );
      assert.equal(response.status, status);
      assert.equal(response.headers.get('cache-control'), 'no-store');
      assert.equal(store.gifts.length, status === 200 ? 1 : 0);
      assert.equal(store.webhooks.size, status === 200 ? 1 : 0);
      assert.doesNotMatch(await response.text(), /cs_test_1|winter/);
    });

  it('accepts the old and the new secret during a rotation', async () => {
    for (const each of ['whsec_the_old_one', 'whsec_the_new_one']) {
      const companion = aCompanion({webhookSecrets: ['whsec_the_new_one', 'whsec_the_old_one']});
      const response = await post(companion, body, headerOf(body, {secret: each}));
      assert.equal(response.status, 200);
    }
  });

  it('verifies bytes, not characters', async () => {
    const companion = aCompanion();
    const text = JSON.stringify(anEvent({note: 'Grüße – ٢٥ 🧡'}));
    assert.equal((await post(companion, text)).status, 200);
    const bytes = new TextEncoder().encode(text);
    const at = bytes.findIndex(byte => byte > 127);
    bytes[at] = 0xff;
    const response = await companion.deliver(bytes, {'stripe-signature': headerOf(text)});
    assert.equal(response.status, 400);
  });

  it('gives the same result with Node’s crypto and with Web Crypto', async () => {
    assert.ok(checkByNode);
    const bytes = new TextEncoder().encode(body);
    for (const check of [checkByNode, checkByWebCrypto]) {
      const isTaken = (given: string, secrets: string[]) =>
        isSignedByStripe(bytes, given, secrets, Date.now(), check);
      assert.equal(await isTaken(good, ['whsec_another', secret]), true);
      assert.equal(await isTaken(good, ['whsec_another']), false);
      assert.equal(await isTaken(`${good},v1=${'0'.repeat(64)}`, [secret]), true);
    }
  });

  it('accepts signatures of the fake, as does Stripe’s SDK', async () => {
    const header = await signWebhook(body, secret, Date.now());
    assert.equal(stripe.webhooks.constructEvent(body, header, secret).id, 'evt_1');
  });

  it('refuses bodies that are compressed or too long', async () => {
    const {deliver} = aCompanion();
    const zipped = await deliver(gzipSync(body), {
      'stripe-signature': good,
      'content-encoding': 'gzip',
    });
    assert.equal(zipped.status, 415);
    const long = JSON.stringify(anEvent({pad: 'x'.repeat(300_000)}));
    assert.equal((await deliver(long, {'stripe-signature': headerOf(long)})).status, 413);
  });

  const forgeries = full ? 100_000 : 3000;
  it(`refuses all of ${forgeries} forged or modified deliveries`, async () => {
    const companion = aCompanion();
    const bytes = new TextEncoder().encode(body);
    const ways = ['body', 'header', 'cut', 'added', 'secret', 'time', 'scheme', 'other'] as const;
    const tried = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          way: fc.constantFrom(...ways),
          at: fc.nat(100_000),
          by: fc.integer({min: 1, max: 255}),
        }),
        async ({way, at, by}) => {
          tried.set(way, (tried.get(way) ?? 0) + 1);
          let sent = Uint8Array.from(bytes);
          let header = good;
          if (way === 'body') sent[at % sent.length]! ^= by;
          else if (way === 'cut') sent = sent.slice(0, at % sent.length);
          else if (way === 'added') sent = Uint8Array.from([...sent, by]);
          else if (way === 'secret') header = headerOf(body, {secret: `${secret}${at}`});
          else if (way === 'time') {
            // By the current clock, because a run may take longer than the ten seconds to spare.
            const timestamp = Math.floor(Date.now() / 1000) + (at % 2 ? 1 : -1) * (310 + at);
            header = headerOf(body, {timestamp});
          } else if (way === 'scheme') header = good.replace('v1=', `v${(by % 9) + 2}=`);
          else if (way === 'other') header = headerOf(`${body.slice(0, -1)},"x":${at}}`);
          else {
            // Changes a digit of the time or of the signature.
            const places = [...Array(good.length).keys()].filter(
              place => place > 1 && !/[,v=]/.test(good[place]!) && place !== t.length + 2,
            );
            const place = places[at % places.length]!;
            const digit = (parseInt(good[place]!, 16) + 1 + (by % 9)) % 10;
            header = `${good.slice(0, place)}${digit}${good.slice(place + 1)}`;
            assert.notEqual(header, good);
          }
          const response = await companion.deliver(sent, {'stripe-signature': header});
          assert.equal(response.status, 400);
          // Here Node's own HMAC verifies the deliveries; elsewhere Web Crypto does.
          const isTaken = await isSignedByStripe(
            sent,
            header,
            [secret],
            Date.now(),
            checkByWebCrypto,
          );
          assert.equal(isTaken, false);
        },
      ),
      {numRuns: forgeries},
    );
    assert.equal(companion.store.webhooks.size, 0);
    assert.deepEqual([...tried.keys()].sort(), [...ways].sort());
  });
});

describe('POST /webhook: what it writes', () => {
  it('writes a single gift once, however often it is delivered', async () => {
    const companion = aCompanion();
    const event = anEvent();
    for (let turn = 0; turn < 3; turn++) assert.equal((await tell(companion, event)).status, 200);
    await Promise.all(Array.from({length: 10}, () => tell(companion, anEvent({id: 'evt_2'}))));
    assert.equal(companion.store.gifts.length, 1);
    assert.equal(companion.store.gifts[0]?.id, 'pi_1');
  });

  it('writes an event once that arrives twice at the same time', async () => {
    const companion = aCompanion();
    const event = anEvent();
    const both = await Promise.all([tell(companion, event), tell(companion, event)]);
    assert.deepEqual(
      both.map(response => response.status),
      [200, 200],
    );
    assert.equal(companion.store.gifts.length, 1);
  });

  const outcomes: [string, object, 'written' | 'ignored' | 'unreadable'][] = [
    ['a gift', {}, 'written'],
    ['an unknown type', {type: 'tax_settings.updated'}, 'ignored'],
    ['a type named like a method', {type: 'constructor'}, 'ignored'],
    ['a payment of the shop', {data: {object: aSession({metadata: {}})}}, 'ignored'],
    ['a payment without metadata', {data: {object: aSession({metadata: null})}}, 'ignored'],
    ['a live event at a test companion', {livemode: true}, 'ignored'],
    ['an event of a connected account', {account: 'acct_1'}, 'ignored'],
    ['an empty object', {data: {object: {}}}, 'unreadable'],
    ['no object', {data: {}}, 'unreadable'],
    ['no data', {data: undefined}, 'unreadable'],
    ['an object that is a list', {data: {object: []}}, 'unreadable'],
    ['an amount that is a text', {data: {object: aSession({amount_total: '500'})}}, 'unreadable'],
    ['a currency nobody has', {data: {object: aSession({currency: 'xxx'})}}, 'unreadable'],
    [
      'a gift that names no payment',
      {data: {object: aSession({payment_intent: null})}},
      'unreadable',
    ],
    [
      'an invoice of no known version',
      {type: 'invoice.paid', data: {object: {id: 'in_1', amount_paid: 5}}},
      'unreadable',
    ],
    [
      'an invoice of nobody’s subscription',
      {
        type: 'invoice.paid',
        data: {object: {id: 'in_1', amount_paid: 500, currency: 'usd', parent: null}},
      },
      'ignored',
    ],
    [
      'the end of a subscription of the shop',
      {type: 'customer.subscription.deleted', data: {object: {id: 'sub_1', metadata: {}}}},
      'ignored',
    ],
    [
      'the refund of a charge without a payment',
      {type: 'charge.refunded', data: {object: {id: 'ch_1', amount_refunded: 5, currency: 'usd'}}},
      'ignored',
    ],
  ];
  for (const [what, change, outcome] of outcomes)
    it(`answers 200 to ${what}: ${outcome}`, async () => {
      const companion = aCompanion();
      assert.equal((await tell(companion, anEvent(change))).status, 200);
      assert.equal(companion.store.webhooks.get('evt_1'), outcome);
      assert.equal(companion.store.gifts.length, outcome === 'written' ? 1 : 0);
      assert.equal(companion.log.length, outcome === 'unreadable' ? 1 : 0);
    });

  for (const body of ['', 'null', '{', '[]', '{"id":1}'])
    it(`answers 200 to signed nonsense: ${JSON.stringify(body)}`, async () => {
      const companion = aCompanion();
      assert.equal((await post(companion, body)).status, 200);
      assert.equal(companion.store.webhooks.size, 0);
      assert.equal(companion.log[0]?.problem, 'unreadable');
    });

  it('keeps a gift paid when the events of its payment arrive in the wrong order', async () => {
    const pending = anEvent({id: 'evt_a', data: {object: aSession({payment_status: 'unpaid'})}});
    const paid = anEvent({id: 'evt_b', type: 'checkout.session.async_payment_succeeded'});
    for (const order of [
      [pending, paid],
      [paid, pending],
    ]) {
      const companion = aCompanion();
      for (const event of order) await tell(companion, event);
      assert.deepEqual(
        companion.store.gifts.map(gift => gift.state),
        ['paid'],
      );
    }
  });

  it('records that a delayed payment failed', async () => {
    const companion = aCompanion();
    const id = await sessionOf(await companion.press());
    await companion.fake.pay(id, 'unpaid');
    assert.equal(companion.store.gifts[0]?.state, 'pending');
    await companion.fake.settle(id, 'failed');
    assert.equal(companion.store.gifts[0].state, 'failed');
  });

  it('follows a monthly gift through renewals, a refund and its end', async () => {
    const companion = aCompanion();
    const {fake, store} = companion;
    const id = await sessionOf(await companion.press());
    await fake.pay(id);
    await fake.renew(id);
    await fake.renew(id, 'declined');
    await fake.renew(id);
    assert.deepEqual(
      store.gifts.map(gift => [gift.state, gift.renewal, gift.source.campaign]),
      [
        ['paid', false, 'winter'],
        ['paid', true, 'winter'],
        ['paid', true, 'winter'],
      ],
    );
    assert.equal(new Set(store.gifts.map(gift => gift.subscription)).size, 1);

    await fake.refund(store.gifts[1]?.id ?? '', 200);
    await fake.refund(store.gifts[1]?.id ?? '');
    assert.equal(store.refunds.length, 1);
    assert.equal(store.refunds[0]?.gift, store.gifts[1]?.id);
    assert.deepEqual(store.refunds[0]?.amount, {minor: 500, currency: 'USD'});

    await fake.cancel(id);
    assert.deepEqual(ended(store), [store.gifts[0]?.subscription]);
  });

  it('keeps a gift ended when an update arrives late', async () => {
    const companion = aCompanion();
    const {fake, store} = companion;
    const id = await sessionOf(await companion.press());
    await fake.pay(id);
    await fake.renew(id);
    await fake.cancel(id);
    await fake.redeliver('customer.subscription.updated');
    await fake.redeliver('invoice.paid');
    assert.equal(ended(store).length, 1);
    assert.equal(store.gifts.length, 2);
  });

  it('finds the gift of a refund without any other event', async () => {
    const companion = aCompanion();
    const {fake, store} = companion;
    const {webhooks} = fake;
    fake.webhooks = undefined;
    const once = await sessionOf(await companion.press(anIntent({frequency: 'once'})));
    const monthly = await sessionOf(await companion.press());
    await fake.pay(once);
    await fake.pay(monthly);
    fake.webhooks = webhooks;
    await fake.refund(once);
    await fake.refund(monthly);
    assert.deepEqual(
      store.refunds.map(refund => refund.gift),
      [fake.session(once).payment_intent, fake.session(monthly).invoice],
    );
  });

  it('asks for another delivery when Stripe cannot be asked about a refund’s gift', async () => {
    const companion = aCompanion({timeout: 50});
    const {fake, store} = companion;
    const id = await sessionOf(await companion.press());
    await fake.pay(id);
    // Two events with one retry each.
    fake.fail({status: 500}, {status: 500}, {status: 500}, {status: 500});
    await fake.refund(id);
    assert.equal(store.refunds.length, 0);
    assert.equal(fake.deliveries.at(-1)?.status, 500);
    await fake.redeliver('charge.refunded');
    assert.equal(store.refunds.length, 1);
  });

  for (const method of ['claim', 'write', 'done'] as const)
    it(`answers 500 when the store fails to ${method}, and writes once on the next delivery`, async () => {
      const companion = aCompanion();
      companion.store.fail(method);
      const event = anEvent();
      const response = await tell(companion, event);
      assert.equal(response.status, 500);
      assert.doesNotMatch(await response.text(), /memory store/);
      assert.equal((await tell(companion, event)).status, 200);
      assert.equal(companion.store.gifts.length, 1);
      assert.equal(companion.store.webhooks.get('evt_1'), 'written');
    });
});

describe('POST /webhook: any order', () => {
  /** Creates every event of a gift that was paid, renewed, refunded in part and in full, and ended. */
  async function lifecycle(): Promise<{events: readonly FakeEvent[]; source: Companion}> {
    const source = aCompanion();
    const {fake} = source;
    const id = await sessionOf(await source.press());
    await fake.pay(id);
    await fake.renew(id);
    await fake.refund(id, 100);
    await fake.refund(id, 100);
    await fake.cancel(id);
    const heard = /^(checkout\.|invoice\.paid|charge\.refunded|customer\.subscription\.deleted)/;
    return {events: fake.events.filter(({type}) => heard.test(type)), source};
  }

  /** Creates a companion at the same Stripe that has received no event yet. */
  function anotherAt(source: Companion): Companion {
    const httpClient = Stripe.createFetchHttpClient(source.fake.fetch);
    return aCompanion({stripe: new Stripe('sk_test_x', {httpClient, telemetry: false})});
  }

  it('reaches the same state with half of the deliveries doubled and occasional store failures', async () => {
    const {events, source} = await lifecycle();
    const expected = kept(source);
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray([...events, ...events, ...events], {minLength: 18}),
        fc.array(fc.constantFrom('claim' as const, 'write' as const, 'done' as const), {
          maxLength: 6,
        }),
        async (deliveries, faults) => {
          const companion = anotherAt(source);
          const again: FakeEvent[] = [];
          for (const event of deliveries) {
            const fault = faults.pop();
            if (fault) companion.store.fail(fault);
            if ((await tell(companion, event)).status !== 200) again.push(event);
          }
          for (const event of [...again, ...again]) await tell(companion, event);
          for (const event of again) await tell(companion, event);
          assert.deepEqual(kept(companion), expected);
        },
      ),
      {numRuns: 60},
    );
  });

  it('reaches the same state when the fake delivers twice, late and shuffled', async () => {
    const companion = aCompanion();
    const {fake, store} = companion;
    assert.ok(fake.webhooks);
    fake.webhooks = {...fake.webhooks, twice: true, shuffle: true, delay: 5};
    const id = await sessionOf(await companion.press());
    await fake.pay(id);
    await fake.renew(id);
    await fake.cancel(id);
    assert.equal(store.gifts.length, 0, 'late means late');
    await fake.settled();
    assert.equal(store.gifts.length, 2);
    assert.equal(ended(store).length, 1);
    assert.equal(fake.deliveries.length, fake.events.length * 2);
  });
});
