import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {serve, type ServerType} from '@hono/node-server';
import {Stripe} from 'stripe';
import {
  signWebhook,
  stripeFake,
  stripeJsStub,
  type StripeFake,
} from '../../src/fake-stripe/index.js';

type Params = Stripe.Checkout.SessionCreateParams;

const now = () => Date.UTC(2026, 10, 23, 12);
const seconds = now() / 1000;

function sdkFor(fake: StripeFake, key = 'sk_test_a'): Stripe {
  const httpClient = Stripe.createFetchHttpClient(fake.fetch);
  return new Stripe(key, {httpClient, telemetry: false, maxNetworkRetries: 0});
}

function someParams(changes: object = {}): Params {
  return {
    mode: 'payment',
    ui_mode: 'hosted_page',
    line_items: [aLine()],
    success_url: 'https://www.example.org/thanks?id={CHECKOUT_SESSION_ID}',
    cancel_url: 'https://www.example.org/article',
    ...changes,
  };
}

function aLine(price: object = {}) {
  return {
    quantity: 1,
    price_data: {currency: 'usd', unit_amount: 500, product_data: {name: 'Support'}, ...price},
  };
}

const monthly = (changes: object = {}) =>
  someParams({
    mode: 'subscription',
    line_items: [aLine({recurring: {interval: 'month'}})],
    subscription_data: {metadata: {rs: '1'}},
    ...changes,
  });

const embedded = {
  ui_mode: 'embedded_page',
  success_url: undefined,
  cancel_url: undefined,
  return_url: 'https://www.example.org/thanks?id={CHECKOUT_SESSION_ID}',
};

