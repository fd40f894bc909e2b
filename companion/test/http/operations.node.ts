import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {metrics, routeOf} from '../../src/http/metrics.js';
import {memoryStore} from '../../src/fake-stripe/index.js';
import {aCompanion, anIntent, site} from '../fixtures.js';

const metricsToken = 'a-token-of-the-tests';
const look = (
  {server}: Pick<ReturnType<typeof aCompanion>, 'server'>,
  path: string,
  headers: Record<string, string> = {},
) => server.fetch(new Request(site + path, {headers}));

describe('GET /health and GET /ready', () => {
  it('answer 200 when everything works', async () => {
    const companion = aCompanion({store: {...memoryStore(), ping: () => Promise.resolve()}});
    for (const path of ['/health', '/ready']) {
      const response = await look(companion, path);
      assert.equal(response.status, 200);
      assert.deepEqual(await response.json(), {ok: true});
      assert.equal(response.headers.get('cache-control'), 'no-store');
    }
  });

  it('distinguish a store that is down from a process that is down', async () => {
    const ping = () => Promise.reject(new Error('postgres://user:password@db'));
    const companion = aCompanion({store: {...memoryStore(), ping}});
    assert.equal((await look(companion, '/health')).status, 200);
    const response = await look(companion, '/ready');
    assert.equal(response.status, 503);
    assert.deepEqual(await response.json(), {ok: false, store: 'down'});
    assert.doesNotMatch(JSON.stringify(companion.log), /password/);
  });
});

