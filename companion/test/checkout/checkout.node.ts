import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {checkoutErrorCodes} from 'reader-support/core';
import {attemptKey, sessionExpiry} from '../../src/checkout/checkout-session.js';
import {aCompanion, anIntent, codeOf, secret, sessionOf, site} from '../fixtures.js';

/** The code of a request that is not taken as such. */
const codeFor: Readonly<Record<number, string>> = {
  400: 'invalid-request',
  403: 'origin-not-allowed',
  404: 'not-found',
  413: 'too-large',
  415: 'unsupported-media-type',
  422: 'invalid-request',
};

describe('POST /checkout', () => {
  for (const frequency of ['once', 'monthly', 'annual'] as const)
    for (const ui of ['hosted_page', 'embedded_page'] as const)
      it(`opens a ${ui} for a ${frequency} gift and reports its state`, async () => {
        const {press, look, fake, store} = aCompanion();
        const response = await press(
          anIntent({frequency, ui, amount: {minor: 2500, currency: 'USD'}}),
        );
        assert.equal(response.status, 200);
        assert.equal(response.headers.get('cache-control'), 'no-store');
        const id = await sessionOf(response);

        const [params] = fake.created;
        assert.ok(params);
        const interval = {once: undefined, monthly: 'month', annual: 'year'}[frequency];
        const price = params.line_items?.[0]?.price_data;
        assert.ok(price);
        assert.equal(params.mode, interval ? 'subscription' : 'payment');
        assert.equal(params.ui_mode, ui);
        assert.equal(price.unit_amount, 2500);
        assert.equal(price.currency, 'usd');
        assert.equal(price.recurring?.interval, interval);
        assert.equal(params.submit_type, interval ? undefined : 'pay');
        assert.equal(params.locale, 'en-GB');
        assert.deepEqual(params.metadata, {
          rs: '1',
          rs_offer: 'support',
          rs_frequency: frequency,
          rs_campaign: 'winter',
          rs_page: '/news/harbour',
          rs_attempt: 'attempt-0001',
        });
        assert.deepEqual(
          interval ? params.subscription_data?.metadata : params.payment_intent_data?.metadata,
          params.metadata,
        );
        assert.match(params.client_reference_id ?? '', /^rs1_[\w-]{0,164}$/);
        const back = `${site}/news/harbour?support=success&support_session={CHECKOUT_SESSION_ID}`;
        assert.equal(ui === 'hosted_page' ? params.success_url : params.return_url, back);
        assert.equal(
          params.cancel_url,
          ui === 'hosted_page' ? `${site}/news/harbour?support=cancel` : undefined,
        );
        assert.equal(fake.requests[0]?.apiVersion, '2026-10-28.endive');

        const amount = {minor: 2500, currency: 'USD'};
        assert.deepEqual(await (await look(id)).json(), {state: 'open', frequency, amount});
        await fake.pay(id);
        assert.deepEqual(await (await look(id)).json(), {state: 'paid', frequency, amount});
        assert.equal(store.gifts.length, 1);
        assert.deepEqual(store.gifts[0]?.amount, amount);
        assert.deepEqual(store.gifts[0].source, {
          offer: 'support',
          campaign: 'winter',
          page: '/news/harbour',
          attempt: 'attempt-0001',
        });
      });

  it('answers with a URL or a client secret and nothing else', async () => {
    const {press} = aCompanion();
    assert.deepEqual(Object.keys((await (await press()).json()) as object), ['url']);
    const embedded = await press(anIntent({ui: 'embedded_page'}));
    assert.deepEqual(Object.keys((await embedded.json()) as object), ['clientSecret']);
  });

  it('creates one session for ten equal concurrent requests', async () => {
    const {press, fake} = aCompanion();
    const ids = await Promise.all(Array.from({length: 10}, async () => sessionOf(await press())));
    assert.equal(new Set(ids).size, 1);
    assert.equal(fake.created.length, 1);
  });

  it('creates one session for equal requests at two processes of the companion', async () => {
    const now = () => Date.UTC(2026, 10, 23);
    const one = aCompanion({now});
    const two = aCompanion({now});
    const key = (companion: typeof one) => companion.fake.requests.map(r => r.idempotencyKey);
    await one.press();
    await two.press();
    assert.deepEqual(key(one), key(two));
  });

  it('creates another session for another amount of the same attempt', async () => {
    const {press, fake} = aCompanion();
    await press();
    assert.equal((await press(anIntent({amount: {minor: 700, currency: 'USD'}}))).status, 200);
    assert.equal(fake.created.length, 2);
  });

  it('takes the product, the button label and the return path from its own options', async () => {
    const {press, fake} = aCompanion({
      product: 'prod_support',
      submitType: 'donate',
      successPath: '/thanks?from=stripe',
      basePath: '/companion',
    });
    await press(anIntent({frequency: 'once', email: 'reader@example.org'}));
    const [params] = fake.created;
    assert.ok(params);
    const price = params.line_items?.[0]?.price_data;
    assert.equal(price?.product, 'prod_support');
    assert.equal(price.product_data, undefined);
    assert.equal(params.submit_type, 'donate');
    assert.equal(params.customer_email, 'reader@example.org');
    assert.equal(
      params.success_url,
      `${site}/thanks?from=stripe&support=success&support_session={CHECKOUT_SESSION_ID}`,
    );
  });

  it('refuses amounts below the fixed minimum, whatever the offer says', async () => {
    const cheap = {min: 1, max: 1000, presets: [200], preset: 200};
    const {press, fake} = aCompanion({offers: [{id: 'support', once: {EUR: cheap, JPY: cheap}}]});
    const once = (minor: number, currency: string) =>
      press(anIntent({attemptId: `small-${minor}`, frequency: 'once', amount: {minor, currency}}));
    const refused = await once(99, 'EUR');
    assert.equal(refused.status, 422);
    const {code, min} = (await refused.json()) as {code: string; min: unknown};
    assert.deepEqual([code, min], ['amount-too-small', {minor: 100, currency: 'EUR'}]);
    assert.equal(fake.requests.length, 0);
    assert.equal((await once(100, 'EUR')).status, 200);
    assert.equal((await once(99, 'JPY')).status, 200);
  });

  const unsold: [string, object, string][] = [
    ['an amount below the least', {amount: {minor: 199, currency: 'USD'}}, 'amount-too-small'],
    ['nothing', {amount: {minor: 0, currency: 'USD'}}, 'amount-too-small'],
    ['less than nothing', {amount: {minor: -500, currency: 'USD'}}, 'amount-too-small'],
    ['an amount above the most', {amount: {minor: 50_001, currency: 'USD'}}, 'amount-too-large'],
    ['part of a cent', {amount: {minor: 500.5, currency: 'USD'}}, 'invalid-request'],
    ['an amount as text', {amount: {minor: '500', currency: 'USD'}}, 'invalid-request'],
    ['no number', {amount: {minor: null, currency: 'USD'}}, 'invalid-request'],
    ['a huge number', {amount: {minor: 1e300, currency: 'USD'}}, 'invalid-request'],
    ['a currency not offered', {amount: {minor: 500, currency: 'GBP'}}, 'currency-unsupported'],
    ['no currency at all', {amount: {minor: 500, currency: 'XXX'}}, 'currency-unsupported'],
    ['a currency in small letters', {amount: {minor: 500, currency: 'usd'}}, 'invalid-request'],
    [
      'a currency of another frequency',
      {frequency: 'annual', amount: {minor: 5000, currency: 'EUR'}},
      'currency-unsupported',
    ],
    [
      'half a króna',
      {frequency: 'once', amount: {minor: 50_050, currency: 'ISK'}},
      'invalid-request',
    ],
    [
      'a fils too exact',
      {frequency: 'once', amount: {minor: 1234, currency: 'KWD'}},
      'invalid-request',
    ],
    ['an unknown offer', {offerId: 'other'}, 'offer-unavailable'],
    ['an offer named like a prototype', {offerId: '__proto__'}, 'offer-unavailable'],
    ['an unknown frequency', {frequency: 'weekly'}, 'invalid-request'],
    ['a price of its own', {price: 'price_1'}, 'invalid-request'],
    [
      'an amount with a price in it',
      {amount: {minor: 500, currency: 'USD', price: 1}},
      'invalid-request',
    ],
    ['a product', {product: 'prod_1'}, 'invalid-request'],
    ['a customer', {customer: 'cus_1'}, 'invalid-request'],
    ['a coupon', {discounts: [{coupon: 'FREE'}]}, 'invalid-request'],
    ['a set-up', {mode: 'setup'}, 'invalid-request'],
    ['a trial', {trial_period_days: 30}, 'invalid-request'],
    ['a URL', {success_url: 'https://evil.example'}, 'invalid-request'],
    ['metadata', {metadata: {rs: '1'}}, 'invalid-request'],
    ['an attribution of its own making', {attribution: {utm: 'x'}}, 'invalid-request'],
    ['a control character', {attribution: {campaign: 'a\u0000b'}}, 'invalid-request'],
    ['half a letter in a name', {attribution: {campaign: 'a\ud800'}}, 'invalid-request'],
    ['half a letter in a page', {attribution: {page: '/a\udfff'}}, 'invalid-request'],
    ['a NUL in a page', {attribution: {page: '/a\u0000b'}}, 'invalid-request'],
    ['half a letter in a reader', {attribution: {readerId: '\udc00'}}, 'invalid-request'],
    ['half a letter in a language', {locale: 'en\ud83d'}, 'invalid-request'],
    ['a NUL in a challenge', {challenge: 'a\u0000'}, 'invalid-request'],
    ['half a letter in an address', {email: 'a\ud800@b.example'}, 'invalid-request'],
    ['an endless name', {attribution: {campaign: 'a'.repeat(201)}}, 'invalid-request'],
    ['an old ui mode', {ui: 'hosted'}, 'invalid-request'],
    ['no attempt', {attemptId: ''}, 'invalid-request'],
    ['an address that is none', {email: 'a@b,c@d'}, 'invalid-request'],
    [
      'an address with a header in it',
      {email: 'a@b.example\r\nBcc: c@d.example'},
      'invalid-request',
    ],
  ];
  for (const [what, change, code] of unsold)
    it(`refuses ${what}: ${code}`, async () => {
      const {press, fake} = aCompanion();
      const response = await press(anIntent(change));
      assert.equal(response.status, 422);
      assert.equal(response.headers.get('content-type'), 'application/problem+json');
      assert.equal(response.headers.get('cache-control'), 'no-store');
      const problem = (await response.json()) as {code: string; status: number};
      assert.equal(problem.code, code);
      assert.equal(problem.status, 422);
      assert.equal(fake.requests.length, 0);
    });

  it('answers which amounts it accepts', async () => {
    const {press} = aCompanion();
    const response = await press(anIntent({amount: {minor: 199, currency: 'USD'}}));
    const problem = (await response.json()) as {min?: object};
    assert.deepEqual(problem.min, {minor: 200, currency: 'USD'});
  });

  const bodies: [string, string, number][] = [
    ['no JSON', '{', 400],
    ['nothing', '', 400],
    ['null', 'null', 422],
    ['a list', '[]', 422],
    ['deep JSON', '['.repeat(4000), 400],
    ['a text of 5 KB', JSON.stringify({...anIntent(), locale: 'x'.repeat(5000)}), 413],
    ['a polluting key', `{"__proto__":{"rs":1},${JSON.stringify(anIntent()).slice(1)}`, 422],
  ];
  for (const [what, body, status] of bodies)
    it(`answers ${status} to ${what}`, async () => {
      const {press} = aCompanion();
      const response = await press(body);
      assert.equal(response.status, status);
      assert.equal(await codeOf(response), codeFor[status]);
    });

  it('counts a body while it arrives, whatever Content-Length says', async () => {
    const {server} = aCompanion();
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1024;
        controller.enqueue(new Uint8Array(1024).fill(32));
        if (sent > 10_000_000) controller.close();
      },
    });
    const request = new Request(`${site}/checkout`, {
      method: 'POST',
      body,
      headers: {'content-type': 'application/json', origin: site, 'content-length': '10'},
      duplex: 'half',
    } as RequestInit);
    assert.equal((await server.fetch(request)).status, 413);
    assert.ok(sent < 20_000, `read ${sent} bytes`);
  });

  it('accepts only JSON, and refuses compressed bodies', async () => {
    const {press} = aCompanion();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx', ''])
      assert.equal((await press(anIntent(), {'content-type': type || undefined})).status, 415);
    assert.equal((await press(anIntent(), {'content-encoding': 'gzip'})).status, 415);
    const charset = 'application/json; charset=utf-8';
    assert.equal((await press(anIntent(), {'content-type': charset})).status, 200);
  });

  it('accepts only POST', async () => {
    const {server} = aCompanion();
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const response = await server.fetch(new Request(`${site}/checkout`, {method}));
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), 'POST, OPTIONS');
    }
  });

  const origins: [string, Record<string, string | undefined>, number][] = [
    ['the site', {origin: site}, 200],
    ['an origin that is listed', {origin: 'https://amp.example.org'}, 200],
    ['another site', {origin: 'https://evil.example'}, 403],
    ['a look-alike', {origin: 'https://www.example.org.evil.example'}, 403],
    ['the site over http', {origin: 'http://www.example.org'}, 403],
    ['a sandboxed frame', {origin: 'null'}, 403],
    [
      'a page of the same origin without Origin',
      {origin: undefined, 'sec-fetch-site': 'same-origin'},
      200,
    ],
    ['a cross-site page without Origin', {origin: undefined, 'sec-fetch-site': 'cross-site'}, 403],
    ['a same-site page without Origin', {origin: undefined, 'sec-fetch-site': 'same-site'}, 403],
    ['a program that says nothing', {origin: undefined}, 403],
    [
      'another site that claims to be ours',
      {origin: 'https://evil.example', 'sec-fetch-site': 'same-origin'},
      403,
    ],
  ];
  for (const [who, headers, status] of origins)
    it(`answers ${status} to ${who}`, async () => {
      const {press} = aCompanion({origins: ['https://amp.example.org']});
      const response = await press(anIntent(), headers);
      assert.equal(response.status, status);
      assert.equal(response.headers.get('vary'), 'Origin');
      const allowed = response.headers.get('access-control-allow-origin');
      assert.equal(allowed, status === 200 ? (headers['origin'] ?? null) : null);
    });

  it('answers a preflight of a listed origin only', async () => {
    const {server} = aCompanion();
    const ask = (origin: string) =>
      server.fetch(
        new Request(`${site}/checkout`, {
          method: 'OPTIONS',
          headers: {origin, 'access-control-request-method': 'POST'},
        }),
      );
    const good = await ask(site);
    assert.equal(good.status, 204);
    assert.equal(good.headers.get('access-control-allow-origin'), site);
    assert.equal(good.headers.get('access-control-allow-headers'), 'content-type');
    assert.equal(good.headers.get('access-control-allow-credentials'), null);
    assert.equal((await ask('https://evil.example')).status, 403);
  });

  it('serves its routes only under the configured prefix', async () => {
    const {press, server} = aCompanion({basePath: '/companion'});
    assert.equal((await press()).status, 200);
    const bare = await server.fetch(
      new Request(`${site}/checkout`, {method: 'POST', headers: {origin: site}}),
    );
    assert.equal(bare.status, 404);
    assert.equal(await codeOf(bare), 'not-found');
  });

  it('answers even when the log function throws', async () => {
    const {press, fake} = aCompanion({
      log() {
        throw new Error('the disk is full');
      },
      timeout: 50,
    });
    fake.fail({status: 500}, {status: 500});
    assert.equal((await press()).status, 503);
  });
});

