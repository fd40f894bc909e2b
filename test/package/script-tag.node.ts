import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {after, before, describe, it} from 'node:test';
import {build} from 'esbuild';
import type {Browser, Page} from 'puppeteer-core';
import {chromium, visit, type Answer} from './a-page.js';
import {filesIn, root, textOf} from './run.js';
import {longTestLimit, waitLimit} from '../time-limit.js';

interface Integrity {
  version: string;
  base: string;
  files: Record<string, {integrity: string; bytes: number}>;
  preload: string[];
  importmap: {integrity: Record<string, string>};
  tag: string;
  csp: Record<string, string>;
}

const integrity = JSON.parse(textOf('dist/integrity.json')) as Integrity;
const names = filesIn('dist')
  .filter(path => /^dist\/[^/]+\.js$/.test(path))
  .map(path => path.slice('dist/'.length));
const chunk = integrity.preload[0]!;

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

const article = 'The ferry ran again on Tuesday.';
const appeal = `<support-appeal campaign="winter" currency="USD" checkout="/checkout"><p>Our words.</p></support-appeal>`;

interface PageParts {
  readonly head?: string;
  readonly body?: string;
  readonly tag?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A site with an article, the appeal and the built files; `parts` and `changed` replace what they name. */
function aSite(
  parts: PageParts = {},
  changed: Record<string, Answer> = {},
): Record<string, Answer> {
  const {head = '', body = '', tag = integrity.tag, headers = {}} = parts;
  const files = names.map((name): [string, Answer] => [
    integrity.base + name,
    {type: 'javascript', body: textOf(`dist/${name}`)},
  ]);
  return {
    '/': {
      body: `<!doctype html><html lang="en"><head><title>Ferry</title>${head}${tag}</head><body>${body}<p id="article">${article}</p>${appeal}</body></html>`,
      headers,
    },
    ...Object.fromEntries(files),
    ...changed,
  };
}

const isShown = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const element = document.querySelector('support-appeal');
    return (
      (element?.shadowRoot?.querySelector('support-ask')?.shadowRoot?.childElementCount ?? 0) > 0
    );
  });

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + waitLimit;
  while (!(await isSo())) {
    assert.ok(Date.now() < end, `${what} within ${waitLimit} ms`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

const whenShown = (page: Page): Promise<void> => until(() => isShown(page), 'no appeal');

const whenRefused = (errors: readonly string[], reason: RegExp): Promise<void> =>
  until(() => errors.some(error => reason.test(error)), `no error like ${reason}`);

const withNonce = integrity.tag.replace('<script', '<script nonce="NONCE"');

/** A second in which nothing more may happen: no event tells that, so this wait is a fixed one. */
const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 1000));

async function assertArticleAlone(page: Page): Promise<void> {
  assert.equal(await isShown(page), false);
  assert.equal(await page.$eval('#article', element => element.textContent), article);
  assert.equal(await page.$eval('#article', element => element.checkVisibility()), true);
}

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

