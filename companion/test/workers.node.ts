import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {after, before, describe, it} from 'node:test';
import {build, type BuildOptions} from 'esbuild';
import {stripeFake, type StripeFake} from '../src/fake-stripe/index.js';
import {anIntent, secret, site} from './fixtures.js';
import {gateHtml, type GateHtmlOptions} from '../src/gate/index.js';
import {languages, textOf} from './gate/gated-languages.js';
import {atom, gatedPages, leaksIn} from './gate/gated-pages.js';
import {longTestLimit} from '../../test/time-limit.js';
// In one file, because files run at the same time and the first to get here installs packages.
import {Miniflare} from '../../test/workers/miniflare.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A worker in one file, and the files that went into it. */
interface Bundled {
  readonly text: string;
  readonly inputs: readonly string[];
}

/** Bundles a recipe of the documentation, unchanged, as a newsroom would deploy it. */
async function bundle(
  page: string,
  recipe: RegExp,
  loader: 'js' | 'ts',
  options: BuildOptions,
): Promise<Bundled> {
  const [, contents] = recipe.exec(readFileSync(`${root}docs/${page}`, 'utf8')) ?? [];
  assert.ok(contents, `docs/${page} has a recipe for a worker`);
  const {outputFiles, metafile} = await build({
    ...options,
    stdin: {contents, resolveDir: root, loader},
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    logLevel: 'error',
  });
  return {text: outputFiles[0]!.text, inputs: Object.keys(metafile.inputs)};
}

const companionRecipe = () =>
  bundle('workers.md', /```js worker fragment\n([\s\S]*?)```/, 'js', {
    alias: {'reader-support-companion': `${root}companion/src/companion.ts`},
    // Drivers of databases that are not used here.
    external: ['libsql', 'pg', 'nodemailer', 'node:*'],
  });

const gateRecipe = () =>
  bundle('paywall.md', /### A static site[^]*?```ts\n([^]*?)```/, 'ts', {
    alias: {'reader-support-companion/gate': `${root}companion/src/gate/index.ts`},
    // The platform has its own rewriter, and this site has no feed.
    external: ['node:*'],
  });

describe('the companion in workerd, with D1', {timeout: longTestLimit}, () => {
  let worker: Miniflare;
  let fake: StripeFake;
  let bundled: Bundled;

  before(async () => {
    fake = stripeFake({origin: site});
    bundled = await companionRecipe();
    worker = new Miniflare({
      modules: [{type: 'ESModule', path: 'companion.js', contents: bundled.text}],
      compatibilityDate: '2026-04-01',
      d1Databases: ['DB'],
      bindings: {
        STRIPE_SECRET_KEY: 'sk_test_of_the_tests',
        STRIPE_API_BASE: 'https://stripe-fake.test',
        STRIPE_WEBHOOK_SECRET: secret,
      },
      cf: false,
      // The Worker's fetches go to Stripe.
      outboundService: async ({url, method, headers, body}) => {
        const isSent = method !== 'GET' && method !== 'HEAD';
        return await fake.fetch(
          new Request(url, {
            method,
            headers: [...headers],
            ...(isSent && {body: await new Response(body).text()}),
          }),
        );
      },
    });
    await worker.ready;
  });
  after(() => worker.dispose());

  const send = (path: string, init: RequestInit = {}) =>
    worker.dispatchFetch(`${site}/companion${path}`, init);

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    send(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Mozilla/5.0 Firefox/153.0',
        origin: site,
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });

  const relay = async (webhook: Request) =>
    send('/webhook', {
      method: 'POST',
      headers: Object.fromEntries(webhook.headers),
      body: await webhook.text(),
    });

  const rowsOf = async (sql: string) => {
    const database = await worker.getD1Database('DB');
    return (await database.prepare(sql).all()).results;
  };

  it('is ready with its tables', async () => {
    const response = await send('/ready');
    assert.deepEqual([response.status, await response.json()], [200, {ok: true}]);
    const tables = await rowsOf("select name from sqlite_master where type = 'table'");
    for (const name of ['gifts', 'webhook_events', 'event_sums', 'limits'])
      assert.ok(
        tables.some(row => row['name'] === name),
        name,
      );
  });

  it('opens a pay page for a press, and counts the attempt in D1', async () => {
    const address = {'cf-connecting-ip': '203.0.113.7'};
    const statuses: number[] = [];
    for (let turn = 0; turn < 6; turn++) {
      const intent = anIntent({attemptId: `attempt-${turn + 1000}`});
      const response = await post('/checkout', intent, address);
      statuses.push(response.status);
      if (turn === 0)
        assert.match(((await response.json()) as {url: string}).url, /\/pay\/cs_test_/);
    }
    assert.deepEqual(statuses, [200, 200, 200, 200, 200, 429]);
    const limits = await rowsOf('select bucket, times from limits');
    assert.equal(limits.length, 2, 'one for the network, one for everybody');
    assert.doesNotMatch(JSON.stringify(limits), /203\.0/);
  });

  it('writes a gift from a webhook once', async () => {
    const headers = {'cf-connecting-ip': '198.51.100.1'};
    const response = await post('/checkout', anIntent({attemptId: 'attempt-2000'}), headers);
    const {url} = (await response.json()) as {url: string};
    fake.webhooks = {to: relay, secret, twice: true, shuffle: true};
    await fake.pay(url.split('/').at(-1) ?? '');
    await fake.settled();
    assert.ok(fake.deliveries.length >= 4);
    for (const {status} of fake.deliveries) assert.equal(status, 200);
    const gifts = await rowsOf('select minor, currency, state, campaign from gifts');
    assert.deepEqual(gifts, [{minor: 500, currency: 'USD', state: 'paid', campaign: 'winter'}]);
    const forged = await post('/webhook', '{}', {'stripe-signature': 't=1,v1=00'});
    assert.equal(forged.status, 400);
  });

  it('counts each event once, also under concurrent requests', async () => {
    const batch = {id: 'batch-0001', events: [{name: 'view', campaign: 'winter', count: 3}]};
    const others = Array.from({length: 20}, (_, at) => ({
      id: `batch-${at + 1000}`,
      events: Array.from({length: 10}, (_each, event) => ({
        name: 'start',
        campaign: 'winter',
        id: `event-${at + 1000}-${event}`,
      })),
    }));
    const answers = await Promise.all([...others, batch, batch].map(one => post('/events', one)));
    assert.ok(answers.every(({status}) => status === 204));
    const sums = await rowsOf('select name, count from event_sums order by name');
    assert.deepEqual(sums, [
      {name: 'start', count: 200},
      {name: 'view', count: 3},
    ]);
  });

  it('has no package of metrics in its bundle, and no metrics', async () => {
    const packages = bundled.inputs.filter(path => path.includes('node_modules/'));
    assert.ok(packages.some(path => path.includes('node_modules/hono/')));
    assert.deepEqual(
      packages.filter(path => /prom-client|opentelemetry|tdigest/.test(path)),
      [],
    );
    assert.equal((await send('/metrics')).status, 404);
  });

  it('names the id of a request in the answer', async () => {
    const {headers} = await send('/health', {headers: {'x-request-id': 'trace-1'}});
    assert.equal(headers.get('x-request-id'), 'trace-1');
  });

  it('serves the cron trigger and the reader record', async () => {
    const scheduler = await worker.getWorker();
    const {outcome} = await scheduler.scheduled({cron: '17 * * * *'});
    assert.equal(outcome, 'ok');
    const record = {v: 1, closes: [{campaign: 'winter', reason: 'later', at: 1, until: 2}]};
    const kept = await send('/reader', {
      method: 'PUT',
      headers: {origin: site, 'content-type': 'application/json'},
      body: JSON.stringify(record),
    });
    assert.match(kept.headers.get('set-cookie') ?? '', /^support-reader=.+; Secure$/);
  });
});

