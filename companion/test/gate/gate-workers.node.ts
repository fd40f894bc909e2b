import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';
import {after, before, describe, it} from 'node:test';
import {build} from 'esbuild';
import {Miniflare} from 'miniflare';
import {atom, gatedPages, leaksIn} from './gated-pages.js';
import {longTestLimit} from '../../../test/time-limit.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const site = 'https://www.example.org';

/** The documentation's recipe, unchanged. */
async function recipe(): Promise<string> {
  const text = readFileSync(`${root}docs/paywall.md`, 'utf8');
  const [, contents] = /### A static site[^]*?```ts\n([^]*?)```/.exec(text) ?? [];
  assert.ok(contents, 'docs/paywall.md has a recipe for a worker');
  const {outputFiles} = await build({
    stdin: {contents, resolveDir: root, loader: 'ts'},
    alias: {'reader-support-companion/gate': `${root}companion/src/gate/index.ts`},
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    // The platform has its own rewriter, and this site has no feed.
    external: ['htmlrewriter', 'node:*'],
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

describe('the gate in workerd, with the rewriter of the platform', {timeout: longTestLimit}, () => {
  let worker: Miniflare;
  let encoding = 'identity';

  before(async () => {
    worker = new Miniflare({
      modules: [{type: 'ESModule', path: 'gate.js', contents: await recipe()}],
      compatibilityDate: '2026-04-01',
      cf: false,
      // The worker's fetches go to the static site behind it.
      outboundService: (request: unknown) => {
        const {pathname} = new URL((request as Request).url);
        if (pathname === '/stories/feed')
          return new Response(atom, {headers: {'content-type': 'application/atom+xml'}}) as never;
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
        ) as never;
      },
    });
    await worker.ready;
  });
  after(() => worker.dispose());

  const read = async (path: string, headers: Record<string, string> = {}) => {
    const response = (await worker.dispatchFetch(site + path, {
      headers,
    } as never)) as unknown as Response;
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