describe('the attribute data-preload', {timeout: longTestLimit}, () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium();
  });
  after(() => browser.close());

  const interfaceFile = integrity.base + chunk;
  const day = 86_400_000;
  const fileTag = integrity.tag.replace('>', ' data-campaigns="/campaigns.json">');
  const preloadTag = fileTag.replace('>', ' data-preload>');
  const due = {id: 'winter', place: {selector: 'body'}, copy: {heading: 'Our words.'}};

  /** A page without an element of ours, its campaigns file, and what the reader's browser has stored. */
  function aSiteWithFile(
    tag: string,
    {campaign = due, record, head = ''}: {campaign?: object; record?: object; head?: string} = {},
    changed: Record<string, Answer> = {},
  ): Record<string, Answer> {
    const stored = record
      ? `<script>localStorage.setItem('support:reader', ${JSON.stringify(JSON.stringify(record))})</script>`
      : '';
    const site = aSite({head: head + stored, tag});
    const html = String(site['/']!.body).replace(appeal, '');
    const file = {type: 'json', body: JSON.stringify({campaigns: [campaign]})} as const;
    return {...site, '/': {body: html}, '/campaigns.json': file, ...changed};
  }

  const recordWith = (parts: object): object => ({v: 1, views: [], closes: [], read: [], ...parts});
  const closed = (reason: string, until = Date.now() + 20 * day): object =>
    recordWith({closes: [{campaign: 'winter', reason, at: Date.now() - day, until}]});
  const ended = {...due, schedule: {end: '2020-01-01'}};
  const elsewhere = {...due, audience: {include: {section: ['Sport']}}};

  const rows: {
    given: string;
    site?: {campaign?: object; record?: object; head?: string};
    preloaded: boolean;
  }[] = [
    {given: 'a reader who said "later"', site: {record: closed('later')}, preloaded: false},
    {given: 'a reader who closed an appeal', site: {record: closed('close')}, preloaded: false},
    {
      given: 'a supporter',
      site: {record: recordWith({supported: {at: Date.now() - day, until: Date.now() + day}})},
      preloaded: false,
    },
    {
      given: 'a sensitive page',
      site: {head: '<meta name="support:sensitive" content="yes">'},
      preloaded: false,
    },
    {given: 'a campaign that has ended', site: {campaign: ended}, preloaded: true},
    {given: 'a campaign for other pages', site: {campaign: elsewhere}, preloaded: true},
    {
      given: 'a reader who wants no more of this campaign',
      site: {record: closed('not-this-campaign')},
      preloaded: true,
    },
  ];
  for (const {given, site, preloaded} of rows) {
    it(`costs ${preloaded ? 'the interface’s file' : 'nothing'} where nothing is due, given ${given}`, async () => {
      const alone = ['/', `${integrity.base}reader-support.js`, '/campaigns.json'];
      const rowsByTag: [string, readonly string[]][] = [
        [fileTag, alone],
        [preloadTag, preloaded ? [...alone, interfaceFile] : alone],
      ];
      for (const [tag, expected] of rowsByTag) {
        await visit(browser, aSiteWithFile(tag, site), async ({page, requests, errors, said}) => {
          // The page has loaded before the campaigns file is there, and on a busy machine before it is asked for.
          await until(() => requests.length >= expected.length, `requests: ${requests.join(' ')}`);
          await page.waitForNetworkIdle();
          await assertArticleAlone(page);
          assert.deepEqual([...requests].sort(), [...expected].sort());
          assert.deepEqual(errors, []);
          assert.deepEqual(said, []);
          // Fetched is not run: what runs defines the element.
          assert.equal(await page.evaluate(() => !!customElements.get('support-appeal')), false);
        });
      }
    });
  }

  it('asks for the interface before the campaigns file has arrived, and once', async () => {
    const late = {type: 'json', body: JSON.stringify({campaigns: [due]}), delay: 700} as const;
    for (const [tag, isBeside] of [
      [fileTag, false],
      [preloadTag, true],
    ] as const) {
      const site = aSiteWithFile(tag, {}, {'/campaigns.json': late});
      await visit(browser, site, async ({page, requests, errors, said}) => {
        await new Promise(resolve => setTimeout(resolve, 300));
        assert.equal(requests.includes(interfaceFile), isBeside);
        assert.equal(await isShown(page), false);
        await whenShown(page);
        assert.equal(requests.filter(address => address === interfaceFile).length, 1);
        assert.deepEqual(errors, []);
        assert.deepEqual(said, []);
      });
    }
  });

  it('fetches nothing beside campaigns that are in the page', async () => {
    const head = `<script type="application/json" id="due">${JSON.stringify({campaigns: [ended]})}</script>`;
    const tag = preloadTag.replace('/campaigns.json', '#due');
    await visit(browser, aSiteWithFile(tag, {head}), async ({page, requests}) => {
      await assertArticleAlone(page);
      assert.deepEqual(requests, ['/', `${integrity.base}reader-support.js`]);
    });
  });

  for (const [name, policy] of Object.entries(integrity.csp)) {
    it(`runs under the published policy "${name}"`, async () => {
      const tag = preloadTag.replace('<script', '<script nonce="NONCE"');
      const {'/': start, ...rest} = aSiteWithFile(tag);
      const headers = {'content-security-policy': policy};
      await visit(
        browser,
        {...rest, '/': {...start!, headers}},
        async ({page, requests, errors}) => {
          await whenShown(page);
          await settle();
          assert.equal(requests.filter(address => address === interfaceFile).length, 1);
          assert.deepEqual(errors, []);
        },
      );
    });
  }

  it('holds the interface to the import map’s hash', async () => {
    const head = `<script type="importmap">${JSON.stringify(integrity.importmap)}</script>`;
    const altered = {type: 'javascript', body: `${textOf(`dist/${chunk}`)} `} as const;
    await visit(browser, aSiteWithFile(preloadTag, {head}), async ({page, errors}) => {
      await whenShown(page);
      assert.deepEqual(errors, []);
    });
    const site = aSiteWithFile(preloadTag, {head}, {[interfaceFile]: altered});
    await visit(browser, site, async ({page, errors}) => {
      await whenRefused(errors, /integrity/);
      await assertArticleAlone(page);
    });
  });

  it('fetches the interface once on a page that adds a version to the loader’s address', async () => {
    const tag = `<script type="module" src="${integrity.base}reader-support.js?ver=6.5" data-campaigns="/campaigns.json" data-preload></script>`;
    await visit(browser, aSiteWithFile(tag), async ({page, requests, errors}) => {
      await whenShown(page);
      assert.equal(requests.filter(address => address.includes('interface')).length, 1);
      assert.deepEqual(errors, []);
    });
  });
});

