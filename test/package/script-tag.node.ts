import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {after, before, describe, it} from 'node:test';
import type {Browser} from 'puppeteer-core';
import {chromium, visit, type Answer} from './a-page.js';
import {
  appeal,
  aSite,
  assertArticleAlone,
  chunk,
  integrity,
  names,
  settle,
  until,
  whenRefused,
  whenShown,
  withNonce,
} from './a-site.js';
import {textOf} from './run.js';
import {longTestLimit, waitLimit} from '../time-limit.js';

/** Names that Lit, as published, looks up on the page, and names of our own. */
const clobbering = [
  'litHtmlVersions',
  'litElementVersions',
  'reactiveElementVersions',
  'litHtmlPolyfillSupport',
  'litElementPolyfillSupport',
  'reactiveElementPolyfillSupport',
  'litElementHydrateSupport',
  'litPropertyMetadata',
  'litNonce',
  'ShadyCSS',
  'ShadyDOM',
  'trustedTypes',
  'process',
  'readerSupport',
  'campaigns',
];

describe('integrity.json', () => {
  it('lists every file of the script tag with its hash and size', () => {
    assert.deepEqual(Object.keys(integrity.files).sort(), [...names].sort());
    for (const name of names) {
      const text = textOf(`dist/${name}`);
      const hash = `sha384-${createHash('sha384').update(text).digest('base64')}`;
      assert.deepEqual(
        integrity.files[name],
        {integrity: hash, bytes: Buffer.byteLength(text)},
        name,
      );
      assert.equal(integrity.importmap.integrity[integrity.base + name], hash);
    }
  });

  it('is of this version', () => {
    const {version} = JSON.parse(textOf('package.json')) as {version: string};
    assert.equal(integrity.version, version);
    assert.ok(textOf('dist/reader-support.js').includes(version));
  });

  it('names one chunk to preload, the interface with Lit in it', () => {
    assert.equal(integrity.preload.length, 1);
    assert.match(chunk, /^reader-support\.interface-[a-z0-9]{6}\.js$/);
    assert.match(textOf(`dist/${chunk}`), /\.createPolicy\("reader-support"/);
  });

  it('has the loader and the interface compiled while they arrive', () => {
    // The word must end with the line or with a space: behind any other sign Chromium does not know it.
    assert.match(textOf('dist/reader-support.js'), /^\/\/# allFunctionsCalledOnLoad\n/);
    assert.match(textOf(`dist/${chunk}`), /^\/\/# allFunctionsCalledOnLoad LICENSES\.txt\n/);
  });

  it('gives every chunk a name that changes with its content', () => {
    for (const name of names) {
      assert.match(name, /^reader-support(\.[a-z][a-zA-Z-]*-[a-z0-9]{6})?\.js$/);
    }
  });
});

describe('the script tag in Chromium', {timeout: longTestLimit}, () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium();
  });
  after(() => browser.close());

  it('shows an appeal with two requests: the loader and one chunk', async () => {
    await visit(browser, aSite(), async ({page, requests, errors}) => {
      await whenShown(page);
      await settle();
      assert.deepEqual(
        requests.filter(address => address.startsWith(integrity.base)),
        ['reader-support.js', chunk].map(name => integrity.base + name),
      );
      assert.deepEqual(errors, []);
    });
  });

  for (const [theme, isFetched] of [
    ['gazette', true],
    ['review', true],
    ['default', false],
    [undefined, false],
  ] as const)
    it(`fetches ${isFetched ? 'the themes beside' : 'no themes with'} the interface, given the theme ${theme}`, async () => {
      const campaigns = [{id: 'winter', theme, place: {selector: '#article'}}];
      const tag = integrity.tag.replace('<script', '<script data-campaigns="/campaigns.json"');
      const site = aSite({tag});
      const quiet = {
        ...site,
        '/': {...site['/']!, body: String(site['/']!.body).replace(appeal, '')},
        '/campaigns.json': {type: 'json' as const, body: JSON.stringify({campaigns})},
        [integrity.base + chunk]: {
          type: 'javascript' as const,
          body: textOf(`dist/${chunk}`),
          delay: 3000,
        },
      };
      await visit(browser, quiet, async ({page, requests, errors}) => {
        const hasThemes = () => requests.some(address => address.includes('.themes-'));
        // What the interface asks for, it asks for once it has arrived.
        if (isFetched) await until(hasThemes, 'no themes');
        assert.equal(await page.evaluate(() => !!customElements.get('support-appeal')), false);
        await whenShown(page);
        await settle();
        assert.equal(hasThemes(), isFetched);
        assert.deepEqual(errors, []);
      });
    });

  it('loads the loader alone where nothing asks', async () => {
    const site = aSite();
    const quiet = {...site, '/': {body: String(site['/']!.body).replace(appeal, '')}};
    await visit(browser, quiet, async ({page, requests, errors}) => {
      await settle();
      await assertArticleAlone(page);
      assert.deepEqual(requests, ['/', `${integrity.base}reader-support.js`]);
      assert.deepEqual(errors, []);
    });
  });

  it('brings the paywall to a page that has one, and nothing for readers it lets in', async () => {
    const site = aSite();
    const walled = '<support-paywall for="text" access="open"></support-paywall>';
    const body = String(site['/']!.body).replace(appeal, walled);
    await visit(browser, {...site, '/': {...site['/']!, body}}, async ({page, errors}) => {
      await page.waitForFunction(() => !!customElements.get('support-paywall'), {
        timeout: waitLimit,
      });
      assert.ok(await page.evaluate(() => !!customElements.get('support-meter')));
      assert.deepEqual(errors, []);
    });
  });

  for (const name of ['support-paywall', 'support-meter', 'support-ask', 'support-thanks'])
    for (const [way, add] of Object.entries({
      'on its own': `const late = document.createElement(name); document.body.append(late);`,
      'within what comes': `const block = document.createElement('section');
        block.innerHTML = '<div><' + name + '></' + name + '></div>'; document.body.append(block);`,
      'by a route': `history.pushState(null, '', '/next');
        document.body.innerHTML = '<main>' + '<' + name + '></' + name + '></main>';`,
    }))
      it(`defines a <${name}> that comes late, ${way}`, async () => {
        const site = aSite();
        const quiet = {...site, '/': {body: String(site['/']!.body).replace(appeal, '')}};
        await visit(browser, quiet, async ({page, requests, errors}) => {
          await settle();
          assert.deepEqual(requests, ['/', `${integrity.base}reader-support.js`]);
          await page.evaluate(`{const name = '${name}'; ${add}}`);
          await page.waitForFunction(
            tag => !!document.querySelector(`${tag}:defined`),
            {timeout: waitLimit},
            name,
          );
          assert.deepEqual(errors, []);
        });
      });

  it('shows the appeal on a page whose ids stand in for globals', async () => {
    const body = clobbering.map(id => `<a id="${id}" name="${id}" href="/">x</a>`).join('');
    await visit(browser, aSite({body}), async ({page, errors}) => {
      await whenShown(page);
      assert.deepEqual(errors, []);
    });
  });

  for (const [name, policy] of Object.entries(integrity.csp)) {
    it(`runs under the published policy "${name}"`, async () => {
      const headers = {'content-security-policy': policy};
      await visit(browser, aSite({headers, tag: withNonce}), async ({page, errors}) => {
        await whenShown(page);
        await settle();
        assert.deepEqual(errors, []);
      });
    });
  }

  it('runs under all three policies at once, and where no policy may be made', async () => {
    const all = Object.values(integrity.csp).join(', ');
    for (const policy of [all, `trusted-types 'none'`]) {
      const headers = {'content-security-policy': policy};
      await visit(browser, aSite({headers, tag: withNonce}), ({page}) => whenShown(page));
    }
  });

  it('leaves the article alone where Trusted Types are required and do not list it', async () => {
    const headers = {
      'content-security-policy': `require-trusted-types-for 'script'; trusted-types other`,
    };
    await visit(browser, aSite({headers}), async ({page, errors}) => {
      await whenRefused(errors, /TrustedTypePolicy/);
      await assertArticleAlone(page);
    });
  });

  it('is refused by the browser when the loader has one byte more', async () => {
    const loader = `${integrity.base}reader-support.js`;
    const altered = {type: 'javascript', body: `${textOf('dist/reader-support.js')} `} as const;
    await visit(browser, aSite({}, {[loader]: altered}), async ({page, errors}) => {
      await whenRefused(errors, /integrity/);
      await assertArticleAlone(page);
    });
  });

  it('is refused by the browser when a chunk has one byte more than the import map says', async () => {
    const head = `<script type="importmap">${JSON.stringify(integrity.importmap)}</script>`;
    const altered = {type: 'javascript', body: `${textOf(`dist/${chunk}`)} `} as const;
    await visit(browser, aSite({head}), ({page}) => whenShown(page));
    await visit(
      browser,
      aSite({head}, {[integrity.base + chunk]: altered}),
      async ({page, errors}) => {
        await whenRefused(errors, /integrity/);
        await assertArticleAlone(page);
      },
    );
  });

  it('leaves the article alone when the chunk never arrives', async () => {
    const site = aSite();
    const without = Object.fromEntries(
      Object.entries(site).filter(([path]) => path !== integrity.base + chunk),
    );
    await visit(browser, without, async ({page, errors}) => {
      await whenRefused(errors, /404/);
      await assertArticleAlone(page);
    });
  });

  it('asks once, with no further request, on a page that adds a version to its address', async () => {
    const tag = `<script type="module" src="${integrity.base}reader-support.js?ver=6.5"></script>`;
    await visit(browser, aSite({tag}), async ({page, requests, errors}) => {
      await whenShown(page);
      await settle();
      assert.deepEqual(
        requests.filter(address => address.startsWith(integrity.base)),
        ['reader-support.js?ver=6.5', chunk].map(name => integrity.base + name),
      );
      assert.equal(
        await page.evaluate(() => document.querySelectorAll('support-appeal').length),
        1,
      );
      assert.deepEqual(errors, []);
    });
  });

  it('runs once when two copies of it are on the page', async () => {
    const loader = textOf('dist/reader-support.js');
    const head = `<script type="module" src="${integrity.base}copy/reader-support.js"></script>`;
    const copies = Object.fromEntries(
      names.map((name): [string, Answer] => [
        `${integrity.base}copy/${name}`,
        {type: 'javascript', body: name === 'reader-support.js' ? loader : textOf(`dist/${name}`)},
      ]),
    );
    await visit(browser, aSite({head}, copies), async ({page, errors, said}) => {
      await whenShown(page);
      const refusals = () => said.filter(line => line.includes('already runs')).length;
      await until(() => refusals() > 0, 'no copy said that another one runs');
      assert.deepEqual(errors, []);
      assert.equal(refusals(), 1);
    });
  });

  it('shows the appeal when a preload line fetched the chunk before', async () => {
    const head = integrity.preload
      .map(
        name =>
          `<link rel="modulepreload" href="${integrity.base}${name}" integrity="${integrity.files[name]!.integrity}" crossorigin>`,
      )
      .join('');
    await visit(browser, aSite({head}), async ({page, requests, errors}) => {
      await whenShown(page);
      assert.equal(requests.filter(address => address === integrity.base + chunk).length, 1);
      assert.deepEqual(errors, []);
    });
  });
});
