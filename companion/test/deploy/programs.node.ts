import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {readdirSync, writeFileSync} from 'node:fs';
import {readFile} from 'node:fs/promises';
import {createServer, type IncomingHttpHeaders} from 'node:http';
import type {AddressInfo} from 'node:net';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {fileURLToPath} from 'node:url';
import {parse} from 'yaml';
import {metrics} from '../../src/http/metrics.js';
import {aConfig, aFake, aFolder, secrets, start} from '../cli/fixtures.js';
import {compiled} from '../compiled.js';
import {freePort} from '../free-port.js';
import {caddyfile, deploy, fileOf, startService, type Service} from './containers.js';

/** Runs a program to its end. A program that is not there is a failure, never a test less. */
function run(program: string, args: readonly string[], env: Record<string, string> = {}) {
  const {status, stdout, stderr, error} = spawnSync(program, args, {
    encoding: 'utf8',
    env: {PATH: `${process.env['PATH'] ?? ''}:/usr/sbin`, ...env},
  });
  assert.ifError(error);
  return {status, output: stdout + stderr};
}

/** Asserts that a program is content. */
function pass(...given: Parameters<typeof run>): string {
  const {status, output} = run(...given);
  assert.equal(status, 0, output);
  return output;
}

describe('the files that operators copy', () => {
  const folder = aFolder({
    ...Object.fromEntries(readdirSync(deploy).map(name => [name, fileOf(name)])),
    '.env': 'POSTGRES_PASSWORD=letters1and2digits\nSITE_ADDRESS=www.example.org\n',
  });

  for (const name of ['compose.yaml', 'compose.postgres.yaml'])
    it(`please docker-compose config: ${name}`, () => {
      pass('docker-compose', ['--project-directory', folder, '-f', join(folder, name), 'config']);
    });

  it('please caddy validate', () => {
    const path = join(folder, 'Caddyfile');
    const env = {SITE_ADDRESS: 'www.example.org', COMPANIONS: 'one:8080 two:8080', HOME: folder};
    pass('caddy', ['validate', '--config', path, '--adapter', 'caddyfile'], env);
    assert.equal(pass('caddy', ['fmt', path], env), fileOf('Caddyfile'), 'it is formatted');
  });

  it('please promtool check rules', () => {
    pass('promtool', ['check', 'rules', join(folder, 'alerts.yml')]);
  });

  it('please systemd-analyze, with little that an intruder could do', () => {
    // The program that it starts has to be there.
    const unit = fileOf('reader-support.service').replace('/usr/bin/node', process.execPath);
    const path = join(folder, 'reader-support.service');
    writeFileSync(path, unit);
    assert.equal(pass('systemd-analyze', ['verify', path]), '');
    const output = pass('systemd-analyze', ['security', '--offline=true', '--no-pager', path]);
    const [, exposure] = /exposure level for \S+ ([\d.]+)/.exec(output) ?? [];
    assert.ok(Number(exposure) < 2, output);
  });
});

describe('reader-support.service', () => {
  it('starts with the command that it names', async () => {
    const unit = fileOf('reader-support.service');
    const {origin} = await aFake();
    const config = join(aFolder({'support.json': aConfig({apiBase: origin})}), 'support.json');
    const data = aFolder({});
    const command = /^ExecStart=(.*)$/m.exec(unit)?.[1]?.split(' ') ?? [];
    const [node, main, ...args] = command;
    assert.equal(node, '/usr/bin/node');
    assert.match(main ?? '', /\/node_modules\/reader-support-companion\/dist\/cli\/main\.js$/);
    const variables = [...unit.matchAll(/^Environment=(\w+)=(.*)$/gm)].map(
      ([, name = '', value = '']) => [name, value.replace('/var/lib/reader-support', data)],
    );
    const {child, ended, line} = start(
      args.map(arg => arg.replace('/etc/reader-support/support.json', config)),
      {...secrets, ...(Object.fromEntries(variables) as Record<string, string>)},
    );
    await line('"url"');
    assert.ok(readdirSync(data).includes('support.sqlite'), 'the database is in the state folder');
    child.kill('SIGTERM');
    assert.equal((await ended).code, 0);
  });
});