describe('stripeFake(): Checkout Sessions through the real SDK', () => {
  it('makes, shows and expires a session', async () => {
    const fake = stripeFake({now});
    const stripe = sdkFor(fake);
    const session = await stripe.checkout.sessions.create(
      someParams({client_reference_id: 'rs1_a', metadata: {rs: '1'}, locale: 'de'}),
    );
    assert.match(session.id, /^cs_test_\w+$/);
    assert.equal(session.url, `http://localhost:8080/stripe-fake/pay/${session.id}`);
    assert.equal(session.status, 'open');
    assert.equal(session.payment_status, 'unpaid');
    assert.equal(session.amount_total, 500);
    assert.equal(session.client_secret, null);
    assert.equal(session.livemode, false);
    assert.equal(session.expires_at, seconds + 86_400);

    const again = await stripe.checkout.sessions.retrieve(session.id);
    assert.deepEqual(again.metadata, {rs: '1'});
    const expired = await stripe.checkout.sessions.expire(session.id);
    assert.equal(expired.status, 'expired');
    assert.equal(expired.url, null);
    await assert.rejects(stripe.checkout.sessions.expire(session.id), {
      type: 'StripeInvalidRequestError',
    });
  });

  it('expires a session by itself when its time has run out', async () => {
    let time = now();
    const fake = stripeFake({now: () => time});
    const stripe = sdkFor(fake);
    const {id} = await stripe.checkout.sessions.create(someParams({expires_at: seconds + 1800}));
    time += 1801 * 1000;
    assert.equal((await stripe.checkout.sessions.retrieve(id)).status, 'expired');
    await assert.rejects(fake.pay(id));
  });

  it('records what was asked, in the SDK’s own types', async () => {
    const fake = stripeFake({now});
    const params = monthly({metadata: {rs: '1', note: 'true'}, expires_at: seconds + 3600});
    await sdkFor(fake).checkout.sessions.create(params, {idempotencyKey: 'key-1'});
    assert.deepEqual(fake.created, [params]);
    const [request] = fake.requests;
    assert.deepEqual(request, {
      method: 'POST',
      path: '/v1/checkout/sessions',
      params,
      idempotencyKey: 'key-1',
      apiVersion: '2026-10-28.endive',
      status: 200,
      replayed: false,
    });
  });

  it('gives an embedded session a client secret instead of a page', async () => {
    const stripe = sdkFor(stripeFake({now}));
    const session = await stripe.checkout.sessions.create(someParams(embedded));
    assert.equal(session.url, null);
    assert.ok(session.client_secret?.startsWith(`${session.id}_secret_`));
    assert.equal(session.redirect_on_completion, 'always');
  });

  it('answers equal keys alike and refuses other parameters', async () => {
    const fake = stripeFake({now});
    const stripe = sdkFor(fake);
    const key = {idempotencyKey: 'key-1'};
    const one = await stripe.checkout.sessions.create(someParams(), key);
    const two = await stripe.checkout.sessions.create(someParams(), key);
    assert.equal(one.id, two.id);
    assert.equal(fake.requests[1]?.replayed, true);
    assert.equal(fake.created.length, 1);
    await assert.rejects(stripe.checkout.sessions.create(someParams({locale: 'de'}), key), {
      type: 'StripeIdempotencyError',
      statusCode: 400,
    });
    assert.equal((await stripe.checkout.sessions.create(someParams())).id === one.id, false);
  });

  it('lets a refused request be tried again with the same key', async () => {
    const stripe = sdkFor(stripeFake({now}));
    const key = {idempotencyKey: 'key-1'};
    await assert.rejects(stripe.checkout.sessions.create(someParams({locale: 'xx'}), key));
    assert.ok((await stripe.checkout.sessions.create(someParams(), key)).id);
  });

  const refused: [string, object, string | undefined, string?][] = [
    ['the old hosted', {ui_mode: 'hosted'}, 'ui_mode'],
    ['the old embedded', {ui_mode: 'embedded'}, 'ui_mode'],
    ['the old custom', {ui_mode: 'custom'}, 'ui_mode'],
    [
      'payment_method_types',
      {payment_method_types: ['card']},
      'payment_method_types',
      'parameter_unknown',
    ],
    ['a parameter nobody knows', {colour: 'red'}, 'colour', 'parameter_unknown'],
    ['no mode', {mode: undefined}, 'mode', 'parameter_missing'],
    ['no items', {line_items: undefined}, 'line_items', 'parameter_missing'],
    ['no success_url', {success_url: undefined}, 'success_url', 'parameter_missing'],
    ['a success_url that is none', {success_url: '/thanks'}, 'success_url', 'url_invalid'],
    [
      'a success_url with an embedded page',
      {...embedded, success_url: 'https://www.example.org'},
      'success_url',
    ],
    [
      'a cancel_url with an embedded page',
      {...embedded, cancel_url: 'https://www.example.org'},
      'cancel_url',
    ],
    ['no return_url with an embedded page', {...embedded, return_url: undefined}, 'return_url'],
    ['a return_url with a hosted page', {return_url: 'https://www.example.org'}, 'return_url'],
    ['a reference of 201', {client_reference_id: 'x'.repeat(201)}, 'client_reference_id'],
    ['an unknown locale', {locale: 'en-US'}, 'locale'],
    ['a locale it lost', {locale: 'ar'}, 'locale'],
    ['an end in 29 minutes', {expires_at: seconds + 29 * 60}, 'expires_at'],
    ['an end in 25 hours', {expires_at: seconds + 25 * 3600}, 'expires_at'],
    ['51 keys of metadata', {metadata: manyKeys(51)}, 'metadata'],
    ['a key of 41', {metadata: {['k'.repeat(41)]: 'v'}}, 'metadata'],
    ['a value of 501', {metadata: {k: 'v'.repeat(501)}}, 'metadata[k]'],
    [
      'a value of 501 for the payment',
      {payment_intent_data: {metadata: {k: 'v'.repeat(501)}}},
      'payment_intent_data[metadata][k]',
    ],
    [
      'a subscription of a single gift',
      {subscription_data: {metadata: {}, description: 'x'}},
      'subscription_data',
    ],
    ['an unknown button', {submit_type: 'give'}, 'submit_type'],
    ['an address that is none', {customer_email: 'a b'}, 'customer_email', 'email_invalid'],
  ];
  for (const [what, change, param, code] of refused)
    it(`refuses ${what}`, async () => {
      const fake = stripeFake({now});
      await assert.rejects(sdkFor(fake).checkout.sessions.create(someParams(change)), {
        type: 'StripeInvalidRequestError',
        statusCode: 400,
        param,
        ...(code && {code}),
      });
      assert.equal(fake.created.length, 0);
    });

  function manyKeys(count: number) {
    return Object.fromEntries(Array.from({length: count}, (_, at) => [`k${at}`, 'v']));
  }

  const prices: [string, object, string | undefined][] = [
    ['49 cents', {unit_amount: 49}, 'amount_too_small'],
    ['50 cents', {unit_amount: 50}, undefined],
    ['29 pence', {currency: 'gbp', unit_amount: 29}, 'amount_too_small'],
    ['174 forint', {currency: 'huf', unit_amount: 17_400}, 'amount_too_small'],
    ['175 forint', {currency: 'huf', unit_amount: 17_500}, undefined],
    ['the most', {unit_amount: 99_999_999}, undefined],
    ['more than the most', {unit_amount: 100_000_000}, 'amount_too_large'],
    ['500 yen', {currency: 'jpy', unit_amount: 500}, undefined],
    ['half a króna', {currency: 'isk', unit_amount: 50_050}, 'parameter_invalid_integer'],
    ['500 krónur', {currency: 'isk', unit_amount: 50_000}, undefined],
    ['half a shilling', {currency: 'ugx', unit_amount: 500_050}, 'parameter_invalid_integer'],
    ['1.234 dinar', {currency: 'kwd', unit_amount: 1234}, 'parameter_invalid_integer'],
    ['1.230 dinar', {currency: 'kwd', unit_amount: 1230}, undefined],
    ['a broken amount', {unit_amount: 1.5}, 'parameter_invalid_integer'],
    ['a negative amount', {unit_amount: -500}, 'parameter_invalid_integer'],
  ];
  for (const [what, price, code] of prices)
    it(`${code ? 'refuses' : 'takes'} ${what}`, async () => {
      const creating = sdkFor(stripeFake({now})).checkout.sessions.create(
        someParams({line_items: [aLine(price)]}),
      );
      if (code) await assert.rejects(creating, {code});
      else assert.equal((await creating).status, 'open');
    });

  it('refuses an unknown currency, two products and none', async () => {
    const stripe = sdkFor(stripeFake({now}));
    for (const price of [
      {currency: 'xxx'},
      {product: 'prod_1'},
      {product_data: undefined},
      {recurring: {interval: 'month'}},
    ])
      await assert.rejects(
        stripe.checkout.sessions.create(someParams({line_items: [aLine(price)]})),
        {type: 'StripeInvalidRequestError'},
      );
    await assert.rejects(stripe.checkout.sessions.create(monthly({line_items: [aLine()]})), {
      param: 'line_items[0][price_data][recurring]',
    });
  });

  it('takes secret and restricted test keys only', async () => {
    const fake = stripeFake({now});
    const asking = (key: string) => sdkFor(fake, key).checkout.sessions.create(someParams());
    assert.ok((await asking('rk_test_a')).id);
    await assert.rejects(asking('pk_test_a'), {type: 'StripePermissionError'});
    await assert.rejects(asking('sk_live_a'), {type: 'StripeAuthenticationError'});
    assert.doesNotMatch(JSON.stringify(fake.requests), /_test_a|_live_a/);
  });

  it('knows nothing of what it was never told', async () => {
    const stripe = sdkFor(stripeFake({now}));
    const gone = {type: 'StripeInvalidRequestError', statusCode: 404};
    await assert.rejects(stripe.checkout.sessions.retrieve('cs_test_none'), gone);
    await assert.rejects(stripe.subscriptions.retrieve('sub_none'), gone);
    await assert.rejects(stripe.products.list(), gone);
    await assert.rejects(stripe.billingPortal.sessions.create({customer: 'cus_none'}), gone);
  });
});

