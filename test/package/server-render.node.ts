import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {build} from 'esbuild';
import type {Browser} from 'puppeteer-core';
import {chromium, visit} from './a-page.js';
import {plainNode, root} from './run.js';

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
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['production', 'browser'],
    splitting: false,
  });
  return outputFiles[0].text;
}

describe('rendering on a server', () => {
  let browser: Browser;
  let script: string;
  before(async () => {
    [browser, script] = await Promise.all([chromium(), client()]);
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
        const found = await page.evaluate(async name => {
          const host = document.querySelector<HTMLElement & {updateComplete: Promise<unknown>}>(
            name,
          )!;
          await customElements.whenDefined(name);
          await host.updateComplete;
          await new Promise(resolve => setTimeout(resolve, 300));
          const before = (window as unknown as {before: Element[]}).before;
          const now: Element[] = [];
          const walk = (rootNode: ShadowRoot) => {
            for (const element of rootNode.querySelectorAll('*')) {
              now.push(element);
              if (element.shadowRoot) walk(element.shadowRoot);
            }
          };
          walk(host.shadowRoot!);
          return {
            before: before.filter(element => element.localName !== 'style').length,
            kept: before.filter(element => now.includes(element) && element.localName !== 'style')
              .length,
            forms: now.filter(element => element.localName === 'form').length,
            buttons: now.filter(element => element.localName === 'button').length,
          };
        }, tag);
        assert.deepEqual(errors, []);
        assert.ok(found.before > 5, `only ${found.before} elements came from the server`);
        assert.equal(found.kept, found.before);
        assert.ok(found.buttons > 0);
        assert.ok(found.forms <= 1);
      });
    });
  }
});
