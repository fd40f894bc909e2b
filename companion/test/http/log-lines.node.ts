import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {describe, it} from 'node:test';
import {createSupportServer, type LogEntry, type LogLine} from '../../src/companion.js';
import {openLog} from '../../src/cli/log.js';
import {currentRequest, duringRequest, requestIdOf} from '../../src/http/current-request.js';
import {lineOf, sampledLines} from '../../src/http/log-lines.js';
import {memoryEvents, memoryStore} from '../../src/fake-stripe/index.js';
import {aConfig, aFolder, start} from '../cli/fixtures.js';
import {aCompanion, anIntent, offer, secret, site} from '../fixtures.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const textOf = (path: string) => readFileSync(root + path, 'utf8');

/** The names of all lines that the sources write. */
function namesInSources(): string[] {
  const sources = readdirSync(`${root}companion/src`, {recursive: true, encoding: 'utf8'})
    .filter(path => path.endsWith('.ts') && !path.startsWith('fake-stripe'))
    .map(path => textOf(`companion/src/${path}`));
  const names = new Set<string>();
  const codes = (path: string, pattern: RegExp) =>
    [...textOf(`companion/src/${path}`).matchAll(pattern)].map(([, code = '']) => code);
  /** What stands where a problem is not written out. */
  const computed: Readonly<Record<string, readonly string[]>> = {
    // A session that is not there is nothing to log.
    checkout: codes('stripe/payments.ts', /new Problem\((?!404)\d+, '([\w-]+)'/g),
    mail: ['<code>', ...codes('mail/outbox.ts', /tell\(.*? \? '([\w-]+)' : /g), 'given-up'],
  };
  for (const source of sources) {
    for (const [, at = '', problem] of source.matchAll(
      /\bat: '([\w-]+)',\s*problem(?:: (?:'([\w-]+)'|[\w.]+))?,?/g,
    ))
      for (const code of problem ? [problem] : (computed[at] ?? ['computed, and not in this test']))
        names.add(`${at}/${code}`);
    for (const [, name = ''] of source.matchAll(/level: '\w+', name: '([\w/-]+)'/g))
      names.add(name);
  }
  return [...names].sort();
}

/** The rows of the table in the documentation. */
const rows = [
  ...textOf('docs/operations.md').matchAll(
    /^\| `([\w/<>-]+)` +\| (info|warn|error) +\| (.+?) +\| (.+?) +\|$/gm,
  ),
].map(([, name = '', level = '', cause = '', cure = '']) => ({name, level, cause, cure}));

describe('the table of lines in the documentation', () => {
  it('has a row for every line that the sources write, and no other', () => {
    const names = namesInSources();
    assert.ok(names.length > 20, `${names.length} lines`);
    assert.deepEqual(rows.map(({name}) => name).sort(), names);
  });

  it('says the level of each, a cause and a cure', () => {
    for (const {name, level, cause, cure} of rows) {
      assert.ok(cause.length > 10 && cure.length > 3, name);
      const [at = '', problem = ''] = name.split('/');
      if (level === 'info' || at === 'job') continue;
      const entry = {at, problem: problem.replace('<code>', 'EAUTH 535')} as LogEntry;
      assert.equal(lineOf(entry).level, level, name);
    }
  });
});

describe('requestIdOf()', () => {
  const idOf = (given?: string) =>
    requestIdOf(new Request(site, {headers: given === undefined ? {} : {'x-request-id': given}}));

  for (const given of ['4bf92f3577b34da6a3ce929d0e0e4736', 'req_1-A', 'a', 'x'.repeat(64)])
    it(`takes ${given}`, () => assert.equal(idOf(given), given));

  for (const given of [
    undefined,
    '',
    'x'.repeat(65),
    'reader@example.org',
    '203.0.113.7',
    '2001:db8::7',
    'two words',
    '{"level":"error"}',
    'a,b',
    'é',
  ])
    it(`makes one in place of ${given}`, () => {
      assert.match(idOf(given), /^[\da-f-]{36}$/);
      assert.notEqual(idOf(given), idOf(given));
    });
});

describe('currentRequest()', () => {
  it('is that of the caller, however many are answered at once', async () => {
    const pause = () => new Promise(go => setTimeout(go, Math.random() * 5));
    const answers = Array.from({length: 50}, (_, at) =>
      duringRequest({id: `id-${at}`, route: 'events'}, async () => {
        await pause();
        await pause();
        return currentRequest()?.id;
      }),
    );
    assert.deepEqual(
      await Promise.all(answers),
      answers.map((_, at) => `id-${at}`),
    );
    assert.equal(currentRequest(), undefined);
  });
});

describe('the lines of a request', () => {
  const failing = () => Promise.reject(new Error('down'));

  it('have its id and route, which the answer has as well', async () => {
    const lines: LogLine[] = [];
    const {server, fake, press} = aCompanion({
      store: {...memoryStore(), ping: failing, events: {...memoryEvents(), add: failing}},
      log: (_, line) => lines.push(line),
    });
    const ready = await server.fetch(
      new Request(`${site}/ready`, {headers: {'x-request-id': 'from-the-proxy'}}),
    );
    assert.equal(ready.headers.get('x-request-id'), 'from-the-proxy');
    fake.fail({status: 500}, {status: 500});
    const answer = await press(anIntent(), {'x-request-id': '192.0.2.1'});
    const requestId = answer.headers.get('x-request-id');
    assert.match(requestId ?? '', /^[\da-f-]{36}$/);
    assert.deepEqual(lines, [
      {
        ...{level: 'error', name: 'companion/not-ready', at: 'companion', problem: 'not-ready'},
        ...{type: 'Error', route: 'ready', requestId: 'from-the-proxy'},
      },
      {
        ...{level: 'error', name: 'checkout/provider-down', at: 'checkout'},
        ...{problem: 'provider-down', type: 'StripeAPIError', code: undefined, param: undefined},
        ...{status: 500, request: lines[1]?.['request'], route: 'checkout', requestId},
      },
    ]);
  });

  for (const [method, path] of [
    ['GET', '/health'],
    ['GET', '/nothing/here'],
    ['DELETE', '/checkout'],
    ['OPTIONS', '/events'],
    ['GET', '/access/restore'],
    ['POST', '/webhook'],
  ] as const)
    it(`have an id in the answer to ${method} ${path}`, async () => {
      const {server} = aCompanion();
      const {headers} = await server.fetch(
        new Request(site + path, {method, headers: {origin: site, 'x-request-id': 'mine'}}),
      );
      assert.equal(headers.get('x-request-id'), 'mine');
    });

  it('are JSON on the console, where there is no log of the site', async () => {
    const written: string[] = [];
    const {error, warn} = console;
    console.error = console.warn = (line: string) => void written.push(line);
    try {
      const server = createSupportServer({
        ...{site, offers: [offer], webhookSecrets: [secret]},
        stripe: {secretKey: 'sk_test_of_the_tests'},
        store: {...memoryStore(), ping: failing},
      });
      const headers = {'x-forwarded-for': '192.0.2.7'};
      for (let turn = 0; turn < 5; turn++)
        await server.fetch(new Request(`${site}/ready`, {headers}));
    } finally {
      Object.assign(console, {error, warn});
    }
    const lines = written.map(line => JSON.parse(line) as LogLine);
    assert.deepEqual(
      lines.map(({level, name}) => `${level} ${name}`),
      ['warn companion/untold-proxy', 'error companion/not-ready'],
    );
    assert.doesNotMatch(written.join(), /192\.0/);
  });
});

describe('sampledLines()', () => {
  /** A printer at a clock of its own. */
  function aPrinter() {
    const printed: string[] = [];
    let time = 0;
    const {print, flush} = sampledLines(
      ({name, by, repeated}) => printed.push([name, by, repeated].filter(Boolean).join(' ')),
      () => time,
    );
    const say = (name: string, more: object = {}) => print({level: 'warn', name, ...more});
    return {printed, say, flush, wait: (ms: number) => (time += ms)};
  }

  it('prints a flood as one line a minute, with how many they were', () => {
    const {printed, say, flush, wait} = aPrinter();
    // Ten a second, for three minutes.
    for (let turn = 0; turn < 1800; turn++) {
      say('limiter/rate-limited', {by: 'address', requestId: `${turn}`});
      wait(100);
    }
    flush();
    const line = 'limiter/rate-limited address';
    assert.deepEqual(printed, [line, `${line} 599`, `${line} 600`, `${line} 600`]);
  });

  it('prints lines that say something else at once', () => {
    const {printed, say} = aPrinter();
    say('limiter/rate-limited', {by: 'address'});
    say('limiter/rate-limited', {by: 'everybody'});
    say('limiter/down');
    say('limiter/rate-limited', {by: 'address'});
    assert.deepEqual(printed, [
      'limiter/rate-limited address',
      'limiter/rate-limited everybody',
      'limiter/down',
    ]);
  });

  it('prints a line again when it was not repeated for a minute', () => {
    const {printed, say, wait} = aPrinter();
    for (let turn = 0; turn < 3; turn++) {
      say('passes/store-down');
      wait(60_000);
    }
    assert.deepEqual(printed, Array(3).fill('passes/store-down'));
  });

  it('tells of a flood that is over when something else is to be told', () => {
    const {printed, say, wait} = aPrinter();
    for (let turn = 0; turn < 8; turn++) say('events/failed');
    wait(60_000);
    say('events/full');
    assert.deepEqual(printed, ['events/failed', 'events/failed 7', 'events/full']);
  });

  it('counts problems of many events as one, but keeps each dispute', () => {
    const {printed, say, flush} = aPrinter();
    for (let turn = 0; turn < 3; turn++) {
      say('webhook/failed', {event: `evt_${turn}`});
      say('webhook/alert', {event: `evt_${turn}`});
    }
    flush();
    assert.deepEqual(printed, [
      ...['webhook/failed', 'webhook/alert', 'webhook/alert', 'webhook/alert'],
      'webhook/failed 2',
    ]);
  });

  it('keeps few lines, however different they are', () => {
    const {printed, say, flush} = aPrinter();
    for (let turn = 0; turn < 5000; turn++) say(`mail/${turn % 2500}`);
    flush();
    assert.equal(printed.length, 5000);
  });
});

describe('the lines of `serve`', () => {
  it('each have a level, a name and, in a request, a route and an id', async () => {
    const folder = aFolder({'companion.json': aConfig()});
    const running = start(['serve', '--config', `${folder}/companion.json`], {
      STRIPE_SECRET_KEY: 'sk_test_of_the_tests',
      STRIPE_WEBHOOK_SECRET: 'whsec_of_the_tests',
      DATABASE_URL: `${folder}/support.sqlite`,
    });
    const {url} = (await running.line('"url"')) as {url: string};
    const headers = {'x-request-id': 'trace-1', 'x-forwarded-for': '203.0.113.211'};
    const response = await fetch(`${url}/companion/health`, {headers});
    assert.equal(response.headers.get('x-request-id'), 'trace-1');
    running.child.kill('SIGTERM');
    const {out} = await running.ended;
    const lines = out
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as LogLine);
    const known = rows.map(({name, level}) => `${level} ${name}`);
    for (const {level, name} of lines) assert.ok(known.includes(`${level} ${name}`), name);
    for (const [name, route] of [
      ['companion/untold-proxy', 'health'],
      ['request', 'health'],
    ])
      assert.deepEqual(
        lines.filter(line => line.name === name).map(line => [line['route'], line['requestId']]),
        [[route, 'trace-1']],
      );
    assert.doesNotMatch(out, /203\.0/);
  });
});

describe('openLog()', () => {
  it('masks keys, and puts the time first', () => {
    const printed: string[] = [];
    openLog(line => printed.push(line)).write({
      ...{level: 'error', name: 'checkout/not-configured', code: 'rk_live_4711'},
    });
    assert.match(printed[0] ?? '', /^\{"time":"[\dT:.-]+Z","level":"error",.*"code":"…"\}$/);
  });
});
