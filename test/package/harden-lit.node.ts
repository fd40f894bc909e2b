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

/** A script of the page that presses tabs, "More" and the button one after the other, and logs what came of each. */
const pressAll = `(async () => {
  const appeal = document.querySelector('support-appeal');
  const inAppeal = part => appeal.shadowRoot?.querySelector('[part=' + part + ']');
  const inForm = selector => inAppeal('ask')?.shadowRoot?.querySelector(selector);
  const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
  for (let tries = 0; tries < 300 && !inForm('[part=submit]'); tries += 1) await pause(10);
  const seen = [];
  for (const frequency of ['annual', 'once', 'monthly']) {
    inForm('[value=' + frequency + ']').click();
    await pause(150);
    seen.push(/a year|once|a month/.exec(inForm('[part=submit]').textContent)[0]);
  }
  for (let press = 0; press < 3; press += 1) {
    inAppeal('more').click();
    await pause(100);
    seen.push(inAppeal('more').ariaExpanded);
  }
  inForm('[part=submit]').click();
  console.log('seen ' + seen.join(', '));
})()`;

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

  for (const {name, value} of [
    {name: 'once', value: 'true'},
    {name: 'passive', value: 'true'},
    {name: 'capture', value: 'true'},
    {name: 'signal', value: 'AbortSignal.abort()'},
    {name: 'signal', value: '"x"'},
  ])
    it(`answers every press on a page with Object.prototype.${name} = ${value}`, async () => {
      const site = {
        '/': {
          body: `<!doctype html><html lang="en"><title>Ferry</title><script>Object.prototype.${name} = ${value}</script>
          <script type="module" src="/js/reader-support.js"></script>
          <support-appeal open checkout="/take"></support-appeal><script>${pressAll}</script>`,
        },
        '/take': {type: 'json', body: '{"url": "https://example.org/x"}'},
        ...files,
      } as const;
      // The page says what came of it: the driver's own functions fail on such a page.
      await visit(browser, site, async ({requests, said, errors}) => {
        for (let tries = 0; tries < 400 && !said.some(line => line.startsWith('seen')); tries += 1)
          await new Promise(resolve => setTimeout(resolve, 25));
        assert.deepEqual(
          said.filter(line => line.startsWith('seen')),
          ['seen a year, once, a month, true, false, true'],
          errors.join('\n'),
        );
        for (let tries = 0; tries < 100 && !requests.includes('/take'); tries += 1)
          await new Promise(resolve => setTimeout(resolve, 25));
        assert.ok(requests.includes('/take'), requests.join());
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
