import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, it} from 'node:test';
import {Stripe} from 'stripe';
import {turnstile, type EventStore, type LogEntry, type Store} from '../../src/companion.js';
import {memoryEvents, memoryStore, signWebhook} from '../../src/fake-stripe/index.js';
import {aConfig, aFolder, run, start} from '../cli/fixtures.js';
import {aCompanion, anIntent, site} from '../fixtures.js';

/** Values that must never be printed. Each is a word that occurs nowhere else. */
const canaries = {
  stripeKey: 'sk_test_canary4711stripekey',
  webhookSecret: 'whsec_canary4711webhook',
  turnstileKey: 'canary4711turnstile',
  metricsToken: 'canary4711-metrics-token',
  database: 'postgres://canary4711user:canary4711password@db.example',
  address: '203.0.113.211',
  forwarded: '198.51.100.211',
  email: 'canary4711@reader.example',
  agent: 'Mozilla/5.0 Canary4711Browser',
  cookie: 'canary4711cookie',
  challenge: 'canary4711challenge',
  stripeMessage: 'canary4711: your card was declined by your bank',
  page: '/canary4711/illness',
} as const;

const words = /canary4711|203\.0\.113\.211|198\.51\.100\.211/i;

/** A store whose errors contain a password, like those of a database. */
function failingStore(): Store {
  const fail = () => Promise.reject(new Error(`cannot connect to ${canaries.database}`));
  const events: EventStore = {...memoryEvents(), add: fail};
  return {
    ...memoryStore(),
    claim: fail,
    ping: fail,
    events,
    limits: {read: fail, write: fail},
  };
}

/** Collects every output of a companion in which everything fails. */
async function everythingSaid(store?: Store): Promise<string[]> {
  const said: string[] = [];
  const log: LogEntry[] = [];
  const keep = async (response: Response) => {
    said.push(JSON.stringify([...response.headers]), await response.text());
    return response;
  };
  const written: string[] = [];
  const consoles = ['log', 'info', 'warn', 'error', 'debug'] as const;
  const originals = consoles.map(name => console[name]);
  for (const name of consoles)
    console[name] = (...given: unknown[]) => void written.push(given.join(' '));
  try {
    const answers: object[] = [
      {success: false, 'error-codes': [`invalid-input-secret ${canaries.turnstileKey}`]},
      {success: false, 'error-codes': ['invalid-input-response', canaries.challenge]},
      {success: true},
    ];
    const humanCheck = turnstile({
      secretKey: canaries.turnstileKey,
      fetch: () =>
        Promise.resolve(Response.json(answers.length > 1 ? answers.shift() : answers[0])),
    });
    const companion = aCompanion({
      ...(store && {store}),
      webhookSecrets: [canaries.webhookSecret],
      metricsToken: canaries.metricsToken,
      humanCheck,
      trustedHops: 1,
      limits: {perAddress: [{max: 8, windowMs: 60_000}]},
      log: entry => log.push(entry),
    });
    const {fake, server} = companion;
    const headers = {
      'user-agent': canaries.agent,
      cookie: `session=${canaries.cookie}`,
      referer: site + canaries.page,
      'x-forwarded-for': canaries.forwarded,
    };
    let count = 0;
    const press = async (changes: object = {}) =>
      await keep(
        await companion.press(
          anIntent({
            attemptId: `attempt-${++count + 1000}`,
            email: canaries.email,
            challenge: canaries.challenge,
            attribution: {campaign: 'winter', page: canaries.page, readerId: canaries.email},
            ...changes,
          }),
          headers,
          canaries.address,
        ),
      );
    const error = (type: string, more: object = {}) =>
      JSON.stringify({error: {type, message: canaries.stripeMessage, ...more}});
    await press();
    await press();
    for (const [status, body] of [
      [400, error('invalid_request_error', {param: 'customer_email', code: 'email_invalid'})],
      [401, error('authentication_error')],
      [402, error('card_error', {code: 'card_declined'})],
      [403, error('invalid_request_error')],
      [500, error('api_error')],
      [200, canaries.stripeMessage],
    ] as const) {
      fake.fail({status, body}, {status, body});
      await press();
    }
    for (let turn = 0; turn < 6; turn++) await press();
    await press({offerId: canaries.email});
    await press({[canaries.email]: 1});

    const request = async (method: string, path: string, body?: string, more: object = {}) =>
      await keep(
        await server.fetch(
          new Request(site + path, {
            method,
            headers: {origin: site, 'content-type': 'application/json', ...headers, ...more},
            ...(body !== undefined && {body}),
          }),
          {address: canaries.address},
        ),
      );
    const event = JSON.stringify({
      id: 'evt_1',
      type: 'checkout.session.completed',
      created: 1,
      livemode: false,
      data: {object: {id: canaries.email, customer_details: {email: canaries.email}}},
    });
    const signed = {
      'stripe-signature': await signWebhook(event, canaries.webhookSecret, Date.now()),
    };
    await request('POST', '/webhook', event, signed);
    await request('POST', '/webhook', event, {'stripe-signature': canaries.webhookSecret});
    await request('POST', '/webhook', event);
    const batch = {id: 'batch-0001', events: [{name: 'view', campaign: 'winter'}]};
    await request('POST', '/events', JSON.stringify(batch));
    await request('POST', '/events', JSON.stringify({...batch, reader: canaries.email}));
    await request('PUT', '/reader', JSON.stringify({v: 1, email: canaries.email}));
    await request('PUT', '/reader', canaries.email);
    await request('GET', '/ready');
    await request('GET', `/metrics`);
    await request('GET', `/checkout/cs_test_${canaries.cookie}`);
    await request('GET', canaries.page);
    const authorization = `Bearer ${canaries.metricsToken}`;
    await request('GET', '/metrics', undefined, {authorization});
    said.push(await server.metrics());
    await server.settled();
  } finally {
    consoles.forEach((name, at) => (console[name] = originals[at]!));
  }
  assert.ok(log.length > 8, 'there was trouble to tell of');
  return [...said, ...written, ...log.map(entry => JSON.stringify(entry))];
}