describe('stripeFake(): what follows a payment', () => {
  it('makes a payment and a charge with the metadata of a single gift', async () => {
    const fake = stripeFake({now});
    const stripe = sdkFor(fake);
    const {id} = await stripe.checkout.sessions.create(
      someParams({metadata: {rs: '1'}, payment_intent_data: {metadata: {rs: '1', a: 'b'}}}),
    );
    await fake.pay(id);
    const session = await stripe.checkout.sessions.retrieve(id, {
      expand: ['payment_intent.latest_charge', 'line_items'],
    });
    assert.equal(session.status, 'complete');
    assert.equal(session.payment_status, 'paid');
    assert.equal(session.line_items?.data[0]?.amount_total, 500);
    const intent = session.payment_intent as Stripe.PaymentIntent;
    assert.deepEqual(intent.metadata, {rs: '1', a: 'b'});
    assert.deepEqual((intent.latest_charge as Stripe.Charge).metadata, {rs: '1', a: 'b'});
    assert.equal(session.subscription, null);
  });

  it('makes a subscription as of 2026-10-28.endive', async () => {
    const fake = stripeFake({now});
    const stripe = sdkFor(fake);
    const {id} = await stripe.checkout.sessions.create(monthly());
    assert.equal(fake.session(id).subscription, null, 'it exists after the payment only');
    await fake.pay(id);
    const session = await stripe.checkout.sessions.retrieve(id, {
      expand: ['subscription', 'invoice', 'customer'],
    });
    const subscription = session.subscription as Stripe.Subscription;
    const [item] = subscription.items.data;
    assert.deepEqual(subscription.metadata, {rs: '1'});
    assert.equal(item?.current_period_start, seconds);
    assert.equal(item.current_period_end, Date.UTC(2026, 11, 23, 12) / 1000);
    assert.equal('current_period_end' in subscription, false);
    const invoice = session.invoice as Stripe.Invoice;
    assert.equal('subscription' in invoice, false);
    assert.equal('payment_intent' in invoice, false);
    assert.deepEqual(invoice.parent?.subscription_details, {
      subscription: subscription.id,
      metadata: {rs: '1'},
    });
    assert.equal(invoice.billing_reason, 'subscription_create');
    assert.equal((session.customer as Stripe.Customer).email, 'reader@example.com');

    const payments = await stripe.invoicePayments.list({invoice: invoice.id});
    const payment = payments.data[0]?.payment.payment_intent;
    assert.equal(typeof payment, 'string');
    const intent = await stripe.paymentIntents.retrieve(payment as string);
    assert.deepEqual(intent.metadata, {}, 'a subscription keeps its metadata to itself');
  });

  it('renews, misses a payment, and ends at the end of a period', async () => {
    const fake = stripeFake({now});
    const stripe = sdkFor(fake);
    const {id} = await stripe.checkout.sessions.create(monthly());
    await fake.pay(id);
    await fake.renew(id);
    assert.equal(
      fake.subscription(id).items.data[0]?.current_period_end,
      Date.UTC(2027, 0, 23, 12) / 1000,
    );
    await fake.renew(id, 'declined');
    assert.equal(fake.subscription(id).status, 'past_due');
    await fake.renew(id);
    assert.equal(fake.subscription(id).status, 'active');
    await fake.cancel(id, 'period-end');
    assert.equal(fake.subscription(id).cancel_at_period_end, true);
    assert.equal(fake.subscription(id).status, 'active');
    await fake.renew(id);
    assert.equal(fake.subscription(id).status, 'canceled');
    await assert.rejects(async () => fake.renew(id));
    assert.deepEqual(
      fake.events.map(event => event.type).filter(type => !type.startsWith('charge.')),
      [
        'customer.created',
        'customer.subscription.created',
        'payment_intent.succeeded',
        'invoice.paid',
        'checkout.session.completed',
        'invoice.paid',
        'customer.subscription.updated',
        'invoice.payment_failed',
        'customer.subscription.updated',
        'invoice.paid',
        'customer.subscription.updated',
        'customer.subscription.updated',
        'customer.subscription.deleted',
      ],
    );
  });

  it('keeps to the last day of a short month', async () => {
    let time = Date.UTC(2027, 0, 31, 12);
    const fake = stripeFake({now: () => time});
    const {id} = await sdkFor(fake).checkout.sessions.create(monthly());
    await fake.pay(id);
    const end = () => (fake.subscription(id).items.data[0]?.current_period_end ?? 0) * 1000;
    assert.equal(end(), Date.UTC(2027, 1, 28, 12));
    time = end();
    await fake.renew(id);
    assert.equal(end(), Date.UTC(2027, 2, 31, 12));
  });

  it('gives back in parts, and no more than was paid', async () => {
    const fake = stripeFake({now});
    const stripe = sdkFor(fake);
    const {id} = await stripe.checkout.sessions.create(someParams());
    await fake.pay(id);
    const intent = fake.session(id).payment_intent ?? '';
    const refund = await stripe.refunds.create({payment_intent: intent, amount: 200});
    assert.equal(refund.amount, 200);
    await assert.rejects(stripe.refunds.create({payment_intent: intent, amount: 400}));
    await fake.refund(id);
    await assert.rejects(fake.refund(id), {code: 'charge_already_refunded'});
    const charge = await stripe.charges.retrieve(refund.charge as string);
    assert.equal(charge.amount_refunded, 500);
    assert.equal(charge.refunded, true);
  });

  it('is cancelled through the API', async () => {
    const fake = stripeFake({now});
    const stripe = sdkFor(fake);
    const {id} = await stripe.checkout.sessions.create(monthly());
    await fake.pay(id);
    const subscription = fake.subscription(id).id;
    const ending = await stripe.subscriptions.update(subscription, {cancel_at_period_end: true});
    assert.equal(ending.cancel_at_period_end, true);
    assert.equal((await stripe.subscriptions.cancel(subscription)).status, 'canceled');
    await assert.rejects(stripe.subscriptions.cancel(subscription), {statusCode: 404});
  });
});

