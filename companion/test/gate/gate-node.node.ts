import assert from 'node:assert/strict';
import {createServer, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {after, before, describe, it} from 'node:test';
import {createGate, nodeGate, type GateOptions, type NodeMiddleware} from '../../src/gate/index.js';
import {gatedPages, leaksIn} from './gated-pages.js';
import {startNginx, type Nginx} from '../nginx.js';

const isArticle = (request: Request) => request.url.includes('/notes/');
const isMember = (request: Request) => (request.headers.get('cookie') ?? '').includes('pass=ann');

/** Lets members in by a cookie. */
const options: GateOptions = {
  article: request => (isArticle(request) ? {} : undefined),
  meter: {free: 0},
  secrets: ['a secret of thirty-two bytes, no less'],
  providers: [{id: 'pass', ask: isMember}],
};
const gate = createGate(options);

const utf8 = {'Content-Type': 'text/html; charset=utf-8'};
const cacheable = {'Cache-Control': 'public, max-age=600', ...utf8};

/** The ways in which apps write a page; each receives the whole page. */
const writers: Readonly<Record<string, (response: ServerResponse, html: string) => void>> = {
  'at once': (response, html) => {
    response.setHeader('Set-Cookie', ['a=1', 'b=2']);
    response.writeHead(200, cacheable).end(html);
  },
  'in pieces': (response, html) => {
    for (const [name, value] of Object.entries(cacheable)) response.setHeader(name, value);
    response.setHeader('Content-Length', Buffer.byteLength(html));
    const half = Math.floor(html.length / 2);
    response.flushHeaders();
    response.write(html.slice(0, half), 'utf8', () => {
      response.write(Buffer.from(html.slice(half)));
      response.end(() => undefined);
    });
  },
  'with a list of headers': (response, html) => {
    const list = [...Object.entries(cacheable), ['Set-Cookie', 'a=1'], ['set-cookie', 'b=2']];
    response.writeHead(200, 'Fine', list.flat());
    // Like other middleware calls it.
    assert.equal(response.getHeader('content-type'), utf8['Content-Type']);
    response.end(Buffer.from(html).toString('base64'), 'base64');
  },
};

function startOrigin(
  write: (response: ServerResponse, path: string) => void,
  middleware: NodeMiddleware,
) {
  const server = createServer((request, response) => {
    middleware(request, response, error => {
      if (error) response.writeHead(500).end(error instanceof Error ? error.message : '');
      else write(response, request.url ?? '/');
    });
  });
  return new Promise<{origin: string; stop: () => void}>(resolve => {
    server.listen(0, '127.0.0.1', () => {
      const {port} = server.address() as AddressInfo;
      const stop = () => {
        server.closeAllConnections();
        server.close();
      };
      running.push(stop);
      resolve({origin: `http://127.0.0.1:${port}`, stop});
    });
  });
}

/** Every server of these tests, closed in the end even after a failure. */
const running: (() => void)[] = [];
after(() => running.forEach(stop => stop()));

const page = (path: string) => gatedPages.find(one => one.path === path.split('?')[0]);
const writePage =
  (write: (response: ServerResponse, html: string) => void) =>
  (response: ServerResponse, path: string) => {
    const found = page(path);
    if (found) write(response, found.html);
    else response.writeHead(200, cacheable).end(`About ${path}`);
  };

const member = {headers: {cookie: 'pass=ann'}};

describe('nodeGate()', () => {
  for (const [how, write] of Object.entries(writers)) {
    it(`gates an app that writes ${how}`, async () => {
      const {origin, stop} = await startOrigin(writePage(write), nodeGate(gate));
      try {
        for (const {path, html, preview} of gatedPages.slice(0, 4)) {
          const locked = await fetch(origin + path, {headers: {'if-none-match': '*'}});
          const text = await locked.text();
          assert.equal(locked.status, 200);
          assert.deepEqual(leaksIn(text), []);
          assert.ok(preview.every(one => text.includes(one.replaceAll('&', '&amp;'))));
          assert.equal(locked.headers.get('cache-control'), 'private, no-store');
          const whole = await fetch(origin + path, member);
          assert.equal(await whole.text(), html);
          assert.equal(whole.headers.get('cache-control'), 'private, no-store');
          const cookies = how === 'in pieces' ? [] : ['a=1', 'b=2'];
          assert.deepEqual(locked.headers.getSetCookie(), cookies);
        }
        const about = await fetch(`${origin}/about`);
        assert.equal(await about.text(), 'About /about');
        assert.equal(about.headers.get('cache-control'), 'public, max-age=600');
      } finally {
        stop();
      }
    });
  }

  it('answers a HEAD request', async () => {
    const {origin, stop} = await startOrigin(writePage(writers['at once']!), nodeGate(gate));
    const response = await fetch(`${origin}/notes/1.html`, {method: 'HEAD'});
    assert.equal(response.headers.get('cache-control'), 'private, no-store');
    stop();
  });

  it('sends the first words before the app has written the last', async () => {
    let finish: () => void = () => undefined;
    const write = (response: ServerResponse) => {
      response.writeHead(200, utf8);
      response.write('<article><p>The ferry is late.</p><p>It ');
      finish = () => response.end('rained.</p><p>3</p><p>secret</p></article>');
    };
    const streaming = createGate({...options, stream: true});
    const {origin, stop} = await startOrigin(write, nodeGate(streaming));
    const reader = (await fetch(`${origin}/notes/1.html`)).body!.getReader();
    let text = '';
    while (!text.includes('late')) text += new TextDecoder().decode((await reader.read()).value);
    finish();
    for (;;) {
      const {done, value} = await reader.read();
      if (done) break;
      text += new TextDecoder().decode(value);
    }
    assert.equal(text, '<article><p>The ferry is late.</p><p>It rained.</p><p>3</p></article>');
    stop();
  });

  it('aborts the response with the page, and never ends half a page as a complete one', async () => {
    const write = (response: ServerResponse) => {
      response.writeHead(200, utf8);
      response.write('<article><p>The ferry is late.</p>');
      response.end('<p>It'.repeat(10));
    };
    const broken = {
      ...gate,
      pass: async (...given: Parameters<typeof gate.pass>) => {
        const response = await gate.pass(...given);
        const body = new ReadableStream({
          start: controller => controller.error(new Error('gone')),
        });
        return new Response(body, response);
      },
    };
    const {origin, stop} = await startOrigin(write, nodeGate(broken));
    await assert.rejects(async () => (await fetch(`${origin}/notes/1.html`)).text());
    stop();
  });

  it('passes errors to the app', async () => {
    const failing = {...gate, decide: () => Promise.reject(new Error('no rules today'))};
    const {origin, stop} = await startOrigin(writePage(writers['at once']!), nodeGate(failing));
    const response = await fetch(`${origin}/notes/1.html`);
    assert.equal(response.status, 500);
    assert.match(await response.text(), /no rules today/);
    stop();
  });
});

describe('a gate behind nginx', () => {
  let nginx: Nginx;
  let stop: () => void;
  before(async () => {
    const started = await startOrigin(writePage(writers['at once']!), nodeGate(gate));
    stop = started.stop;
    nginx = await startNginx(started.origin);
  });
  after(async () => {
    await nginx.stop();
    stop();
  });

  it('has pages for everybody served from the cache', async () => {
    for (const proxy of [nginx.heeding, nginx.heedless]) {
      const states = [];
      for (let n = 0; n < 2; n += 1) {
        const response = await fetch(`${proxy}/about`);
        await response.text();
        states.push(response.headers.get('x-cache'));
      }
      assert.deepEqual(states, ['MISS', 'HIT']);
    }
  });

  for (const kind of ['heeding', 'heedless'] as const) {
    it(`never has a member’s page served to others, nor a wall to a member: ${kind}`, async () => {
      // A seeded generator gives the same order each time, so that a failure can be repeated.
      let state = 7;
      const next = (most: number) => (state = (state * 48271) % 2147483647) % most;
      for (let n = 0; n < 120; n += 1) {
        const {path, html} = gatedPages[next(20)]!;
        const asMember = next(2) === 1;
        const response = await fetch(nginx[kind] + path, asMember ? member : {});
        const text = await response.text();
        assert.notEqual(response.headers.get('x-cache'), 'HIT');
        if (asMember) assert.equal(text, html, `a wall for a member: ${path}`);
        else assert.deepEqual(leaksIn(text), [], path);
      }
    });

    it(`never mixes up the pages of two readers who ask at once: ${kind}`, async () => {
      for (const {path, html} of gatedPages.slice(0, 5)) {
        const asked = Array.from({length: 10}, async (_, n) => {
          const response = await fetch(`${nginx[kind]}${path}?at-once`, n % 2 ? member : {});
          return {isMember: n % 2 === 1, text: await response.text()};
        });
        for (const {isMember: hasPass, text} of await Promise.all(asked)) {
          if (hasPass) assert.equal(text, html);
          else assert.deepEqual(leaksIn(text), []);
        }
      }
    });
  }

  describe('and keeps previews', () => {
    let origin: {readonly origin: string; readonly stop: () => void};
    let cache: Nginx;
    let asked = 0;
    // The cookie that the documentation's settings name.
    const known = {headers: {cookie: 'theme=dark; session=ann'}};
    before(async () => {
      const sharing = createGate({
        ...options,
        sharedPreview: {seconds: 60, cookies: ['session']},
        providers: [
          {
            id: 'session',
            ask: request => {
              asked += 1;
              return (request.headers.get('cookie') ?? '').split('; ').includes('session=ann');
            },
          },
        ],
      });
      // An origin that says nothing of caches.
      const write = (response: ServerResponse, html: string) =>
        response.writeHead(200, utf8).end(html);
      origin = await startOrigin(writePage(write), nodeGate(sharing));
      cache = await startNginx(origin.origin);
    });
    after(async () => {
      await cache.stop();
      origin.stop();
    });

    it('gives one to all readers of whom nothing is known, and asks for nobody else', async () => {
      const {path, html} = gatedPages[0]!;
      const states = [];
      for (const cookie of ['', '_stats=1', '_stats=2; consent=yes', 'my-session=ann']) {
        const response = await fetch(cache.sharing + path, {headers: cookie ? {cookie} : {}});
        assert.deepEqual(leaksIn(await response.text()), []);
        states.push(response.headers.get('x-cache'));
      }
      assert.deepEqual(states, ['MISS', 'HIT', 'HIT', 'HIT']);
      assert.equal(asked, 1);
      const own = await fetch(cache.sharing + path, known);
      assert.equal(own.headers.get('x-cache'), 'BYPASS');
      assert.equal(own.headers.get('cache-control'), 'private, no-store');
      assert.equal(await own.text(), html);
    });

    it('never has a member’s page served to others, nor a wall to a member', async () => {
      let state = 11;
      const next = (most: number) => (state = (state * 48271) % 2147483647) % most;
      let hits = 0;
      for (let n = 0; n < 200; n += 1) {
        const {path, html} = gatedPages[next(20)]!;
        const asMember = next(2) === 1;
        const response = await fetch(cache.sharing + path, asMember ? known : {});
        const text = await response.text();
        hits += Number(response.headers.get('x-cache') === 'HIT');
        if (asMember) assert.equal(text, html, `a wall for a member: ${path}`);
        else assert.deepEqual(leaksIn(text), [], path);
      }
      assert.ok(hits > 50, `${hits} of 200 from the cache`);
    });

    it('keeps one for each cookie where a cache heeds no more than `Vary`', async () => {
      const {path, html} = gatedPages[1]!;
      const states = [];
      for (const headers of [{}, {}, {cookie: '_stats=1'}, known.headers, {}]) {
        const response = await fetch(cache.heeding + path, {headers});
        const text = await response.text();
        states.push(response.headers.get('x-cache'));
        if (headers === known.headers) assert.equal(text, html);
        else assert.deepEqual(leaksIn(text), []);
      }
      assert.deepEqual(states, ['MISS', 'HIT', 'MISS', 'MISS', 'HIT']);
    });
  });
});