describe('GET /checkout/:id', () => {
  it('reports a pending payment and an expired session', async () => {
    const {press, look, fake} = aCompanion();
    const state = async (id: string) => ((await (await look(id)).json()) as {state: string}).state;
    const late = await sessionOf(await press());
    await fake.pay(late, 'unpaid');
    assert.equal(await state(late), 'pending');
    await fake.settle(late);
    assert.equal(await state(late), 'paid');
    const gone = await sessionOf(await press(anIntent({attemptId: 'attempt-0002'})));
    await fake.expire(gone);
    assert.equal(await state(gone), 'expired');
  });

  it('reveals no personal data', async () => {
    const {press, look, fake} = aCompanion();
    const id = await sessionOf(await press(anIntent({email: 'reader@example.org'})));
    await fake.pay(id);
    const text = await (await look(id)).text();
    assert.deepEqual(Object.keys(JSON.parse(text) as object), ['state', 'frequency', 'amount']);
    assert.doesNotMatch(text, /reader@|cus_|sub_|pi_/);
  });

  it('answers 404 to sessions that do not belong to the kit', async () => {
    const {look, fake} = aCompanion();
    const response = await fake.fetch('https://api.stripe.com/v1/checkout/sessions', {
      method: 'POST',
      headers: {authorization: 'Bearer sk_test_x'},
      body: new URLSearchParams({
        mode: 'payment',
        success_url: site,
        'line_items[0][quantity]': '1',
        'line_items[0][price_data][currency]': 'usd',
        'line_items[0][price_data][unit_amount]': '500',
        'line_items[0][price_data][product]': 'prod_shop',
      }),
    });
    const {id} = (await response.json()) as {id: string};
    assert.match(id, /^cs_test_/);
    const answer = await look(id);
    assert.equal(answer.status, 404);
    assert.equal(await codeOf(answer), 'not-found');
  });

  for (const id of [
    'cs_test_unknown',
    'nonsense',
    'cs_test_',
    'cs_test_a%2F..%2Fb',
    'x'.repeat(400),
  ])
    it(`answers 404 to ${id.slice(0, 20)}`, async () => {
      const {look} = aCompanion();
      assert.equal((await look(id)).status, 404);
    });
});

