import assert from 'node:assert/strict';
import {existsSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, it} from 'node:test';
import {parse} from 'dotenv';
import {heardEvents} from '../../src/gifts/index.js';
import {apiVersion} from '../../src/stripe/index.js';
import {longTestLimit} from '../../../test/time-limit.js';
import {aFake, aFolder, run} from './fixtures.js';

const key = {STRIPE_SECRET_KEY: 'rk_test_of_the_command_line'};
const site = 'https://www.example.org';
/** The Stripe of tests that do not look at it. */
const anyStripe = await aFake();
const args = (folder: string, ...more: string[]) => [
  ...['init', '--folder', folder, '--site', site, '--api-base', anyStripe.origin],
  ...['--publication', 'The Harbour Post', '--currency', 'EUR', ...more],
];
const jsonOf = (folder: string, name: string) =>
  JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, unknown>;
const envOf = (folder: string) => parse(readFileSync(join(folder, '.env')));

/** The endpoints that a fake was asked to make. */
const madeAt = ({fake}: Awaited<ReturnType<typeof aFake>>) =>
  fake.requests.filter(
    ({method, path}) => method === 'POST' && path.endsWith('/webhook_endpoints'),
  );

describe('reader-support init', {timeout: longTestLimit}, () => {
  it('writes the files, fresh secrets that only their owner reads, and makes the endpoint', async () => {
    const stripe = await aFake();
    const [one, other] = [join(aFolder({}), 'new'), aFolder({})];
    const {code, out, err} = await run(args(one, '--api-base', stripe.origin), key);
    assert.equal(code, 0, err);
    assert.match(
      out,
      /1\. .*nginx[^]*2\. Start it, in .*serve[^]*3\. See there that all is well.*doctor/,
    );

    const [request] = madeAt(stripe);
    assert.equal(request?.params['url'], `${site}/companion/webhook`);
    assert.equal(request.params['api_version'], apiVersion);
    assert.deepEqual(request.params['enabled_events'], heardEvents);
    assert.equal(heardEvents.length, 22);

    const env = envOf(one);
    assert.equal(env['STRIPE_SECRET_KEY'], key.STRIPE_SECRET_KEY);
    assert.match(env['STRIPE_WEBHOOK_SECRET']!, /^whsec_\w{20,}$/);
    assert.ok((JSON.parse(env['PASS_KEYS']!) as {kid?: string}).kid);
    assert.equal(statSync(join(one, '.env')).mode & 0o777, 0o600);
    const config = jsonOf(one, 'support.json');
    assert.equal(config['site'], site);
    assert.equal(config['trustedHops'], 1);
    for (const secret of Object.values(env))
      for (const name of ['support.json', 'campaigns.json', 'nginx.conf'])
        assert.ok(!readFileSync(join(one, name), 'utf8').includes(secret));

    assert.equal((await run(args(other, '--proxy', 'caddy'), key)).code, 0);
    for (const name of ['SUPPORT_SECRETS', 'METRICS_TOKEN', 'REPORT_TOKEN', 'PASS_KEYS'])
      assert.notEqual(envOf(other)[name], env[name], name);
    assert.match(readFileSync(join(other, 'Caddyfile'), 'utf8'), /handle \/companion\/\*/);
  });

  it('writes the files of a container or a service, with the path of the companion in them', async () => {
    for (const [run_, names] of [
      [
        'compose',
        ['.env', 'config/support.json', 'config/campaigns.json', 'Dockerfile', 'compose.yaml'],
      ],
      ['systemd', ['.env', 'support.json', 'campaigns.json', 'reader-support.service']],
    ] as const) {
      const folder = aFolder({});
      const {code, out, err} = await run(args(folder, '--run', run_, '--base-path', '/give'), key);
      assert.equal(code, 0, err);
      for (const name of names) assert.ok(existsSync(join(folder, name)), name);
      const proxy = readFileSync(join(folder, 'nginx.conf'), 'utf8');
      assert.match(proxy, /location \/give\/ \{/);
      assert.doesNotMatch(proxy, /\/companion\b/);
      assert.match(out, run_ === 'compose' ? /docker compose up/ : /systemctl enable --now/);
      const again = await run(['init', '--endpoint', '--folder', folder]);
      assert.equal(again.code, 0, again.err);
      assert.match(envOf(folder)['STRIPE_WEBHOOK_SECRET']!, /^whsec_/);
    }
  });

  for (const [currency, five] of [
    ['USD', 500],
    ['JPY', 500],
    ['KWD', 5000],
  ] as const)
    it(`offers amounts that the rules allow in ${currency}`, async () => {
      const folder = aFolder({});
      await run(args(folder, '--currency', currency, '--proxy', 'none'), key);
      const {offer} = jsonOf(folder, 'campaigns.json') as {
        offer: {monthly: Record<string, {preset: number}>};
      };
      assert.equal(offer.monthly[currency]?.preset, five);
      const {code, err} = await run(['check', join(folder, 'campaigns.json')]);
      assert.equal(code, 0, err);
    });

  it('overwrites nothing', async () => {
    for (const name of ['.env', 'support.json', 'campaigns.json', 'nginx.conf']) {
      const folder = aFolder({[name]: 'mine'});
      const {code, err} = await run(args(folder), key);
      assert.equal(code, 1);
      assert.ok(err.includes(`${folder} has ${name} already, and nothing was written`), err);
      assert.equal(readFileSync(join(folder, name), 'utf8'), 'mine');
      for (const rest of ['.env', 'support.json'])
        assert.equal(existsSync(join(folder, rest)), rest === name);
    }
  });

  for (const [given, changes, env, message] of [
    ['no site', ['--site', ''], key, /site: expected an origin such as https:/],
    ['a site with a path', ['--site', `${site}/news`], key, /site: expected an origin/],
    ['a site without a scheme', ['--site', 'www.example.org'], key, /site: expected an origin/],
    ['no such currency', ['--currency', 'EURO'], key, /currency: expected a code such as USD/],
    ['no such proxy', ['--proxy', 'apache'], key, /proxy: expected nginx, caddy or none/],
    ['no way to run', ['--run', 'pm2'], key, /run: expected node, compose or systemd/],
    ['a path that is none', ['--base-path', 'companion'], key, /base-path: expected a path/],
    ['no key', [], {}, /STRIPE_SECRET_KEY: expected a key such as rk_test_/],
    [
      'a publishable key',
      [],
      {STRIPE_SECRET_KEY: 'pk_test_of_a_page'},
      /received a publishable one/,
    ],
  ] as const)
    it(`refuses ${given} and writes nothing`, async () => {
      const folder = aFolder({});
      const {code, err} = await run(args(folder, ...changes), env);
      assert.equal(code, 1);
      assert.match(err, message);
      assert.doesNotMatch(err, /pk_test_of|\n {4}at /);
      assert.ok(!existsSync(join(folder, '.env')));
    });

  it('says what is left to do where it cannot make the endpoint', async () => {
    const stripe = await aFake();
    const live = aFolder({});
    const asked = await run(args(live, '--api-base', stripe.origin), {
      STRIPE_SECRET_KEY: 'rk_live_of_nobody',
    });
    assert.match(asked.out, /1\. With a live key: make the endpoint .*\/companion\/webhook/);
    assert.equal(envOf(live)['STRIPE_WEBHOOK_SECRET'], '');
    assert.equal(jsonOf(live, 'support.json')['allowLive'], true);
    assert.deepEqual(madeAt(stripe), []);

    const [first, second, refused] = [aFolder({}), aFolder({}), aFolder({})];
    const base = ['--api-base', stripe.origin];
    await run(args(first, ...base), key);
    const {out} = await run(args(second, ...base), key);
    assert.match(out, /1\. Stripe has an endpoint for .* already: copy its signing secret/);
    stripe.fake.fail({status: 403}, {status: 403}, {status: 403}, {status: 403});
    const without = await run(args(refused, ...base), key);
    assert.equal(without.code, 0, without.err);
    assert.ok(envOf(refused)['SUPPORT_SECRETS']);
  });

  it('makes another endpoint, and puts its secret before the old one', async () => {
    const stripe = await aFake();
    const folder = aFolder({});
    await run(args(folder, '--api-base', stripe.origin), key);
    const before = envOf(folder);
    const {code, out, err} = await run(['init', '--endpoint', '--folder', folder]);
    assert.equal(code, 0, err);
    assert.match(out, /Restart the companion, then delete the old endpoint/);
    const after = envOf(folder);
    assert.match(after['STRIPE_WEBHOOK_SECRET']!, /^whsec_\w+,whsec_\w+$/);
    assert.ok(after['STRIPE_WEBHOOK_SECRET']!.endsWith(before['STRIPE_WEBHOOK_SECRET']!));
    assert.equal(after['PASS_KEYS'], before['PASS_KEYS']);
    assert.equal(madeAt(stripe).length, 2);

    const text = readFileSync(join(folder, '.env'), 'utf8');
    writeFileSync(
      join(folder, '.env'),
      text.replace(/^STRIPE_WEBHOOK_SECRET=.*$/m, 'STRIPE_WEBHOOK_SECRET='),
    );
    assert.equal((await run(['init', '--endpoint', '--folder', folder])).code, 0);
    assert.match(envOf(folder)['STRIPE_WEBHOOK_SECRET']!, /^whsec_\w+$/);
  });
});
