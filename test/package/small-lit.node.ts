import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {build} from 'esbuild';
import fc from 'fast-check';
import type {Browser} from 'puppeteer-core';
import {chromium, visit} from './a-page.js';
import {drawBoth, liveBoth, places, shapes, type Value} from './both-lits.js';
import {filesIn, root, textOf} from './run.js';
import {longTestLimit} from '../time-limit.js';

interface SmallLit {
  default: (versionOf?: (name: string) => string) => {buildStart(this: unknown): void};
  versions: Record<string, string>;
  problemOf(texts: readonly string[]): string | undefined;
}

const {
  default: smallLit,
  versions,
  problemOf,
} = (await import(`${root}build/small-lit.js`)) as SmallLit;

/** Both Lits, as `lits` on the page. */
async function bothLits(): Promise<string> {
  const {outputFiles} = await build({
    stdin: {
      contents: `import * as theirs from 'lit'; import * as ours from './build/lit/index.js';
        globalThis.lits = [theirs, ours];`,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'iife',
    conditions: ['production', 'browser'],
  });
  return outputFiles[0]!.text;
}

const {value} = fc.letrec<{value: Value}>(tie => ({
  value: fc.oneof(
    {depthSize: 'small'},
    fc.constantFrom<Value>('', 'a', 'b', '<i>', 0, 7, null),
    fc.constantFrom<Value>({none: 'nothing'}, {none: 'undefined'}),
    fc.array(tie('value'), {maxLength: 3}).map(list => ({list})),
    fc
      .record({
        shape: fc.nat(shapes.length - 1),
        values: fc.array(tie('value'), {minLength: 6, maxLength: 6}),
      })
      .map(({shape, values}) => ({shape, values: values.slice(0, places(shape).length)})),
  ),
}));

describe('the Lit inside the script tag', {timeout: longTestLimit}, () => {
  let browser: Browser;
  let site: Parameters<typeof visit>[1];
  before(async () => {
    browser = await chromium();
    site = {'/': {body: `<!doctype html><body><script>${await bothLits()}</script>`}};
  });
  after(() => browser.close());

  it('draws whatever is drawn, and drawn over, as Lit does', async () => {
    await visit(browser, site, async ({page, errors}) => {
      // Names that a compiler leaves in functions mean nothing to the page.
      await page.evaluate('globalThis.__name = f => f');
      await fc.assert(
        fc.asyncProperty(fc.array(value, {minLength: 2, maxLength: 4}), async runs => {
          for (const [theirs, ours] of await page.evaluate(drawBoth, runs, shapes))
            assert.equal(ours, theirs);
        }),
        {numRuns: 300},
      );
      assert.deepEqual(errors, []);
    });
  });

  it('lives as Lit’s elements do: properties, attributes, controllers, updates and faults', async () => {
    await visit(browser, site, async ({page}) => {
      await page.evaluate('globalThis.__name = f => f');
      const [theirs, ours] = await page.evaluate(liveBoth);
      assert.ok(theirs.length > 40);
      assert.deepEqual(ours, theirs);
    });
  });

  const fail = {
    error(message: string) {
      throw new Error(message);
    },
  };

  it('is of the Lit that is installed, or the build fails', () => {
    smallLit().buildStart.call(fail);
    for (const name of Object.keys(versions)) {
      const plugin = smallLit(one => (one === name ? '9.9.9' : versions[one]!));
      assert.throws(() => plugin.buildStart.call(fail), new RegExp(`${name} .*9\\.9\\.9`));
    }
  });

  const undrawable: [given: string, texts: string[]][] = [
    ['a comment', ['<p><!-- why -->', '</p>']],
    ['half a value', ['<p part="action ', '">']],
    ['two bindings in a value', ['<p part="', ' ', '">']],
    ['a value without quotes', ['<p part=', '>']],
    ['a tag', ['<', '></p>']],
    ['an attribute', ['<p ', '></p>']],
    ['a name with capitals', ['<p .campaignEnds="', '">']],
  ];
  for (const [given, texts] of undrawable) {
    it(`fails the build given a template with ${given} it cannot draw`, () => {
      assert.equal(typeof problemOf(texts), 'string');
    });
  }

  it('can draw what it was tried on', () => {
    for (const texts of shapes) assert.equal(problemOf(texts), undefined);
  });

  it('asks the page for none of the names Lit is known by', () => {
    const asked =
      /lit(Html|Element)(Versions|PolyfillSupport|HydrateSupport)|reactiveElement\w+|litPropertyMetadata|ShadyCSS/;
    for (const path of filesIn('dist').filter(one => /^dist\/[^/]+\.js$/.test(one)))
      assert.doesNotMatch(textOf(path), asked, path);
  });
});
