/** Holds the checkout and the webhook against what 0.1.0 sent to Stripe and heard from it. */

import assert from 'node:assert/strict';
import {afterEach, beforeEach, describe, it} from 'node:test';
import type {Readings} from './companion-readings.js';
import {fixtureValue} from './fixtures.js';
import {stripeThen} from './stripe-then.js';
import {
  openCompanion,
  openDatabase,
  setup,
  site,
  stripeFake,
  type Companion,
  type Database,
  type StripeFake,
  type StripeFetch,
} from './subject-companion.js';

const checkouts = fixtureValue('companion/checkouts.json') as readonly {
  readonly now: number;
  /** The body of `POST /checkout`. */
  readonly request: {readonly attemptId: string};
  /** The idempotency key. */
  readonly key: string;
  /** The body that was sent to Stripe. */
  readonly form: string;
}[];
const webhooks = fixtureValue('companion/webhooks.json') as readonly {
  readonly now: number;
  readonly signature: string;
  readonly body: string;
}[];
const before = fixtureValue('companion/sqlite-readings.json') as Readings;

interface GiftThen {
  readonly id: string;
  readonly frequency: string;
  readonly amount: object;
  readonly renewal: boolean;
  readonly source: {readonly attempt?: string};
}
const gifts = Object.values(before.gifts) as GiftThen[];

const headers = {origin: site, 'content-type': 'application/json'};

const fieldsOf = (form: string): [string, string][] =>
  Array.from(new URLSearchParams(form)).sort(([a], [b]) => (a < b ? -1 : 1));

/** Without the number of looks at Stripe, which says nothing about the fact. */
const withoutRank = (facts: Readonly<Record<string, unknown>>): object =>
  Object.fromEntries(
    Object.entries(facts).map(([id, fact]) => [id, {...(fact as object), rank: 0}]),
  );

describe('a checkout', () => {
  const clock = {now: 0};
  let database: Database;
  let companion: Companion;
  let fake: StripeFake;
  let sent: {readonly form: string; readonly key: string | null}[];

  beforeEach(async () => {
    sent = [];
    database = await openDatabase(':memory:');
    const stripe: StripeFetch = async (input, init) => {
      const request = new Request(input, init);
      if (request.method === 'POST')
        sent.push({
          form: await request.clone().text(),
          key: request.headers.get('idempotency-key'),
        });
      return await fake.fetch(request);
    };
    companion = openCompanion(database, clock, stripe);
    fake = stripeFake({
      origin: site,
      now: () => clock.now,
      webhooks: {
        secret: setup.webhookSecret,
        to: request => companion.server.fetch(new Request(`${site}/webhook`, request)),
      },
    });
  });
  afterEach(() => database.close());

  const giftOf = async (id: string) =>
    (await companion.store.find('gift', id)) as unknown as GiftThen | undefined;

  it('that a 0.1.0 page asks for sends the same fields to Stripe', async () => {
    assert.ok(checkouts.length > 20);
    const keys = new Set(checkouts.flatMap(({form}) => fieldsOf(form).map(([name]) => name)));
    for (const name of ['rs', 'rs_offer', 'rs_frequency', 'rs_campaign', 'rs_experiment', 'rs_arm'])
      assert.ok(keys.has(`metadata[${name}]`), name);
    for (const {now, request, form, key} of checkouts) {
      clock.now = now;
      const body = JSON.stringify(request);
      const response = await companion.ask('/checkout', {method: 'POST', headers, body});
      assert.equal(response.status, 200, request.attemptId);
      const last = sent.at(-1);
      assert.deepEqual(fieldsOf(last?.form ?? ''), fieldsOf(form), request.attemptId);
      assert.equal(last?.key, key, 'a press that is retried after an update pays once');
    }
  });

  it('that 0.1.0 began becomes the same gift', async () => {
    let compared = 0;
    for (const {now, request, form} of checkouts) {
      const gift = gifts.find(
        ({source, renewal}) => !renewal && source.attempt === request.attemptId,
      );
      if (!gift) continue;
      clock.now = now;
      const response = await fake.fetch('https://api.stripe.com/v1/checkout/sessions', {
        method: 'POST',
        headers: {
          authorization: 'Bearer sk_test_of_the_fixtures',
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: form,
      });
      const {id} = (await response.json()) as {id: string};
      await fake.pay(id);
      const session = fake.session(id);
      const found = await giftOf(String(session.invoice ?? session.payment_intent));
      const {frequency, amount, renewal, source} = gift;
      assert.deepEqual(
        found && {
          frequency: found.frequency,
          amount: found.amount,
          renewal: found.renewal,
          source: found.source,
        },
        {frequency, amount, renewal, source},
        request.attemptId,
      );
      compared += 1;
    }
    assert.equal(compared, gifts.filter(({renewal}) => !renewal).length);
  });
});

describe('the webhooks that 0.1.0 heard', () => {
  for (const [order, all] of [
    ['in their order', webhooks],
    ['backwards', [...webhooks].reverse()],
  ] as const)
    it(`come to the same gifts, recurring gifts and refunds, given ${order}`, async () => {
      const database = await openDatabase(':memory:');
      const clock = {now: 0};
      const companion = openCompanion(database, clock, stripeThen('sqlite'));
      for (const {now, body, signature} of all) {
        clock.now = now;
        const response = await companion.ask('/webhook', {
          method: 'POST',
          body,
          headers: {'stripe-signature': signature},
        });
        assert.equal(response.status, 200, body.slice(0, 300));
      }
      const read = async (kind: 'gift' | 'subscription' | 'refund', ids: string[]) => {
        const facts: [string, unknown][] = [];
        for (const id of ids) facts.push([id, await companion.store.find(kind, id)]);
        return withoutRank(Object.fromEntries(facts));
      };
      assert.deepEqual(await read('gift', Object.keys(before.gifts)), withoutRank(before.gifts));
      assert.deepEqual(
        await read('subscription', Object.keys(before.subscriptions)),
        withoutRank(before.subscriptions),
      );
      assert.deepEqual(
        await read('refund', Object.keys(before.refunds)),
        withoutRank(before.refunds),
      );
      await database.close();
    });
});