describe('Stripe in trouble', () => {
  const faults = {
    'a 500 twice': [{status: 500}, {status: 500}],
    'a 503 that asks for a minute': [
      {status: 503, headers: {'retry-after': '60'}},
      {status: 503, headers: {'retry-after': '60'}},
    ],
    'silence twice': [{hang: true}, {hang: true}],
    'a broken connection twice': [{reset: true}, {reset: true}],
    'too many requests': [{status: 429}],
    'a page of HTML': [{body: '<h1>Bad gateway</h1>'}, {body: '<h1>Bad gateway</h1>'}],
    'a session without a page': [{body: '{"id":"cs_test_1","livemode":false}'}],
    'an empty answer': [{body: ''}, {body: ''}],
  };
  for (const [what, list] of Object.entries(faults))
    it(`answers 503 provider-down to ${what}, in time`, async () => {
      const {press, fake} = aCompanion({timeout: 100});
      fake.fail(...list);
      // Timers of one process fire in order, however busy the machine is.
      const late = new Promise<undefined>(go => setTimeout(go, 2 * 100 + 1000 + 300));
      const response = await Promise.race([press(), late]);
      assert.ok(response, 'took too long');
      assert.equal(response.status, 503);
      assert.equal(response.headers.get('retry-after'), '5');
      assert.equal(await codeOf(response), 'provider-down');
    });

  it('retries once with the same idempotency key, and the gift succeeds', async () => {
    const {press, fake} = aCompanion();
    fake.fail({status: 500});
    assert.equal((await press()).status, 200);
    assert.equal(fake.requests.length, 2);
    assert.equal(fake.requests[0]?.idempotencyKey, fake.requests[1]?.idempotencyKey);
    assert.ok(fake.requests[0]?.idempotencyKey);
  });

  it('creates one session when only the response was lost', async () => {
    const {press, fake} = aCompanion();
    fake.fail({reset: true, late: true});
    assert.equal((await press()).status, 200);
    assert.equal(fake.requests.length, 2);
    assert.equal(fake.requests[1]?.replayed, true);
    assert.equal(fake.created.length, 1);
  });

  it('answers the next press after a failure', async () => {
    const {press, fake} = aCompanion({timeout: 100});
    fake.fail({hang: true}, {hang: true});
    assert.equal((await press()).status, 503);
    assert.equal((await press()).status, 200);
  });

  it('reports an amount that Stripe refuses as too small with our own code', async () => {
    const tiny = {id: 'tiny', once: {USD: {min: 10, max: 100, presets: [10], preset: 10}}};
    const {press} = aCompanion({offers: [tiny]});
    const response = await press(
      anIntent({offerId: 'tiny', frequency: 'once', amount: {minor: 10, currency: 'USD'}}),
    );
    assert.equal(response.status, 422);
    assert.equal(await codeOf(response), 'amount-too-small');
  });

  it('leaks neither a key nor a message of Stripe', async () => {
    const {press, log} = aCompanion({
      timeout: 100,
      stripe: {secretKey: 'sk_test_very_secret', apiBase: 'http://localhost:9'},
    });
    const text = await (await press(anIntent({email: 'reader@example.org'}))).text();
    const seen = text + JSON.stringify(log);
    assert.match(seen, /provider-down/);
    assert.doesNotMatch(seen, /very_secret|sk_test|reader@|stack|node_modules|ECONN/);
    assert.doesNotMatch(seen, new RegExp(secret));
  });

  it('uses codes of the closed list only', async () => {
    const {press, fake} = aCompanion({timeout: 100});
    fake.fail({status: 401}, {status: 403}, {status: 400}, {status: 402}, {status: 404});
    for (let turn = 0; turn < 5; turn++) {
      const code = await codeOf(await press(anIntent({attemptId: `attempt-000${turn}`})));
      assert.ok(
        checkoutErrorCodes.some(known => known === code),
        code,
      );
    }
  });
});

describe('sessionExpiry()', () => {
  it('is between 35 and 60 minutes ahead at any second', () => {
    for (let second = 0; second < 4000; second++) {
      const now = 1_800_000_000 + second;
      const ahead = sessionExpiry(now * 1000) - now;
      assert.ok(ahead > 2100 - 1 && ahead <= 3600, `${ahead}`);
    }
  });
});

describe('attemptKey()', () => {
  it('is short enough for Stripe and differs by attempt', async () => {
    const one = await attemptKey('attempt-0001', {mode: 'payment'});
    assert.match(one, /^rs_[\da-f]{64}$/);
    assert.notEqual(one, await attemptKey('attempt-0002', {mode: 'payment'}));
    assert.notEqual(one, await attemptKey('attempt-0001', {mode: 'subscription'}));
  });
});