describe('what the script tag exports', {timeout: longTestLimit}, () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium();
  });
  after(() => browser.close());

  const address = `${integrity.base}reader-support.js`;
  const plainTag = `<script type="module" src="${address}"></script>`;
  const asyncTag = `<script type="module" async src="${address}"></script>`;
  const classic = (text: string) =>
    `<script>import('${address}').then(async ({session}) => {${text}})</script>`;
  const wait = `while (!session.decision) await new Promise(go => setTimeout(go, 20));`;

  for (const [name, tag] of [
    ['deferred', plainTag],
    ['async', asyncTag],
  ] as const) {
    it(`gives a classic script the session of ${name} tag`, async () => {
      const head = classic(`${wait} window.reason = session.decision.ask;`);
      await visit(browser, aSite({head, tag}), async ({page, errors}) => {
        await page.waitForFunction(() => 'reason' in window, {timeout: waitLimit});
        assert.equal(
          await page.evaluate(() => (window as unknown as {reason: boolean}).reason),
          true,
        );
        await whenShown(page);
        assert.deepEqual(errors, []);
      });
    });

    it(`stops ${name} tag whose campaigns file is still on its way`, async () => {
      const file = JSON.stringify({campaigns: [{id: 'winter', place: {selector: 'body'}}]});
      const late = {type: 'json', body: file, delay: 600} as const;
      const named = tag.replace(' src', ' data-campaigns="/campaigns.json" src');
      for (const [act, count] of [
        ['session.stop(); session.navigate();', 0],
        ['session();', 0],
        ['', 1],
      ] as const) {
        const head = classic(`${act} window.done = true;`);
        const site = aSite({head, tag: named}, {'/campaigns.json': late});
        const html = String(site['/']!.body).replace(appeal, '');
        await visit(browser, {...site, '/': {body: html}}, async ({page, errors}) => {
          await page.waitForFunction(() => 'done' in window, {timeout: waitLimit});
          if (count > 0) await whenShown(page);
          else await new Promise(resolve => setTimeout(resolve, 2000));
          const appeals = await page.evaluate(
            () => document.querySelectorAll('support-appeal').length,
          );
          assert.equal(appeals, count);
          assert.deepEqual(errors, []);
        });
      }
    });
  }

  const hint = 'no data-campaigns';
  const bare = (markup: string, tag = plainTag): Record<string, Answer> => {
    const site = aSite({tag});
    return {...site, '/': {body: String(site['/']!.body).replace(appeal, markup)}};
  };

  it('says once where the tag has lost its campaigns file, with the cure', async () => {
    await visit(browser, bare(''), async ({page, said, errors}) => {
      await settle();
      await page.evaluate(() => history.pushState(null, '', '/next'));
      await settle();
      assert.equal(said.filter(line => line.includes(hint)).length, 1);
      assert.match(said.join(), /tag manager/);
      assert.deepEqual(errors, []);
    });
  });

  it('says nothing of a campaigns file on a page that imports start()', async () => {
    const importing = `<script type="module">import '${address}';</script>`;
    await visit(browser, bare('', importing), async ({said}) => {
      await settle();
      assert.deepEqual(said, []);
    });
  });

  for (const markup of [
    appeal,
    '<support-ask></support-ask>',
    '<support-thanks></support-thanks>',
    '<a href="/give" data-support-open>Give</a>',
  ]) {
    it(`says nothing of a campaigns file on a page with ${markup.split('>')[0]}>`, async () => {
      await visit(browser, bare(markup), async ({said}) => {
        await settle();
        assert.deepEqual(
          said.filter(line => line.includes(hint)),
          [],
        );
      });
    });
  }
});