describe('GET /metrics', () => {
  it('answers 404 without a configured token, or given a wrong one', async () => {
    const bearer = {authorization: `Bearer ${metricsToken}`};
    assert.equal((await look(aCompanion(), '/metrics', bearer)).status, 404);
    const companion = aCompanion({metricsToken});
    assert.equal((await look(companion, '/metrics')).status, 404);
    const wrong = {authorization: `Bearer ${metricsToken}x`};
    assert.equal((await look(companion, '/metrics', wrong)).status, 404);
    assert.equal((await look(companion, '/metrics', bearer)).status, 200);
  });

  it('refuses a token that is too short', () => {
    assert.throws(() => aCompanion({metricsToken: 'short'}), /`metricsToken`.*16 characters/);
  });

  it('counts responses by route and status, and problems by code', async () => {
    const companion = aCompanion({metricsToken}, '');
    await companion.press();
    await companion.press(anIntent({amount: {minor: 1, currency: 'USD'}}));
    companion.fake.fail({status: 500}, {status: 500});
    await companion.press(anIntent({attemptId: 'attempt-0002'}));
    await look(companion, '/a/path/of/their/own?with=203.0.113.7');
    const response = await look(companion, '/metrics', {authorization: `Bearer ${metricsToken}`});
    assert.equal(response.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    const text = await response.text();
    for (const line of [
      'reader_support_requests_total{route="checkout",status="200"} 1',
      'reader_support_requests_total{route="checkout",status="422"} 1',
      'reader_support_requests_total{route="checkout",status="503"} 1',
      'reader_support_requests_total{route="other",status="404"} 1',
      'reader_support_problems_total{problem="checkout/provider-down"} 1',
      'reader_support_request_seconds_count{route="checkout"} 3',
      'reader_support_request_seconds_bucket{le="+Inf",route="checkout"} 3',
    ])
      assert.ok(text.includes(`\n${line}\n`), `${line}\n${text}`);
    assert.doesNotMatch(text, /203\.0|their|example/);
  });

  it('counts the time of each route and class of status', async () => {
    const companion = aCompanion({metricsToken});
    await companion.press();
    await companion.press(anIntent({amount: {minor: 1, currency: 'USD'}}));
    await look(companion, '/health');
    const text = await companion.server.metrics();
    for (const line of [
      '_count{route="checkout",status="2xx"} 1',
      '_count{route="checkout",status="4xx"} 1',
      '_bucket{le="+Inf",route="health",status="2xx"} 1',
    ])
      assert.ok(text.includes(`\nreader_support_response_seconds${line}\n`), `${line}\n${text}`);
  });

  it('has the figures of the process, once for all companions in it', async () => {
    for (const companion of [aCompanion(), aCompanion()]) {
      const text = await companion.server.metrics();
      for (const name of [
        'process_resident_memory_bytes',
        'process_cpu_seconds_total',
        'nodejs_eventloop_lag_seconds',
      ]) {
        assert.match(text, new RegExp(`^${name} [\\d.e-]+$`, 'm'));
        assert.equal(text.split(`# TYPE ${name} `).length, 2);
      }
    }
  });

  it('prints every line in Prometheus’ format', async () => {
    const counted = metrics(() => ({used: 1, idle: 2, waiting: 3}));
    counted.answered('checkout', 200, 0.01);
    counted.count('events', 'stored', 5);
    for (const line of ((await counted.text()) ?? '').trimEnd().split('\n'))
      if (line)
        assert.match(
          line,
          /^(# (HELP|TYPE) [a-z\d_]+ .+|[a-z\d_]+(\{([a-z]+="[^"\\]*",?)+\})? ([\d.e+-]+|Nan))$/,
        );
  });
});

describe('metrics()', () => {
  const textOf = async (counted: ReturnType<typeof metrics>) => {
    const text = (await counted.text()) ?? '';
    // Those of the process come and go by themselves.
    return text.split('\n').filter(line => line.startsWith('reader_support_'));
  };

  it('never gets labels from the content of requests', async () => {
    const counted = metrics();
    for (let turn = 0; turn < 5000; turn++) {
      counted.count('problems', `invented"} ${turn}\n`);
      counted.answered(`route-${turn}`, 200, 1);
    }
    const lines = await textOf(counted);
    assert.ok(lines.length < 2200, `${lines.length} lines`);
    assert.ok(lines.includes('reader_support_problems_total{problem="other"} 4900'));
    assert.ok(lines.includes('reader_support_requests_total{route="other",status="200"} 4900'));
  });

  it('counts a time in every bucket above it', async () => {
    const counted = metrics();
    for (const seconds of [0.001, 0.3, 60]) counted.answered('events', 204, seconds);
    const lines = await textOf(counted);
    const name = 'reader_support_request_seconds';
    for (const [end, count] of [
      ['0.005', 1],
      ['0.1', 1],
      ['0.5', 2],
      ['10', 2],
      ['+Inf', 3],
    ])
      assert.ok(lines.includes(`${name}_bucket{le="${end}",route="events"} ${count}`));
    assert.ok(lines.includes(`${name}_sum{route="events"} 60.301`));
  });

  it('says how the connections of the database are used', async () => {
    const lines = await textOf(metrics(() => ({used: 7, idle: 2, waiting: 31})));
    for (const line of [
      'reader_support_database_connections{state="used"} 7',
      'reader_support_database_connections{state="idle"} 2',
      'reader_support_database_waiting 31',
    ])
      assert.ok(lines.includes(line), line);
    assert.ok(!(await textOf(metrics())).some(line => line.includes('database')));
  });
});

describe('routeOf()', () => {
  for (const [path, base, route] of [
    ['/checkout', '', 'checkout'],
    ['/checkout/cs_test_1', '', 'checkout'],
    ['/companion/events', '/companion', 'events'],
    ['/companion', '/companion', 'other'],
    ['/constructor', '', 'other'],
  ] as const)
    it(`returns ${route} given ${path}`, () => assert.equal(routeOf(path, base), route));
});

describe('a proxy in front of which nothing was told', () => {
  const asked = async (trustedHops: number, ...headers: Record<string, string>[]) => {
    const {server, log} = aCompanion({trustedHops});
    for (const given of headers)
      await server.fetch(new Request(`${site}/health`, {headers: given}), {address: '10.0.0.1'});
    return log.filter(({problem}) => problem === 'untold-proxy');
  };

  for (const header of ['X-Forwarded-For', 'Forwarded', 'CF-Connecting-IP', 'X-Real-IP'])
    it(`is named in the log, once: ${header}`, async () => {
      const given = {[header]: '192.0.2.7'};
      assert.deepEqual(await asked(0, {}, given, given, given), [
        {at: 'companion', problem: 'untold-proxy', detail: {option: 'trustedHops'}},
      ]);
      assert.deepEqual(await asked(1, given), []);
      assert.deepEqual(await asked(0, {}), []);
    });
});
