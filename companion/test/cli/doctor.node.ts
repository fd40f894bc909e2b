import assert from 'node:assert/strict';
import {chmodSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {after, describe, it} from 'node:test';
import type {Finding} from '../../src/cli/finding.js';
import {longTestLimit} from '../../../test/time-limit.js';
import {freePort} from '../free-port.js';
import {aFake, aFolder, run, start, type Running} from './fixtures.js';

const key = {STRIPE_SECRET_KEY: 'rk_test_of_the_command_line'};

/** A folder that `init` has written, with a fake, and a companion that serves it. */
async function aSetUp(changes: Record<string, unknown> = {}) {
  const stripe = await aFake();
  const port = await freePort();
  const folder = aFolder({});
  const site = `http://127.0.0.1:${port}`;
  const {code, err} = await run(
    [
      ...['init', '--folder', folder, '--site', site, '--publication', 'The Harbour Post'],
      ...['--proxy', 'none', '--api-base', stripe.origin],
    ],
    key,
  );
  assert.equal(code, 0, err);
  const file = join(folder, 'support.json');
  const config = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const change = (more: Record<string, unknown>) =>
    writeFileSync(file, JSON.stringify({...config, ...changes, ...more}));
  change({database: `file:${join(folder, 'support.sqlite')}`});
  const examine = async (env: Record<string, string> = {}, ...more: string[]) => {
    const {code: exit, out} = await run(['doctor', '--json', '--config', file, ...more], env);
    const findings = JSON.parse(out) as Finding[];
    return {
      exit,
      wrong: findings.filter(({state}) => state !== 'ok'),
      of: (what: string) => findings.filter(finding => finding.what === what),
    };
  };
  const serve = async (): Promise<Running> => {
    const server = start(['serve', '--config', file], {PORT: `${port}`});
    await server.line('"url"');
    return server;
  };
  return {stripe, folder, file, port, config, change, examine, serve};
}

/** Adds the caller to `X-Forwarded-For`, as proxies do, or does something else with the headers. */
async function aProxy(port: number, change: (headers: Headers) => void) {
  const server = createServer((request, response) => {
    const headers = new Headers(
      Object.entries(request.headers).flatMap<[string, string]>(([name, value]) =>
        typeof value === 'string' && name !== 'connection' && name !== 'host'
          ? [[name, value]]
          : [],
      ),
    );
    change(headers);
    fetch(`http://127.0.0.1:${port}${request.url ?? ''}`, {headers}).then(
      async answer => response.writeHead(answer.status).end(await answer.text()),
      () => response.writeHead(502).end(),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const append = (headers: Headers) => headers.append('x-forwarded-for', '203.0.113.4');

// Here and not in a hook, at whose end its folder would be removed.
const site = await aSetUp();
const server = await site.serve();
after(() => server.child.kill());

describe('reader-support doctor', {timeout: longTestLimit}, () => {
  it('finds nothing wrong with what `init` has written, and ends with 0', async () => {
    const {exit, wrong} = await site.examine();
    assert.deepEqual(wrong, []);
    assert.equal(exit, 0);
    const {code, out} = await run(['doctor', '--config', site.file]);
    assert.equal(code, 0);
    assert.match(out, /^ok {4}webhook endpoint: .*with all 22 events$/m);
    const log = await server.line('"at":"request"');
    assert.ok(log);
  });

  describe('looks at the proxies', () => {
    for (const [given, hops, proxies, says] of [
      ['one that nobody told it of', 0, [append], /1 in front, but `trustedHops` is 0/],
      ['two, of which it knows one', 1, [append, append], /2 in front, but `trustedHops` is 1/],
      ['none, where it trusts one', 1, [], /0 in front, but `trustedHops` is 1: readers choose/],
      ['one that it knows', 1, [append], undefined],
      [
        'one that writes the header anew',
        1,
        [(headers: Headers) => headers.set('x-forwarded-for', '203.0.113.4')],
        undefined,
      ],
    ] as const)
      it(`given ${given}`, async () => {
        const own = await aSetUp({trustedHops: hops});
        const running = await own.serve();
        let {port} = own;
        for (const change of proxies) port = Number(new URL(await aProxy(port, change)).port);
        const {exit, of} = await own.examine({}, '--url', `http://127.0.0.1:${port}/companion`);
        const [finding] = of('proxies');
        assert.equal(finding?.state, says ? 'fail' : 'ok', finding?.says);
        if (says) assert.match(finding.says, says);
        assert.equal(exit, says ? 1 : 0);
        running.child.kill();
      });

    it('given one that takes cookies out', async () => {
      const url = await aProxy(site.port, headers => headers.delete('cookie'));
      const {of} = await site.examine({}, '--url', `${url}/companion`);
      assert.deepEqual(
        of('cookies').map(({state}) => state),
        ['fail', 'warn'],
      );
    });
  });

  it('says when nothing answers, something else does, or with another token', async () => {
    const nowhere = await freePort();
    for (const [url, env, says] of [
      [`http://127.0.0.1:${nowhere}/companion`, {}, /nothing answers at .*ECONNREFUSED/],
      [site.stripe.origin, {}, /something else answers/],
      [`http://127.0.0.1:${site.port}/companion`, {METRICS_TOKEN: 'x'.repeat(40)}, /HTTP 404/],
    ] as const) {
      const {exit, of} = await site.examine(env, '--url', url);
      assert.match(of('running companion')[0]!.says, says);
      assert.equal(exit, 1);
    }
  });

  describe('looks at Stripe', () => {
    for (const [given, endpoint, says] of [
      ['no endpoint', undefined, /Stripe has none for/],
      ['one for another address', {to: 'https://www.example.org/hook'}, /Stripe has none for/],
      ['one of another version', {apiVersion: '2024-06-20'}, /API version 2024-06-20 instead of/],
    ] as const)
      it(`given ${given}`, async () => {
        const own = await aSetUp();
        // Each set-up has one that is right; the fake lists another in its place.
        const others = await aFake();
        own.change({apiBase: others.origin, database: ':memory:'});
        others.fake.webhooks = endpoint && {
          to: `http://127.0.0.1:${own.port}/companion/webhook`,
          secret: 'whsec_of_the_command_line',
          ...endpoint,
        };
        const {exit, of} = await own.examine();
        assert.match(of('webhook endpoint')[0]!.says, says);
        assert.ok(of('webhook endpoint')[0]!.cure);
        assert.equal(exit, 1);
      });

    it('given a key that may do everything, and one that is not taken', async () => {
      const all = await site.examine({STRIPE_SECRET_KEY: 'sk_test_of_everything'});
      assert.equal(all.of('Stripe key')[0]?.state, 'warn');
      assert.equal(all.exit, 0);
      const nowhere = await freePort();
      const own = await aSetUp({apiBase: `http://127.0.0.1:${nowhere}`});
      own.change({database: ':memory:'});
      const {of, exit} = await own.examine();
      for (const what of ['rights', 'selling', 'webhook endpoint', 'clock'])
        assert.equal(of(what)[0]?.state, 'fail', what);
      assert.equal(exit, 1);
    });
  });

  it('looks at the database, the secrets, mail and the offers', async () => {
    const own = await aSetUp();
    const {folder} = own;
    own.change({database: `file:${join(folder, 'none', 'support.sqlite')}`});
    assert.match((await own.examine()).of('database')[0]!.cure!, /mkdir -p .*none/);
    const wrong = await own.examine({
      DATABASE_URL: 'postgres://user:swordfish@127.0.0.1:1/none',
      METRICS_TOKEN: 'short',
      SUPPORT_SECRETS: 'short',
      STRIPE_WEBHOOK_SECRET: 'we_123',
    });
    assert.equal(wrong.of('database')[0]?.state, 'fail');
    assert.doesNotMatch(JSON.stringify(wrong.wrong), /swordfish|we_123/);
    assert.equal(wrong.exit, 1);
    chmodSync(join(folder, '.env'), 0o644);
    own.change({
      database: ':memory:',
      mail: {from: 'post@example.org'},
      campaigns: undefined,
      offers: [{monthly: {USD: {min: 300, max: 40_000, presets: [500], preset: 500}}}],
    });
    const {of} = await own.examine(
      {SMTP_URL: 'smtp://user:swordfish@127.0.0.1:1'},
      ...['--campaigns', join(folder, 'campaigns.json')],
    );
    assert.match(of('secrets')[0]!.cure!, /chmod 600/);
    assert.equal(of('mail')[0]?.state, 'fail');
    assert.deepEqual(
      of('campaigns').map(({says}) => says.replace(/is \d.*/, 'differs')),
      ['"support" is not sold once in USD', '"support" monthly in USD differs'],
    );
  });

  it('lists what is wrong with a configuration that cannot be used', async () => {
    const file = join(aFolder({'support.json': {site: 'https://www.example.org'}}), 'support.json');
    const {code, out} = await run(['doctor', '--config', file]);
    assert.equal(code, 1);
    assert.match(out, /^fail {2}configuration: [^]*STRIPE_SECRET_KEY \(environment\): is missing/m);
  });
});
