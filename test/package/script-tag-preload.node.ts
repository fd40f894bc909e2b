import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Browser} from 'puppeteer-core';
import {chromium, visit, type Answer} from './a-page.js';
import {
  appeal,
  aSite,
  assertArticleAlone,
  chunk,
  integrity,
  isShown,
  settle,
  until,
  whenRefused,
  whenShown,
} from './a-site.js';
import {textOf} from './run.js';
import {longTestLimit} from '../time-limit.js';

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
