import assert from 'node:assert/strict';
import {testLimit} from '../time-limit.js';
import {after, before, describe, it} from 'node:test';
import type {Browser} from 'puppeteer-core';
import {chromium, visit, type Answer} from './a-page.js';
import {filesIn, root, textOf} from './run.js';

interface Spot {
  readonly name: string;
  readonly pattern: RegExp;
  readonly count: number;
}

const {hardened, spots} = (await import(`${root}build/harden-lit.js`)) as {
  hardened(file: string, code: string): string;
  spots: Record<string, readonly Spot[]>;
};

const built = filesIn('dist').filter(path => /^dist\/[^/]+\.js$/.test(path));

describe('the hardening of Lit', () => {
  for (const [file, all] of Object.entries(spots)) {
    const published = textOf(`node_modules/${file}`);

    it(`replaces every spot of ${file}`, () => {
      const text = hardened(file, published);
      for (const {name, pattern, count} of all) {
        assert.equal(published.match(pattern)?.length, count, name);
        assert.doesNotMatch(text, pattern, name);
      }
    });

    for (const {name, pattern, count} of all) {
      it(`fails the build when ${name} of ${file} is missing, and names it`, () => {
        const without = published.replace(pattern, '');
        assert.throws(
          () => hardened(file, without),
          new RegExp(`${file}: expected ${name} ${count} time`),
        );
      });

      it(`fails the build when ${name} of ${file} is there once more`, () => {
        const [first = ''] = published.match(pattern) ?? [];
        assert.throws(() => hardened(file, `${published};${first}`), new RegExp(name));
      });
    }
  }
});

describe('the Lit inside the script tag', {timeout: testLimit}, () => {
  const files = Object.fromEntries(
    built.map((path): [string, Answer] => [
      path.replace('dist', '/js'),
      {type: 'javascript', body: textOf(path)},
    ]),
  );
  let browser: Browser;
  before(async () => {
    browser = await chromium();
  });
  after(() => browser.close());

  it('asks the page for none of the names Lit is known by', () => {
    const asked =
      /lit(Html|Element)(Versions|PolyfillSupport|HydrateSupport)|reactiveElement\w+|litPropertyMetadata|litNonce|ShadyCSS/;
    for (const path of built) assert.doesNotMatch(textOf(path), asked, path);
  });

  it('leaves no global on the page, and no property on Symbol', async () => {
    const names = `[...Object.getOwnPropertyNames(globalThis), ...Object.getOwnPropertyNames(Symbol)]`;
    const site = {
      '/': {
        body: `<!doctype html><html lang="en"><title>Ferry</title><script>var namesBefore; namesBefore = ${names}</script>
          <script type="module" src="/js/reader-support.js"></script><support-appeal open></support-appeal>`,
      },
      ...files,
    };
    await visit(browser, site, async ({page, errors}) => {
      await page.waitForFunction(() => !!document.querySelector('support-appeal')?.shadowRoot);
      const added = (await page.evaluate(
        `${names}.filter(name => !namesBefore.includes(name))`,
      )) as string[];
      // Puppeteer leaves some of its own.
      assert.deepEqual(
        added.filter(name => !name.includes('ariaQuerySelector')),
        [],
      );
      assert.deepEqual(errors, []);
    });
  });

  it('takes the place of what a server has rendered into the shadow root', async () => {
    const site = {
      '/': {
        body: `<!doctype html><html lang="en"><title>Ferry</title><script type="module" src="/js/reader-support.js"></script>
          <support-ask><template shadowrootmode="open"><form id="rendered"></form></template></support-ask>`,
      },
      ...files,
    };
    await visit(browser, site, async ({page, errors}) => {
      const forms = () =>
        page.evaluate(() =>
          Array.from(
            document.querySelector('support-ask')?.shadowRoot?.querySelectorAll('form') ?? [],
            form => form.id,
          ),
        );
      await page.waitForFunction(
        () => !!document.querySelector('support-ask')?.shadowRoot?.querySelector('button'),
      );
      assert.deepEqual(await forms(), ['']);
      assert.deepEqual(errors, []);
    });
  });
});