describe('the gate in workerd, with the rewriter of the platform', {timeout: longTestLimit}, () => {
  let worker: Miniflare;
  let encoding = 'identity';

  before(async () => {
    worker = new Miniflare({
      modules: [{type: 'ESModule', path: 'gate.js', contents: (await gateRecipe()).text}],
      compatibilityDate: '2026-04-01',
      cf: false,
      // The worker's fetches go to the static site behind it.
      outboundService: ({url}) => {
        const {pathname} = new URL(url);
        if (pathname === '/stories/feed')
          return new Response(atom, {headers: {'content-type': 'application/atom+xml'}});
        const number = Number(/(\d+)\.html$/.exec(pathname)?.[1] ?? 0);
        const text = gatedPages[number % 20]!.html;
        const headers = {
          'content-type': 'text/html; charset=utf-8',
          'cache-control': 'public, max-age=600',
          etag: '"1"',
        };
        return new Response(
          encoding === 'gzip' ? new Uint8Array(gzipSync(text)) : text,
          encoding === 'gzip' ? {headers: {...headers, 'content-encoding': 'gzip'}} : {headers},
        );
      },
    });
    await worker.ready;
  });
  after(() => worker.dispose());

  const read = async (path: string, headers: Record<string, string> = {}) => {
    const response = await worker.dispatchFetch(site + path, {headers});
    return {response, text: await response.text()};
  };

  it('counts five articles in a cookie, and then sends no gated sentence', async () => {
    let cookie = '';
    for (let n = 0; n < 5; n += 1) {
      const {response, text} = await read(`/stories/${n}.html`, {cookie});
      assert.equal(text, gatedPages[n]!.html);
      assert.equal(response.headers.get('cache-control'), 'private, no-store');
      cookie = response.headers.get('set-cookie')!.split(';')[0]!;
    }
    for (const page of gatedPages.slice(5)) {
      const path = page.path.replace('/notes/', '/stories/');
      const {response, text} = await read(path, {cookie, 'if-none-match': '"1"'});
      assert.equal(response.status, 200);
      assert.deepEqual(leaksIn(text), [], page.shape);
      assert.equal(response.headers.get('etag'), null);
      const encoded = path.replace('stories', '%73tories');
      assert.deepEqual(leaksIn((await read(encoded, {cookie})).text), [], encoded);
    }
    encoding = 'gzip';
    assert.deepEqual(leaksIn((await read('/stories/7.html', {cookie})).text), []);
    encoding = 'identity';
  });

  it('does not change other pages', async () => {
    const {response} = await read('/about');
    assert.equal(response.headers.get('cache-control'), 'public, max-age=600');
  });
});

