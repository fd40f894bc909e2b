/** Serves the bench's pages and the build from memory, compressed and never cached. */

import {readFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {transform} from 'esbuild';
import {picture} from './picture.js';
import {barCampaigns, campaigns, campaignsElsewhere, type Scenario} from './scenarios.js';
import {brotli, readIntegrity} from './sizes.js';

const read = (path: string): Buffer => readFileSync(new URL(path, import.meta.url));
const font =
  '../node_modules/@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2';

/** The number of words of the article. */
const wanted = 1500;

function story(appeal: string): string {
  const written = read('pages/story.html')
    .toString()
    .split(/(?<=<\/p>)\s*/u)
    .filter(Boolean);
  const wordsIn = (text: string) =>
    text
      .replace(/<[^>]*>/g, '')
      .trim()
      .split(/\s+/).length;
  const parts: string[] = [];
  for (let words = 0, count = 1; words < wanted; count++) {
    const paragraph = written[(count - 1) % written.length] ?? '';
    words += wordsIn(paragraph);
    parts.push(paragraph);
    if (count === 5) parts.push(appeal);
    if (count === 3 || count === 12) {
      const name = count === 3 ? 'picture-2' : 'picture-3';
      parts.push(`<img src="/${name}.png" width="1200" height="675" alt="" loading="lazy" />`);
    }
  }
  return parts.join('\n');
}

function articleFor({head, appeal}: Scenario): string {
  return read('pages/article.html')
    .toString()
    .replace('<!-- head -->', () => head)
    .replace('<!-- story -->', () => story(appeal));
}

/** Builds the hand-written form as its author would deploy it. */
export async function vanillaForm(): Promise<Buffer> {
  const {code} = await transform(read('vanilla-form.js').toString(), {
    minify: true,
    target: 'es2022',
    format: 'esm',
  });
  return Buffer.from(code);
}

interface File {
  readonly body: Buffer;
  readonly type: string;
  readonly encoding?: 'br';
}

const text = (content: string | Buffer, type: string): File => ({
  body: brotli(Buffer.from(content)),
  type: `${type}; charset=utf-8`,
  encoding: 'br',
});

/** A running server. */
export interface BenchServer {
  readonly origin: string;
  stop(): Promise<void>;
}

/** Starts the server on a free port. */
export async function startServer(scenarios: readonly Scenario[]): Promise<BenchServer> {
  const files = new Map<string, File>([
    // Visits start here: on the same origin, with nothing that could warm anything up.
    ['/blank', text('<!doctype html><link rel="icon" href="data:," />', 'text/html')],
    [
      '/heap',
      text(
        '<!doctype html><link rel="icon" href="data:," /><support-ask></support-ask><main></main><script type="module" src="/js/reader-support.js"></script>',
        'text/html',
      ),
    ],
    ['/article.css', text(read('pages/article.css'), 'text/css')],
    ['/vanilla-form.js', text(await vanillaForm(), 'text/javascript')],
    ['/campaigns.json', text(campaigns, 'application/json')],
    ['/bar.json', text(barCampaigns, 'application/json')],
    ['/elsewhere.json', text(campaignsElsewhere, 'application/json')],
    ['/font.woff2', {body: read(font), type: 'font/woff2'}],
  ]);
  for (const number of [1, 2, 3]) {
    files.set(`/picture-${number}.png`, {body: picture(number), type: 'image/png'});
  }
  for (const scenario of scenarios) {
    files.set(`/${scenario.id}`, text(articleFor(scenario), 'text/html'));
  }
  for (const file of Object.keys(readIntegrity().files)) {
    files.set(`/js/${file}`, text(read(`../dist/${file}`), 'text/javascript'));
  }

  const server = createServer((request, response) => {
    const file = files.get(new URL(request.url ?? '/', 'http://localhost').pathname);
    if (!file) return response.writeHead(404, {'content-length': 0}).end();
    return response
      .writeHead(200, {
        'content-type': file.type,
        'content-length': file.body.length,
        'cache-control': 'no-store',
        ...(file.encoding ? {'content-encoding': file.encoding} : {}),
      })
      .end(file.body);
  });
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  const {port} = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    stop: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