/** What arrived behind a proxy. */
interface Arrival {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

describe('the proxies in front', () => {
  const arrivals: Arrival[] = [];
  const origin = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const {url: path = '', headers} = request;
      if (path !== '/companion/health') arrivals.push({path, headers, body: Buffer.concat(chunks)});
      const isLost = path === '/companion/lost';
      response.writeHead(isLost ? 404 : 200, {'content-type': 'application/problem+json'});
      response.end('{"code":"from-the-companion"}');
    });
  });
  before(() => new Promise<void>(resolve => origin.listen(0, '127.0.0.1', resolve)));
  after(() => {
    origin.closeAllConnections();
    origin.close();
  });

  /** Starts a program as a service, and resolves with its address when it answers. */
  async function startProxy(
    name: 'nginx' | 'caddy',
  ): Promise<{readonly at: string; stop(): Promise<void>; logs(): Promise<string>}> {
    const [port, admin] = [await freePort(), await freePort()];
    const companion = `127.0.0.1:${(origin.address() as AddressInfo).port}`;
    const at = `http://127.0.0.1:${port}`;
    const folder = aFolder({Caddyfile: caddyfile(), access: ''});
    const path = join(folder, 'nginx.conf');
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    writeFileSync(
      join(folder, 'companion.conf'),
      fileOf('nginx.conf').replace('127.0.0.1:8080', companion),
    );
    // A site with the habits that could harm what passes: a cache, pages for errors, a log.
    writeFileSync(
      path,
      `${process.getuid?.() === 0 ? 'user root;' : ''}
      daemon off; worker_processes 1; pid ${folder}/pid; events {}
      http {
        ${temporary.map(kind => `${kind}_temp_path ${folder}/${kind};`).join(' ')}
        access_log ${folder}/access;
        proxy_cache_path ${folder}/cache keys_zone=pages:1m;
        server {
          listen 127.0.0.1:${port};
          proxy_cache pages; proxy_cache_valid any 10m; proxy_intercept_errors on;
          error_page 404 /lost.html;
          location / { return 200 "the site"; }
          include companion.conf;
        }
      }`,
    );
    const nginx = ['-p', folder, '-e', `${folder}/errors`, '-c', path];
    if (name === 'nginx') pass('nginx', ['-t', ...nginx]);
    const command =
      name === 'nginx'
        ? ['/usr/sbin/nginx', ...nginx]
        : ['caddy', 'run', '--config', join(folder, 'Caddyfile'), '--adapter', 'caddyfile'];
    const service: Service = {command, stop_grace_period: '10s'};
    const container = await startService(service, {
      folder,
      env: {
        SITE_ADDRESS: at,
        COMPANIONS: companion,
        CADDY_ADMIN: `127.0.0.1:${admin}`,
        HOME: folder,
      },
    });
    for (let turn = 0; ; turn++) {
      const response = await fetch(`${at}/companion/health`).catch(() => undefined);
      if (response?.ok) break;
      assert.ok(turn < 100, container.output());
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    return {
      at,
      stop: () => container.stop(),
      logs: async () => container.output() + (await readFile(join(folder, 'access'), 'utf8')),
    };
  }

  for (const name of ['nginx', 'caddy'] as const)
    it(`hand on what the companion needs, and only its path: ${name}`, async () => {
      const proxy = await startProxy(name);
      arrivals.length = 0;
      const body = Buffer.from(
        ' {"id": "evt_1",\r\n "name":"Café \ud83d\ude00\u0000",\t"a":1.0 }\n',
      );
      const response = await fetch(`${proxy.at}/companion/webhook`, {
        method: 'POST',
        body,
        headers: {
          'x-forwarded-for': '203.0.113.7, 198.51.100.9',
          'stripe-signature': 't=1,v1=abc',
          'content-type': 'application/json',
        },
      });
      assert.equal(response.status, 200);
      const [arrival] = arrivals;
      assert.ok(arrival);
      assert.deepEqual(arrival.body, body, 'the signature is over these bytes');
      assert.equal(arrival.headers['stripe-signature'], 't=1,v1=abc');
      const hops = String(arrival.headers['x-forwarded-for']).split(/, */);
      assert.equal(hops.at(-1), '127.0.0.1', 'the last hop is the one that the proxy saw');

      // Twice: the second would come from a cache.
      for (let turn = 0; turn < 2; turn++) {
        const lost = await fetch(`${proxy.at}/companion/lost`);
        assert.equal(lost.status, 404);
        assert.match(await lost.text(), /from-the-companion/);
        await (await fetch(`${proxy.at}/companion/access/restore/token-of-a-reader`)).text();
      }
      assert.equal(arrivals.length, 5, 'nothing comes from a cache');

      for (const path of ['/', '/companions', '/news/companion/', '/companion/metrics'])
        await (await fetch(proxy.at + path)).text();
      assert.equal(arrivals.length, 5, 'no other path arrives');
      await proxy.stop();
      assert.doesNotMatch(await proxy.logs(), /token-of-a-reader/);
    });
});

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: {readonly severity: string};
  readonly annotations: {readonly summary: string};
}