describe('the rewriter of the platform and our own', {timeout: longTestLimit}, () => {
  let worker: Miniflare;

  before(async () => {
    const {outputFiles} = await build({
      stdin: {
        contents: `import {gateHtml} from 'reader-support-companion/gate';
          export default {async fetch(request) {
            const {page, options} = await request.json();
            const given = new Response(page, {headers: {'content-type': 'text/html; charset=utf-8'}});
            return gateHtml(given, {access: 'locked'}, options);
          }};`,
        resolveDir: root,
      },
      alias: {'reader-support-companion/gate': `${root}companion/src/gate/index.ts`},
      ...{bundle: true, write: false, format: 'esm', target: 'es2022', external: ['node:*']},
      ...{conditions: ['workerd', 'worker', 'browser'], logLevel: 'error'},
    });
    worker = new Miniflare({
      modules: [{type: 'ESModule', path: 'gate.js', contents: outputFiles[0]!.text}],
      ...{compatibilityDate: '2026-04-01', cf: false},
      outboundService: () => new Response(null, {status: 404}),
    });
    await worker.ready;
  });
  after(() => worker.dispose());

  /** Gates a page on both. */
  async function onBoth(page: string, options: GateHtmlOptions): Promise<[string, string]> {
    const body = JSON.stringify({page, options});
    const theirs = await worker.dispatchFetch(site, {method: 'POST', body});
    const headers = {'content-type': 'text/html; charset=utf-8'};
    const ours = await gateHtml(new Response(page, {headers}), {access: 'locked'}, options);
    // The platform drops the tag of an article with an element that nobody closed; ours keeps it.
    return [await theirs.text(), await ours.text()].map(text =>
      text.replaceAll(/<\/[^>]*>/g, ''),
    ) as [string, string];
  }

  it('send the same of the pages of the tests', async () => {
    for (const {html, amp, print, shape} of gatedPages)
      for (const page of [html, amp, print]) {
        // One long text is cut within a piece, and the pieces differ in size.
        if (shape === 'an article without paragraphs') continue;
        const [theirs, ours] = await onBoth(page, {wall: '<b>wall</b>', description: 'A "day"'});
        assert.equal(ours, theirs);
      }
  });

  it('send the same of pages with copies that readers do not see', async () => {
    const text = '<b>The keeper</b> wrote <i>the last line</i> of the log in pencil &amp; left.';
    const article = '<article><p>1</p><p>2</p><p>3</p><p>The rest.</p></article>';
    for (const start of [
      '<div hidden>',
      '<div class="print-only">',
      '<div itemprop="articleBody">',
      '<div hidden data-support-keep>',
      '<div data-support-keep><p hidden>',
      '<div hidden><script>var a = 1 < 2;</script><style>a > b {}</style>Menu<p>',
      '<noscript>',
      '<support-paywall><p hidden>',
    ]) {
      const end = /^<([\w-]+)/.exec(start)![1]!;
      const copy = `${start}${text}</${end}>`;
      const [theirs, ours] = await onBoth(`${copy}${article}${copy}`, {});
      assert.equal(ours, theirs);
    }
  });

  it('send the same of pages in every script', async () => {
    for (const sentence of Object.values(languages))
      for (let length = 0; length <= 200; length += 25) {
        const text = textOf(sentence, length);
        const page = `<meta name=description content=x><script>s = "${text}"</script><article><p title='${sentence}'>${sentence}</p><p>${text}</p></article>${text}`;
        // The text also stands after the article, so that a checked page would be refused.
        const options = {preview: 1, wall: text, description: text, stream: true};
        const [theirs, ours] = await onBoth(page, options);
        assert.notEqual(ours, '');
        assert.equal(ours, theirs);
      }
  });

  it('refuse the same pages, because a sentence from behind the cut is left in them', async () => {
    const secret = 'The keeper wrote the last line of the log in pencil &amp; closed it.';
    for (const [start, rest, isRefused] of [
      ['<article><p>1<p>2<p>3', `<p>${secret}</article><div>${secret}</div>`, true],
      [
        '<article><p>1<p>2<p>3',
        `<p>${secret}</article><div data-support-keep>${secret}</div>`,
        false,
      ],
      ['<article><p>1<p>2<p>3', `<p><a href=/>${secret}</a></article><div>${secret}</div>`, false],
      [`<p>${secret}</p>`, `<div data-support-gated>${secret}</div>`, true],
      [`<article><p>${secret}`, `<p>2<p>3<blockquote>${secret}</blockquote></article>`, false],
      ['<article><div>1</div><div>2</div>', `<section><b>${secret}</b></section></article>`, false],
    ] as const) {
      const [theirs, ours] = await onBoth(start + rest, {});
      assert.equal(ours === '', isRefused, rest);
      assert.equal(ours, theirs);
    }
  });
});