describe('stripeFake(): webhooks', () => {
  it('sends events that the real SDK verifies', async () => {
    const secret = 'whsec_of_the_double';
    const heard: Stripe.Event[] = [];
    const stripe = new Stripe('sk_test_a');
    const fake = stripeFake({
      webhooks: {
        secret,
        async to(request) {
          const header = request.headers.get('stripe-signature') ?? '';
          heard.push(stripe.webhooks.constructEvent(await request.text(), header, secret));
          return new Response();
        },
      },
    });
    const {id} = await sdkFor(fake).checkout.sessions.create(someParams());
    await fake.pay(id);
    assert.deepEqual(
      heard.map(event => event.type),
      ['charge.succeeded', 'payment_intent.succeeded', 'checkout.session.completed'],
    );
    assert.equal(heard[0]?.api_version, '2026-10-28.endive');
    assert.equal(new Set(fake.events.map(event => event.id)).size, 3);
    assert.ok(fake.deliveries.every(({status}) => status === 200));
  });

  it('signs as the SDK does', async () => {
    const timestamp = Math.floor(now() / 1000);
    const payload = '{"a":"ü"}';
    assert.equal(
      await signWebhook(payload, 'whsec_x', now()),
      new Stripe('sk_test_a').webhooks.generateTestHeaderString({
        payload,
        secret: 'whsec_x',
        timestamp,
      }),
    );
  });

  it('delivers twice, late and shuffled on demand, and bears an endpoint that is down', async () => {
    const types: string[] = [];
    const fake = stripeFake({
      webhooks: {
        secret: 'whsec_x',
        twice: true,
        shuffle: true,
        random: () => 0,
        delay: 5,
        async to(request) {
          types.push(((await request.json()) as {type: string}).type);
          if (types.length === 1) throw new Error('down');
          return new Response(null, {status: 500});
        },
      },
    });
    const {id} = await sdkFor(fake).checkout.sessions.create(someParams());
    await fake.pay(id);
    assert.deepEqual(types, []);
    await fake.settled();
    assert.equal(types.length, 6);
    assert.notEqual(types[0], 'charge.succeeded');
    assert.deepEqual(
      fake.deliveries.map(({status}) => status),
      [0, 500, 500, 500, 500, 500],
    );
  });
});