describe('secrets, addresses and the provider’s messages', () => {
  for (const [given, store] of [
    ['a store that works', undefined],
    ['a store that fails', failingStore()],
  ] as const)
    it(`are in no answer, log, metric or console, given ${given}`, async () => {
      const said = await everythingSaid(store);
      assert.ok(said.length > 60);
      assert.deepEqual(
        said.filter(text => words.test(text)),
        [],
      );
    });

  it('are in no error of an invalid set-up', () => {
    for (const options of [
      {stripe: {secretKey: ` ${canaries.stripeKey}`}},
      {stripe: {secretKey: canaries.stripeKey.replace('sk_test', 'pk_test')}},
      {stripe: {secretKey: canaries.stripeKey.replace('test', 'live')}},
      {webhookSecrets: [canaries.webhookSecret, ' ']},
      {metricsToken: 'canary4711'},
    ])
      assert.throws(
        () => aCompanion(options),
        (error: Error) => !words.test(`${error.message}${error.stack?.split('\n')[0]}`),
      );
  });

  it('are in no output of the command, whether it starts or fails', async () => {
    const folder = aFolder({'companion.json': aConfig()});
    const args = ['serve', '--config', `${folder}/companion.json`];
    const env = {
      STRIPE_SECRET_KEY: canaries.stripeKey,
      STRIPE_WEBHOOK_SECRET: canaries.webhookSecret,
      METRICS_TOKEN: canaries.metricsToken,
      TURNSTILE_SECRET_KEY: canaries.turnstileKey,
    };
    const inVain = await run(args, {
      ...env,
      DATABASE_URL: `${canaries.database.replace('db.example', '127.0.0.1:1')}/x`,
    });
    assert.notEqual(inVain.code, 0);
    assert.match(inVain.err, /database/);
    assert.doesNotMatch(inVain.out + inVain.err, words);

    const running = start(args, {...env, DATABASE_URL: `${folder}/support.sqlite`});
    const {url} = (await running.line('"url"')) as {url: string};
    const headers = {
      origin: 'http://localhost:9999',
      'content-type': 'application/json',
      'user-agent': canaries.agent,
      'x-forwarded-for': canaries.forwarded,
    };
    const bodies = [anIntent({email: canaries.email}), {id: canaries.email, events: []}];
    for (const path of ['checkout', 'events', 'webhook', 'reader', canaries.page.slice(1)])
      for (const body of bodies) {
        const method = path === 'reader' ? 'PUT' : 'POST';
        await fetch(`${url}/companion/${path}`, {method, headers, body: JSON.stringify(body)});
      }
    running.child.kill('SIGTERM');
    const {code, out, err} = await running.ended;
    assert.equal(code, 0, err);
    assert.ok(out.split('\n').length > 10);
    assert.doesNotMatch(out + err, words);
  });

  it('are contained in errors of the SDK, so that these tests can fail', async () => {
    const stripe = new Stripe(canaries.stripeKey, {
      httpClient: Stripe.createFetchHttpClient(() =>
        Promise.resolve(
          Response.json(
            {error: {type: 'card_error', message: canaries.stripeMessage}},
            {status: 402},
          ),
        ),
      ),
      maxNetworkRetries: 0,
    });
    await assert.rejects(stripe.checkout.sessions.retrieve('cs_test_1'), words);
  });
});

describe('the published files', () => {
  const dist = fileURLToPath(new URL('../../../dist/', import.meta.url));
  const files = readdirSync(dist, {recursive: true, encoding: 'utf8'}).filter(path =>
    /\.(js|json|css|d\.ts)$/.test(path),
  );
  const textOf = (path: string) => readFileSync(dist + path, 'utf8');

  it('contain no key and no secret', () => {
    assert.ok(files.length > 100);
    const secret = /\b([sr]k_(test|live)|whsec)_[A-Za-z0-9]{6,}/;
    assert.deepEqual(
      files.filter(path => secret.test(textOf(path))),
      [],
    );
  });

  it('contain nothing of the companion in the files for browsers', () => {
    const browser = files.filter(path => path.endsWith('.js') && !path.startsWith('npm/'));
    assert.ok(browser.length > 5);
    const ofServer = /STRIPE_SECRET|webhookSecrets|stripe-signature|siteverify|postgres/i;
    assert.deepEqual(
      browser.filter(path => ofServer.test(textOf(path))),
      [],
    );
  });
});