describe(
  'what the script tag exports to be fetched when it is called',
  {timeout: longTestLimit},
  () => {
    let browser: Browser;
    /** npm's functions, for the same page. */
    let npm: string;
    before(async () => {
      browser = await chromium();
      const {outputFiles} = await build({
        stdin: {
          contents: `export {storageReport} from 'reader-support';
          export * from 'reader-support/events';
          export {emptyState, forecast} from 'reader-support/core';
          export {registerLocale} from 'reader-support/elements';`,
          resolveDir: root,
        },
        tsconfigRaw: '{}',
        conditions: ['production', 'browser'],
        bundle: true,
        write: false,
        format: 'esm',
      });
      npm = outputFiles[0]!.text;
    });
    after(() => browser.close());

    const address = `${integrity.base}reader-support.js`;
    const toolsFile = integrity.base + names.find(name => name.includes('.tools-'))!;
    const campaigns = [{id: 'winter', place: {selector: 'body'}, copy: {heading: 'Our words.'}}];
    const data = (file: object) =>
      `<script type="application/json" id="file">${JSON.stringify({campaigns, ...file})}</script>`;
    const tag = `<script type="module" src="${address}" data-campaigns="#file"></script>`;

    interface Results {
      results: Record<string, unknown>;
      end: () => void;
    }
    const resultOf = async (page: Page, name: string): Promise<unknown> => {
      await page.waitForFunction(
        key => key in ((globalThis as unknown as Partial<Results>).results ?? {}),
        {timeout: waitLimit},
        name,
      );
      return page.evaluate(key => (globalThis as unknown as Results).results[key], name);
    };

    /** A page whose script has all exports as `kit`, npm's as `npm`, and keeps what it finds in `results`. */
    const scripts = {
      'a classic script': (text: string) =>
        `<script>window.results = {};
       import('${address}').then(async kit => {${text}})</script>`,
      'a module': (text: string) =>
        `<script>window.results = {};</script>
       <script type="module">import * as kit from '${address}'; ${text}</script>`,
    };
    type Script = keyof typeof scripts;
    const kinds = Object.keys(scripts) as Script[];

    function aPage(
      {
        script = 'a module',
        text = '',
        file = {},
        lang = 'en',
        head = '',
      }: {script?: Script; text?: string; file?: object; lang?: string; head?: string},
      changed: Record<string, Answer> = {},
    ): Record<string, Answer> {
      const body = `<!doctype html><html lang="${lang}"><head><title>Ferry</title>${head}${data(file)}${tag}${scripts[script](text)}</head>
      <body><p id="article">${article}</p></body></html>`;
      return aSite({}, {'/': {body}, '/npm.js': {type: 'javascript', body: npm}, ...changed});
    }

    const toolsOf = (requests: readonly string[]) =>
      requests.filter(path => path === toolsFile).length;
    const toolsBody = textOf(`dist/${toolsFile.slice(integrity.base.length)}`);
    const slow = (delay: number): Record<string, Answer> => ({
      [toolsFile]: {type: 'javascript', body: toolsBody, delay},
    });

    it('are these names', async () => {
      const text = `results.names = Object.keys(kit).sort().join(' ');`;
      await visit(browser, aPage({text}), async ({page, requests, errors}) => {
        assert.equal(
          await resultOf(page, 'names'),
          'forecast open registerLocale requestTurn session start storageReport toGa4 toPlausible toSegment toSnowplow trackEvents',
        );
        await whenShown(page);
        await settle();
        // Imported is not called.
        assert.equal(toolsOf(requests), 0);
        assert.deepEqual(errors, []);
      });
    });

    const event = `{name: 'start', campaign: 'winter', experiment: 'blue-or-red', arm: 'red', placement: 'bar'}`;
    const gift = `{name: 'gift', campaign: 'winter', amount: {minor: 500, currency: 'USD'}, frequency: 'monthly', order: 'cs_1'}`;
    const calls = [
      `storageReport()`,
      `forecast([{id: 'winter', format: 'bar', cadence: {maxViews: 2}}],
      {now: 1767225600000, utcOffsetMinutes: 60, path: '/news', tags: [], language: 'en', device: 'phone',
        referrer: '', supporter: false, sensitive: false, asked: false}, {v: 1, views: [], closes: [], read: [], meter: []}, 30)`,
      ...['toGa4', 'toPlausible', 'toSegment', 'toSnowplow'].flatMap(name => [
        `${name}(${event})`,
        `${name}(${gift})`,
      ]),
    ];
    for (const script of kinds) {
      for (const [moment, wait] of [
        ['before the first decision', ''],
        [
          'after an appeal is shown',
          `while (!document.querySelector('support-appeal')) await new Promise(go => setTimeout(go, 20));`,
        ],
      ] as const) {
        it(`give ${script} what npm’s give, ${moment}`, async () => {
          const text = `${wait} const npm = await import('/npm.js'); results.before = performance.getEntriesByType('resource').filter(({name}) => name.includes('.tools-')).length;
          results.kit = [${calls.map(call => `await kit.${call}`).join(',')}];
          results.npm = [${calls.map(call => `npm.${call}`).join(',')}];
          results.promises = kit.storageReport() instanceof Promise;
          results.json = [JSON.stringify(results.kit), JSON.stringify(results.npm)];`;
          await visit(browser, aPage({script, text}), async ({page, requests, errors}) => {
            const [ours, npms] = (await resultOf(page, 'json')) as string[];
            assert.equal(await resultOf(page, 'before'), 0);
            assert.ok(ours!.length > 1000);
            assert.equal(ours, npms);
            assert.equal(await resultOf(page, 'promises'), true);
            assert.equal(toolsOf(requests), 1);
            await whenShown(page);
            assert.deepEqual(errors, []);
          });
        });
      }
    }

    const press = (page: Page, part: string) =>
      page.evaluate(wanted => {
        const shadow = document.querySelector('support-appeal')!.shadowRoot!;
        shadow.querySelector<HTMLElement>(`[part~="${wanted}"]`)!.click();
      }, part);
    const intoGa4 = (sink: string) => `kit.trackEvents({onEvent: async event => {
      const {name, params} = await kit.toGa4(event); ${sink}; }}).then(end => { window.end = end; results.began = true; });`;
    const layer = `(window.dataLayer ??= []).push({event: name, ecommerce: params})`;
    const gtag = `(window.dataLayer ??= []).push({event: name, ecommerce: params, by: 'gtag'})`;
    const pushed = (page: Page) =>
      page.evaluate(
        () =>
          (window as unknown as {dataLayer?: {event: string; ecommerce: Record<string, unknown>}[]})
            .dataLayer ?? [],
      );

    for (const script of kinds) {
      for (const [given, sink, delay] of [
        ['a file that is here at once', layer, 0],
        ['a file that comes after the events', layer, 4000],
        ['gtag() and a file that comes after the events', gtag, 4000],
      ] as const) {
        it(`counts every event for ${script}, given ${given}`, async () => {
          const site = aPage({script, text: intoGa4(sink)}, slow(delay));
          await visit(browser, site, async ({page, requests, errors}) => {
            await page.waitForFunction(
              () =>
                !!document
                  .querySelector('support-appeal')
                  ?.shadowRoot?.querySelector('[part~=later]'),
              {timeout: waitLimit},
            );
            // What is seen for a second counts as seen.
            await new Promise(resolve => setTimeout(resolve, 1500));
            await press(page, 'close');
            await settle();
            if (delay > 0) assert.deepEqual(await pushed(page), []);
            await until(async () => (await pushed(page)).length >= 2, 'two events');
            const events = await pushed(page);
            assert.deepEqual(
              events.map(entry => entry.event),
              ['view_promotion', 'support_close'],
            );
            const {ecommerce} = events[0]!;
            assert.equal(ecommerce['promotion_id'], 'winter');
            assert.equal(ecommerce['creative_slot'], 'inline');
            assert.equal(toolsOf(requests), 1);
            assert.deepEqual(errors, []);
          });
        });
      }
    }

    const half = {
      control: {weight: 0.5},
      plain: {weight: 0.5, overrides: {copy: {heading: 'Plain.'}}},
    };
    const silent = {control: {weight: 0}, nothing: {weight: 1, enabled: false}};
    const anExperiment = (arms: object) => [{id: 'words', version: 1, campaign: 'winter', arms}];
    const shown = ['exposure', 'view', 'close'];
    for (const [given, file, names] of [
      ['an experiment', {experiments: anExperiment(half)}, shown],
      ['full consent', {experiments: anExperiment(half), consent: 'full'}, shown],
      ['an arm that shows nothing', {experiments: anExperiment(silent)}, ['exposure']],
      ['a reader who is held back', {holdback: 0.99}, ['exposure']],
    ] as const) {
      for (const script of kinds) {
        for (const delay of [0, 4000]) {
          it(`counts the same exposures for ${script} as npm’s, given ${given}, and a file that comes ${delay > 0 ? 'after them' : 'at once'}`, async () => {
            // Not the one reader in a hundred who is not held back.
            const head = `<script>crypto.getRandomValues = numbers => numbers.fill(7);</script>`;
            const text = `const npm = await import('/npm.js'); results.kit = []; results.npm = [];
            document.addEventListener('support-skipped', ({reason}) => { results.skipped = reason; });
            npm.trackEvents({onEvent: event => results.npm.push(event)});
            kit.trackEvents({onEvent: event => results.kit.push(event)}).then(() => { results.began = true; });`;
            // The campaigns come once both listen.
            const site = aPage(
              {script, text, head},
              {
                ...slow(delay),
                '/late.json': {
                  type: 'json',
                  body: JSON.stringify({campaigns, ...file}),
                  delay: 500,
                },
              },
            );
            const body = String(site['/']!.body).replace(
              'data-campaigns="#file"',
              'data-campaigns="/late.json"',
            );
            await visit(browser, {...site, '/': {body}}, async ({page, requests, errors}) => {
              const isAsked = names.length > 1;
              if (isAsked) await whenShown(page);
              else await resultOf(page, 'skipped');
              // What is seen for a second counts as seen.
              await new Promise(resolve => setTimeout(resolve, 1500));
              assert.equal(await isShown(page), isAsked);
              if (isAsked) await press(page, 'close');
              await resultOf(page, 'began');
              const eventsOf = async (name: string) =>
                (await resultOf(page, name)) as Record<string, unknown>[];
              await until(async () => (await eventsOf('kit')).length >= names.length, 'the events');
              await settle();
              const events = await eventsOf('kit');
              assert.deepEqual(
                events.map(({name}) => name),
                names,
              );
              assert.deepEqual(events, await eventsOf('npm'));
              const hasId = given === 'full consent';
              assert.equal(typeof events[0]!['exposure'], hasId ? 'string' : 'undefined');
              assert.equal(toolsOf(requests), 1);
              assert.deepEqual(errors, []);
            });
          });
        }
      }
    }

    it('count for two callers, each once, and for neither after it has ended', async () => {
      const caller = (name: string) =>
        `kit.trackEvents({onEvent: ({name}) => (results.${name} ??= []).push(name)})`;
      const text = `const ends = Promise.all([${caller('first')}, ${caller('second')}]);
      ends.then(all => { window.end = () => all.forEach(end => end()); results.began = true; });`;
      await visit(browser, aPage({text}, slow(3000)), async ({page, errors}) => {
        await whenShown(page);
        await resultOf(page, 'began');
        await until(
          async () => ((await resultOf(page, 'second')) as string[]).length > 0,
          'an event',
        );
        assert.deepEqual(await resultOf(page, 'first'), ['view']);
        assert.deepEqual(await resultOf(page, 'second'), ['view']);
        await page.evaluate(() => (window as unknown as Results).end());
        await press(page, 'close');
        await settle();
        assert.deepEqual(await resultOf(page, 'first'), ['view']);
        assert.deepEqual(errors, []);
      });
    });

    for (const call of [`trackEvents({})`, 'storageReport()', `toGa4({name: 'view'})`]) {
      it(`rejects ${call} where the file cannot be had, and the appeal is shown`, async () => {
        const text = `kit.${call}.catch(error => { results.error = String(error); });`;
        const site = aPage({text});
        const without = Object.fromEntries(
          Object.entries(site).filter(([path]) => path !== toolsFile),
        );
        await visit(browser, without, async ({page, errors}) => {
          assert.match(String(await resultOf(page, 'error')), /reader-support\.tools-/);
          await whenShown(page);
          await press(page, 'close');
          await settle();
          assert.deepEqual(
            errors.filter(error => !/404/.test(error)),
            [],
          );
        });
      });
    }

    const dutch = `kit.registerLocale('nl', {later: 'Later', close: 'Sluiten'});`;
    const wordOf = (page: Page) =>
      page.evaluate(() =>
        document
          .querySelector('support-appeal')
          ?.shadowRoot?.querySelector('[part~=later]')
          ?.textContent.trim(),
      );
    for (const script of kinds) {
      for (const [given, lang, text, word] of [
        ['a new language', 'nl', dutch, 'Later'],
        ['a region of it', 'nl-BE', dutch, 'Later'],
        [
          'a tag as a system writes it',
          'pt-BR',
          `kit.registerLocale('pt_BR.UTF-8', {later: 'Depois'});`,
          'Depois',
        ],
        [
          'another word of a language that it has',
          'de',
          `kit.registerLocale('de', {later: 'Jetzt nicht'});`,
          'Jetzt nicht',
        ],
        [
          'npm’s own function',
          'nl',
          `const npm = await import('/npm.js'); npm.registerLocale('nl', {later: 'Later'});`,
          'Later',
        ],
      ] as const) {
        it(`registers words from ${script} before an appeal is shown, given ${given}`, async () => {
          // The campaigns file is late, so that also a classic script's words come first.
          const site = aPage(
            {script, lang, text},
            {'/late.json': {type: 'json', body: JSON.stringify({campaigns}), delay: 500}},
          );
          const start = site['/']!;
          const body = String(start.body).replace(
            'data-campaigns="#file"',
            'data-campaigns="/late.json"',
          );
          await visit(browser, {...site, '/': {body}}, async ({page, requests, errors}) => {
            await whenShown(page);
            assert.equal(await wordOf(page), word);
            assert.equal(toolsOf(requests), 0);
            assert.deepEqual(errors, []);
          });
        });
      }
    }

    it('registers words after an appeal is shown, for when their language is needed', async () => {
      const text = `window.kit = kit;`;
      await visit(browser, aPage({text}), async ({page, errors}) => {
        await whenShown(page);
        assert.equal(await wordOf(page), 'Remind me later');
        await page.evaluate(() => {
          const {kit} = window as unknown as {
            kit: {registerLocale: (tag: string, words: object) => void};
          };
          kit.registerLocale('nl', {later: 'Later'});
          document.documentElement.lang = 'nl';
        });
        await until(async () => (await wordOf(page)) === 'Later', 'Dutch');
        assert.deepEqual(errors, []);
      });
    });

    for (const [name, policy] of Object.entries(integrity.csp)) {
      it(`are fetched under the published policy "${name}"`, async () => {
        const text = `window.results = {report: (await kit.storageReport()).length};`;
        const site = aPage({});
        const module = `<script type="module" nonce="NONCE" src="/page.js"></script>`;
        const body = `<!doctype html><title>Ferry</title>${withNonce}${module}<p id="article">${article}</p>`;
        await visit(
          browser,
          {
            ...site,
            '/': {body, headers: {'content-security-policy': policy}},
            '/page.js': {type: 'javascript', body: `import * as kit from '${address}'; ${text}`},
          },
          async ({page, errors}) => {
            assert.ok(Number(await resultOf(page, 'report')) > 3);
            assert.deepEqual(errors, []);
          },
        );
      });
    }

    it('are held to the import map’s hash', async () => {
      const head = `<script type="importmap">${JSON.stringify(integrity.importmap)}</script>`;
      const text = `kit.storageReport().then(() => { results.found = 'a report'; }, () => { results.found = 'refused'; });`;
      for (const [body, found] of [
        [toolsBody, 'a report'],
        [`${toolsBody} `, 'refused'],
      ] as const) {
        const site = aPage({head, text}, {[toolsFile]: {type: 'javascript', body}});
        await visit(browser, site, async ({page}) => {
          assert.equal(await resultOf(page, 'found'), found);
          await whenShown(page);
        });
      }
    });
  },
);