describe('alerts.yml', async () => {
  const file = parse(fileOf('alerts.yml')) as {groups: {rules: Rule[]}[]};
  const rules = file.groups.flatMap(group => group.rules);
  const sources = await readFile(
    await compiled('companion', new URL('../../src/', import.meta.url)),
    'utf8',
  );

  it('asks only for metrics that the companion has', async () => {
    const counted = metrics();
    counted.answered('webhook', 200, 0.1);
    const names = [...((await counted.text()) ?? '').matchAll(/^([a-z_]+)[ {]/gm)].map(
      ([, name]) => name,
    );
    names.push('reader_support_problems_total', 'reader_support_events_total');
    for (const {expr} of rules)
      for (const [name] of expr.matchAll(/reader_support_\w+/g))
        assert.ok(names.includes(name), `there is no ${name}`);
  });

  it('asks only for problems that the companion logs', () => {
    const labels = rules.flatMap(({expr}) =>
      [...expr.matchAll(/problem=~?"([^"]+)"/g)].flatMap(([, label = '']) =>
        label.replace('events/(dropped|full)', 'events/dropped|events/full').split('|'),
      ),
    );
    assert.ok(labels.length > 20);
    for (const label of new Set(labels)) {
      const [at = '', problem = ''] = label.split('/');
      // Of Stripe's problems and of mails the log tells by a variable.
      const word = problem === '.+' || problem === 'provider-down' ? '\\w' : `"${problem}"`;
      assert.match(sources, new RegExp(`at: "${at}",\\s+problem: ${word}`), label);
    }
  });

  const label = (problem: string) =>
    `reader_support_problems_total{job="reader-support",instance="a",problem="${problem}"}`;
  const requests = (route: string, status: number) =>
    `reader_support_requests_total{job="reader-support",instance="a",route="${route}",status="${status}"}`;
  /** A companion that takes gifts, for some minutes. */
  const healthy = (minutes: number): Record<string, string> => ({
    'up{job="reader-support",instance="a"}': `1x${minutes}`,
    [requests('checkout', 200)]: `0+2x${minutes}`,
    [requests('webhook', 200)]: `0+2x${minutes}`,
  });
  /** The series that are other than those of a healthy companion, a value a minute, and the alert after `at` minutes. */
  const cases: readonly (readonly [alert: string, at: number, series: Record<string, string>])[] = [
    ['ReaderSupportDown', 70, {'up{job="reader-support",instance="a"}': '1x60 0x30'}],
    ['ReaderSupportAnswersWithErrors', 80, {[requests('access', 503)]: '0+1x200'}],
    // One entry, in a series that was not there before.
    ['ReaderSupportStoreDown', 65, {[label('limiter/down')]: '_x60 1x60'}],
    ['ReaderSupportWebhookFails', 100, {[label('webhook/failed')]: '_x60 1+1x60'}],
    [
      'ReaderSupportWebhookRefused',
      200,
      {[requests('webhook', 200)]: '5x400', [requests('webhook', 400)]: '0+1x400'},
    ],
    ['ReaderSupportDeadLetters', 65, {[label('webhook/unreadable')]: '_x60 1x60'}],
    ['ReaderSupportDeadLetters', 185, {[label('webhook/unreadable')]: '1x180 2x60'}],
    ['ReaderSupportGiftsStopped', 500, {[requests('webhook', 200)]: '7x600'}],
    ['ReaderSupportNobodyAsks', 2960, {[requests('checkout', 200)]: '0+1x1430 1430x1570'}],
    ['ReaderSupportStripeDown', 90, {[label('checkout/provider-down')]: '0+2x200'}],
    ['ReaderSupportDispute', 65, {[label('webhook/alert')]: '_x60 1x60'}],
    ['ReaderSupportCardTesting', 90, {[label('limiter/rate-limited')]: '0+30x200'}],
    ['ReaderSupportHumanCheckDown', 65, {[label('human-check/down')]: '_x60 1x60'}],
    ['ReaderSupportMailStuck', 110, {[label('mail/given-up')]: '0+1x200'}],
    ['ReaderSupportEventsDropped', 65, {[label('events/full')]: '_x60 1x60'}],
    ['ReaderSupportWrongTokens', 65, {[label('companion/wrong-token')]: '_x60 1x60'}],
    ['ReaderSupportUntoldProxy', 65, {[label('companion/untold-proxy')]: '_x60 1x60'}],
    ['ReaderSupportFault', 65, {[label('companion/failed')]: '_x60 1x60'}],
    [
      'ReaderSupportCheckoutSlow',
      90,
      {
        'reader_support_request_seconds_bucket{route="checkout",le="2"}': '0+1x200',
        'reader_support_request_seconds_bucket{route="checkout",le="10"}': '0+9x200',
        'reader_support_request_seconds_bucket{route="checkout",le="+Inf"}': '0+9x200',
      },
    ],
  ];

  it('has an alert for each case, and no other', () => {
    assert.deepEqual(
      [...new Set(cases.map(([alert]) => alert))].sort(),
      rules.map(({alert}) => alert).sort(),
    );
    for (const {labels} of rules) assert.match(labels.severity, /^(page|ticket)$/);
  });

  it('fires where it should, and not while all is well', () => {
    const file = fileURLToPath(new URL('../../deploy/alerts.yml', import.meta.url));
    const seriesOf = (minutes: number, changes: Record<string, string> = {}) =>
      Object.entries({...healthy(minutes), ...changes}).map(([series, values]) => ({
        series,
        values,
      }));
    const of = {
      rule_files: [file],
      evaluation_interval: '5m',
      tests: [
        {
          interval: '1m',
          input_series: seriesOf(2900),
          alert_rule_test: rules.flatMap(({alert}) =>
            [30, 2900].map(at => ({eval_time: `${at}m`, alertname: alert, exp_alerts: []})),
          ),
        },
        ...cases.map(([alert, at, changes]) => ({
          interval: '1m',
          input_series: seriesOf(at, changes),
          promql_expr_test: [
            {
              expr: `count(ALERTS{alertname="${alert}",alertstate="firing"})`,
              eval_time: `${at}m`,
              exp_samples: [{labels: '{}', value: 1}],
            },
          ],
        })),
      ],
    };
    const path = join(aFolder({'cases.yml': JSON.stringify(of)}), 'cases.yml');
    pass('promtool', ['test', 'rules', path]);
  });
});
