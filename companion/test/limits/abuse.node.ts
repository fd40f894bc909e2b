import assert from 'node:assert/strict';
import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {connect, type Socket} from 'node:net';
import {fileURLToPath} from 'node:url';
import {after, before, beforeEach, describe, it, type TestContext} from 'node:test';
import {gzipSync} from 'node:zlib';
import {signWebhook} from '../../src/fake-stripe/index.js';
import {anIntent, secret, site} from '../fixtures.js';
import {longTestLimit} from '../../../test/time-limit.js';

const megabyte = 2 ** 20;
const pause = (ms: number) => new Promise(go => setTimeout(go, ms).unref());
const growthAllowed = 50 * megabyte;

const routes = [
  ['POST', '/checkout'],
  ['POST', '/webhook'],
  ['POST', '/events'],
  ['PUT', '/reader'],
] as const;

describe('a companion under abuse', {timeout: longTestLimit}, () => {
  let copy: ChildProcess;
  let port = 0;
  let url = '';
  let began = 0;

  const ask = async (what: string) => {
    copy.send(what);
    const [answer] = (await once(copy, 'message')) as [{largest: number}];
    return answer.largest;
  };

  before(async () => {
    const file = fileURLToPath(new URL('../abused-copy.ts', import.meta.url));
    copy = fork(file, {execArgv: ['--import', 'tsx', '--expose-gc']});
    const [answer] = (await once(copy, 'message')) as [{url: string}];
    url = answer.url;
    port = Number(new URL(url).port);
    // Code and heap that the first requests load do not count as growth.
    for (let turn = 0; turn < 100; turn++) await others();
  });
  beforeEach(async () => {
    began = await ask('begin');
  });
  after(() => copy.disconnect());

  const headers = {
    origin: site,
    'content-type': 'application/json',
    'user-agent': 'Mozilla/5.0 Firefox/153.0',
  };
  let count = 0;

  /** Well-behaved clients, one on each route. */
  async function others(): Promise<void> {
    const number = ++count;
    const event = {id: `batch-${number + 10_000}`, events: [{name: 'view', campaign: 'winter'}]};
    const bodies: Record<string, unknown> = {
      '/checkout': anIntent({
        attemptId: `attempt-${number + 10_000}`,
        amount: {minor: 1, currency: 'USD'},
      }),
      '/events': event,
      '/reader': {v: 1},
    };
    const wanted: Record<string, number> = {
      '/checkout': 422,
      '/webhook': 400,
      '/events': 204,
      '/reader': 204,
    };
    for (const [method, path] of routes) {
      const body = JSON.stringify(bodies[path] ?? {});
      const response = await fetch(url + path, {method, headers, body});
      assert.equal(response.status, wanted[path], path);
      await response.arrayBuffer();
    }
    assert.equal((await fetch(`${url}/health`)).status, 200);
  }

  async function grewLittle(context: TestContext): Promise<void> {
    const grown = (await ask('end')) - began;
    context.diagnostic(`grew by ${(grown / megabyte).toFixed(1)} MB at most`);
    assert.ok(grown < growthAllowed, `grew by ${Math.round(grown / megabyte)} MB`);
  }

  /** Sends a head and a body slowly or wrongly; resolves with the status, 0 when cut off without one. */
  async function raw(
    head: readonly string[],
    send: (socket: Socket) => Promise<void> | void = () => undefined,
  ): Promise<number> {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    let isOver = false;
    const over = new Promise<void>(resolve => {
      socket.on('data', data => {
        answer += data.toString('latin1');
        if (answer.includes('\r\n\r\n')) resolve();
      });
      socket.on('error', () => resolve());
      socket.on('close', () => resolve());
    }).then(() => {
      isOver = true;
    });
    await once(socket, 'connect');
    socket.write(`${head.join('\r\n')}\r\nhost: 127.0.0.1\r\n\r\n`);
    const write = socket.write.bind(socket);
    // A body that is no longer read must not block the test.
    socket.write = ((...given: Parameters<typeof write>) =>
      isOver || socket.destroyed ? false : write(...given)) as typeof socket.write;
    await Promise.race([Promise.resolve(send(socket)), over]);
    await over;
    socket.destroy();
    return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0);
  }

  const headOf = (method: string, path: string, ...more: string[]) => [
    `${method} ${path} HTTP/1.1`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...more,
  ];

  async function pour(
    socket: Socket,
    bytes: number,
    frame = (chunk: string) => chunk,
  ): Promise<void> {
    const chunk = frame('x'.repeat(65_536));
    // `write` also returns false when the peer is gone, and then there is nothing to wait for.
    for (let sent = 0; sent < bytes && socket.writable; sent += 65_536)
      if (!socket.write(chunk))
        await Promise.race([once(socket, 'drain'), once(socket, 'close'), pause(1000)]).catch(
          () => undefined,
        );
  }

  const chunked = (chunk: string) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`;

  it('refuses bodies of ten megabytes, with and without Content-Length', async context => {
    const attacks = Array.from({length: 10}, () =>
      routes.flatMap(([method, path]) => [
        raw(headOf(method, path, `content-length: ${10 * megabyte}`), socket =>
          pour(socket, 10 * megabyte),
        ),
        raw(headOf(method, path, 'transfer-encoding: chunked'), socket =>
          pour(socket, 10 * megabyte, chunked),
        ),
      ]),
    ).flat();
    await others();
    // A client that still sends when the response arrives may be cut off before reading it.
    const statuses = await Promise.all(attacks);
    for (const status of statuses) assert.ok(status === 413 || status === 0, `${status}`);
    assert.ok(statuses.includes(413));
    await others();
    await grewLittle(context);
  });

  it('refuses bodies that do not match Content-Length', async context => {
    const lies: [string, string[], string, number[]][] = [
      ['five gigabytes announced, nothing sent', ['content-length: 5000000000'], '', [413]],
      [
        'ten bytes announced, a megabyte sent',
        ['content-length: 10'],
        'x'.repeat(megabyte),
        [400, 415],
      ],
      ['a negative length', ['content-length: -1'], 'x', [400]],
      ['two lengths', ['content-length: 1', 'content-length: 5'], 'xxxxx', [400]],
      [
        'a length and chunks',
        ['content-length: 3', 'transfer-encoding: chunked'],
        '0\r\n\r\n',
        [400],
      ],
      ['a chunk that is no number', ['transfer-encoding: chunked'], 'zz\r\nx\r\n', [400]],
      [
        'a chunk without an end',
        ['transfer-encoding: chunked'],
        `fffffffff\r\n${'x'.repeat(megabyte)}`,
        [400, 413],
      ],
    ];
    for (const [method, path] of routes)
      for (const [given, more, body, wanted] of lies) {
        const status = await raw(headOf(method, path, ...more), socket => void socket.write(body));
        assert.ok(wanted.includes(status), `${path}, given ${given}: ${status}`);
      }
    await others();
    await grewLittle(context);
  });

  it('is not blocked by an aborted body', async context => {
    const attacks = Array.from({length: 100}, (_, at) => {
      const [method, path] = routes[at % routes.length]!;
      return raw(headOf(method, path, 'content-length: 1000'), socket => {
        socket.write('{"id":');
        socket.end();
        setTimeout(() => socket.destroy(), 50);
      });
    });
    await Promise.all(attacks);
    await others();
    await grewLittle(context);
  });

  it('refuses compressed bodies without decompressing them', async context => {
    const bomb = gzipSync(Buffer.alloc(100 * megabyte));
    assert.ok(bomb.length < megabyte);
    for (const [method, path] of routes)
      for (const encoding of ['gzip', 'br', 'deflate', 'gzip, gzip']) {
        const head = headOf(
          method,
          path,
          `content-encoding: ${encoding}`,
          `content-length: ${bomb.length}`,
        );
        const status = await raw(head, socket => void socket.write(bomb.subarray(0, 1000)));
        assert.equal(status, 415, `${path} ${encoding}`);
        // Who sends all the same may be cut off before there is an answer.
        assert.ok([0, 415].includes(await raw(head, socket => void socket.write(bomb))), path);
      }
    await others();
    await grewLittle(context);
  });

  it('refuses JSON nested 100,000 deep, and small JSON nested too deep', async context => {
    const depth = 100_000;
    const deep = '['.repeat(depth) + ']'.repeat(depth);
    const objects = '{"a":'.repeat(600) + '1' + '}'.repeat(600);
    for (const [method, path] of routes) {
      for (const body of [deep, objects, deep.slice(0, 1900), '['.repeat(1900)]) {
        const response = await fetch(url + path, {method, headers, body}).catch(() => undefined);
        assert.ok(response && response.status >= 400 && response.status < 500, path);
        await response.arrayBuffer();
      }
    }
    // A signed body must be read: it comes from Stripe, or from someone who has the secret.
    const signed = await fetch(`${url}/webhook`, {
      method: 'POST',
      body: deep,
      headers: {'stripe-signature': await signWebhook(deep, secret, Date.now())},
    });
    assert.equal(signed.status, 200);
    await others();
    await grewLittle(context);
  });

  it('answers other clients while 200 bodies arrive slowly, and ends those', async context => {
    const drips = Array.from({length: 200}, (_, at) => {
      const [method, path] = routes[at % routes.length]!;
      return raw(headOf(method, path, 'content-length: 1500'), async socket => {
        // Every connection has a timer here, so each sends every half second.
        while (!socket.destroyed && socket.writable) {
          socket.write(' ');
          await new Promise(go => setTimeout(go, 500));
        }
      });
    });
    const isDripping = Promise.all(drips).then(statuses => ({statuses}));
    let answered = 0;
    let ended: {statuses: number[]} | undefined;
    while (!ended) {
      await others();
      answered++;
      ended = await Promise.race([
        isDripping,
        new Promise<undefined>(go => setTimeout(go, 300, undefined)),
      ]);
    }
    assert.ok(answered >= 5, `${answered} rounds of others were answered meanwhile`);
    for (const status of ended.statuses) assert.equal(status, 408);
    await grewLittle(context);
  });

  it('refuses request heads that are too large or never end', async context => {
    const large = await raw(headOf('POST', '/events', `x-large: ${'x'.repeat(64 * 1024)}`));
    assert.equal(large, 431);
    await others();
    await grewLittle(context);
  });
});
