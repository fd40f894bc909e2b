import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {build} from 'esbuild';
import type {Browser} from 'puppeteer-core';
import {chromium, visit} from './a-page.js';
import {plainNode, root} from './run.js';
import {longTestLimit} from '../time-limit.js';

const cases = {
  'support-ask': '<support-ask currency="USD" checkout="/checkout"></support-ask>',
  'support-appeal':
    '<support-appeal open campaign="winter" currency="USD" checkout="/checkout"><h2 slot="heading">A message</h2><p>Our words.</p></support-appeal>',
};

/** Renders on the server as a site would: plain Node, the package by its name. */
async function render(markup: string): Promise<string> {
  const {code, output} = await plainNode(`
    import {render} from '@lit-labs/ssr';
    import {collectResult} from '@lit-labs/ssr/lib/render-result.js';
    import {html} from 'lit';
    import 'reader-support/define/all';
    process.stdout.write(await collectResult(render(html\`${markup}\`)));
  `);
  assert.equal(code, 0, output);
  return output;
}

/** What the page loads: the same modules, with the support for hydration first. */
async function client(): Promise<string> {
  const {outputFiles} = await build({
    stdin: {
      contents: `import '@lit-labs/ssr-client/lit-element-hydrate-support.js'; import 'reader-support/define/all';`,
      resolveDir: root,
    },
    bundle: true,
    // As for a site that installed the package: this repository's own paths lead to the sources.
    tsconfigRaw: '{}',
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['production', 'browser'],
    splitting: false,
  });
  return outputFiles[0]!.text;
}

interface Found {
  readonly before: number;
  readonly kept: number;
  readonly forms: number;
  readonly buttons: number;
}

/** Runs in the page, as text: a compiled function would bring the compiler's own helpers along. */
const compare = (tag: string): string => `(async () => {
  const host = document.querySelector('${tag}');
  await customElements.whenDefined('${tag}');
  await host.updateComplete;
  for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
  const now = [];
  const walk = root => {
    for (const element of root.querySelectorAll('*')) {
      now.push(element);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(host.shadowRoot);
  // Lit takes the server's style elements over as style sheets.
  const rendered = before.filter(element => element.localName !== 'style');
  return {
    before: rendered.length,
    kept: rendered.filter(element => now.includes(element)).length,
    forms: now.filter(element => element.localName === 'form').length,
    buttons: now.filter(element => element.localName === 'button').length,
  };
})()`;

describe('rendering on a server', {timeout: longTestLimit}, () => {
  let browser: Browser;
  let script: string;
  before(async () => {
    script = await client();
    browser = await chromium();
  });
  after(() => browser.close());

  for (const [tag, markup] of Object.entries(cases)) {
    it(`renders <${tag}> into a declarative shadow root, and the page takes it over as it is`, async () => {
      const rendered = await render(markup);
      assert.match(rendered, /<template shadowroot="open" shadowrootmode="open"/);
      const site = {
        '/': {
          body: `<!doctype html><html lang="en"><title>x</title><body>${rendered}<script>
            window.before = [];
            const walk = root => {
              for (const element of root.querySelectorAll('*')) {
                window.before.push(element);
                if (element.shadowRoot) walk(element.shadowRoot);
              }
            };
            walk(document.querySelector('${tag}').shadowRoot);
          </script><script type="module" src="/client.js"></script></body></html>`,
        },
        '/client.js': {type: 'javascript', body: script},
      } as const;
      await visit(browser, site, async ({page, errors}) => {
        const found = (await page.evaluate(compare(tag))) as Found;
        assert.deepEqual(errors, []);
        assert.ok(found.before > 5, `only ${found.before} elements came from the server`);
        assert.equal(found.kept, found.before);
        assert.ok(found.buttons > 0);
        assert.ok(found.forms <= 1);
      });
    });
  }
});