describe('stripeFake(): pages', () => {
  const base = 'http://localhost:8080';
  const get = (fake: StripeFake, path: string) => fake.fetch(base + path);
  const submit = (fake: StripeFake, path: string, name: string, value = '1') =>
    fake.fetch(base + path, {method: 'POST', body: new URLSearchParams({[name]: value})});

  async function anOpenPage(changes: object = {}, params = someParams) {
    const fake = stripeFake({now});
    const {id} = await sdkFor(fake).checkout.sessions.create(params(changes));
    return {fake, id, path: `/stripe-fake/pay/${id}`};
  }

  it('says that it is a test, what is paid, in which currency and how often', async () => {
    for (const [params, often] of [
      [someParams, 'once'],
      [monthly, 'every month'],
    ] as const) {
      const {fake, path} = await anOpenPage({}, params);
      const html = await (await get(fake, path)).text();
      assert.match(html, /Test page\./);
      assert.match(html, /5/);
      assert.match(html, />USD</);
      assert.ok(html.includes(`>${often}<`));
      assert.match(html, /<button[^>]* name="pay"/);
      assert.match(html, /<button[^>]* name="decline"/);
      assert.match(html, /<a rel="back" href="https:\/\/www\.example\.org\/article"/);
    }
  });

  it('works without a script and under its own strict policy', async () => {
    const {fake, path} = await anOpenPage();
    const response = await get(fake, path);
    const html = await response.text();
    assert.doesNotMatch(html, /<script|<style|\sstyle=|\son\w+=/);
    assert.equal(
      response.headers.get('content-security-policy'),
      "default-src 'none'; style-src 'self'; form-action 'self' https://www.example.org; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  it('writes what it was given as text', async () => {
    const evil = '<img src=x onerror=alert(1)>"\'&';
    const {fake, path} = await anOpenPage({
      line_items: [aLine({product_data: {name: evil}})],
    });
    const html = await (await get(fake, path)).text();
    assert.doesNotMatch(html, /<img/);
    assert.match(html, /&lt;img src=x onerror=alert\(1\)&gt;&quot;&#39;&amp;/);
  });

  it('pays: 303 to the success URL with its template filled', async () => {
    const {fake, id, path} = await anOpenPage();
    const response = await submit(fake, path, 'pay');
    assert.equal(response.status, 303);
    assert.equal(response.headers.get('location'), `https://www.example.org/thanks?id=${id}`);
    assert.equal(fake.session(id).payment_status, 'paid');
  });

  it('declines, says so, and lets one try again', async () => {
    const {fake, id, path} = await anOpenPage();
    const declined = await submit(fake, path, 'decline');
    assert.equal(declined.status, 303);
    const html = await (await get(fake, declined.headers.get('location') ?? '')).text();
    assert.match(html, /role="alert">The card was declined/);
    assert.equal(fake.session(id).status, 'open');
    assert.equal((await submit(fake, path, 'pay')).status, 303);
    assert.equal(fake.session(id).status, 'complete');
  });

  it('charges once, however often the button is pressed', async () => {
    const {fake, path} = await anOpenPage();
    await submit(fake, path, 'pay');
    const again = await submit(fake, path, 'pay');
    assert.equal(again.headers.get('location'), path);
    assert.match(await (await get(fake, path)).text(), /paid already/);
    const paid = fake.events.filter(event => event.type === 'checkout.session.completed');
    assert.equal(paid.length, 1);
  });

  it('has an end', async () => {
    const {fake, id, path} = await anOpenPage();
    await fake.expire(id);
    const response = await get(fake, path);
    assert.equal(response.status, 410);
    assert.match(await response.text(), /expired/);
    assert.equal((await get(fake, '/stripe-fake/pay/cs_test_none')).status, 404);
    assert.equal((await get(fake, '/elsewhere')).status, 404);
  });

  it('lives under any path', async () => {
    const fake = stripeFake({origin: 'https://pay.test', base: '/x/y', now});
    const session = await sdkFor(fake).checkout.sessions.create(someParams());
    assert.equal(session.url, `https://pay.test/x/y/pay/${session.id}`);
    const html = await (await fake.fetch(session.url)).text();
    assert.ok(html.includes('href="/x/y/pay.css"'));
    assert.ok(html.includes(`action="/x/y/pay/${session.id}"`));
    assert.equal((await fake.fetch('https://pay.test/x/y/pay.css')).status, 200);
  });

  it('embeds: a page for a frame of the site, which says when it is done', async () => {
    const {fake, id} = await anOpenPage(embedded);
    const path = `/stripe-fake/embedded/${id}`;
    const open = await get(fake, path);
    assert.match(
      open.headers.get('content-security-policy') ?? '',
      /script-src 'self'; .*frame-ancestors 'self' https:\/\/www\.example\.org$/,
    );
    assert.match(await open.text(), /data-state="open"/);
    assert.equal((await submit(fake, path, 'pay')).headers.get('location'), path);
    const done = await (await get(fake, path)).text();
    assert.match(done, /data-state="complete"/);
    assert.ok(done.includes(`data-return="https://www.example.org/thanks?id=${id}"`));
    assert.equal((await get(fake, `/stripe-fake/pay/${id}`)).status, 404);
  });

  it('does not lead away when nothing asks for it', async () => {
    const {fake, id} = await anOpenPage({...embedded, redirect_on_completion: 'if_required'});
    const path = `/stripe-fake/embedded/${id}`;
    await submit(fake, path, 'pay');
    assert.match(await (await get(fake, path)).text(), /data-state="complete" data-return=""/);
  });

  it('shows a portal that ends only its own customer’s support', async () => {
    const fake = stripeFake({now});
    const stripe = sdkFor(fake);
    const subscribe = async () => {
      const {id} = await stripe.checkout.sessions.create(monthly());
      await fake.pay(id);
      return fake.subscription(id);
    };
    const mine = await subscribe();
    const other = await subscribe();
    const portal = await stripe.billingPortal.sessions.create({
      customer: mine.customer,
      return_url: 'https://www.example.org/account',
    });
    const path = new URL(portal.url).pathname;
    const html = await (await get(fake, path)).text();
    assert.ok(html.includes(mine.id));
    assert.ok(!html.includes(other.id));
    assert.equal((await submit(fake, path, 'cancel', mine.id)).status, 303);
    await submit(fake, path, 'cancel', other.id);
    assert.equal(fake.subscription(mine.id).cancel_at_period_end, true);
    assert.equal(fake.subscription(other.id).cancel_at_period_end, false);
    assert.match(await (await get(fake, path)).text(), /Ends on 2026-12-23/);
    await submit(fake, path, 'keep', mine.id);
    assert.equal(fake.subscription(mine.id).cancel_at_period_end, false);
  });

  it('serves a stand-in for Stripe.js', async () => {
    const fake = stripeFake({now});
    const text = await (await get(fake, '/stripe-fake/stripe.js')).text();
    assert.equal(text, stripeJsStub('http://localhost:8080/stripe-fake'));
    assert.match(text, /Stripe\.version = 'endive'/);
  });
});

describe('stripeFake(): over a network', () => {
  it('is spoken to by the SDK with host, port and protocol', async () => {
    const fake = stripeFake({now});
    const server = await new Promise<ServerType>(resolve => {
      const made = serve(
        {fetch: request => fake.fetch(request), port: 0, hostname: '127.0.0.1'},
        () => resolve(made),
      );
    });
    const address = server.address();
    assert.ok(address && typeof address === 'object');
    try {
      const stripe = new Stripe('sk_test_a', {
        host: '127.0.0.1',
        port: address.port,
        protocol: 'http',
        telemetry: false,
      });
      const session = await stripe.checkout.sessions.create(monthly());
      assert.equal((await stripe.checkout.sessions.retrieve(session.id)).id, session.id);
      fake.fail({status: 500});
      assert.equal((await stripe.checkout.sessions.retrieve(session.id)).id, session.id);
      assert.deepEqual(
        fake.requests.map(request => request.status),
        [200, 200, 500, 200],
      );
    } finally {
      server.close();
    }
  });
});
