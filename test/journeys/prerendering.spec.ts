/** A browser may fetch and run a page that nobody has opened yet. Until somebody does, there is no reader. */

import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import puppeteer, {type Page} from 'puppeteer-core';
import {expect, test} from './reader.js';

/** What a page did, and whether it was still unopened then. */
interface Deed {
  readonly what: string;
  readonly unopened: boolean;
}

/** Runs in the page before anything else does: notes what it writes, sends and says. */
function spy(): void {
  const deeds: Deed[] = [];
  Object.defineProperty(globalThis, 'deeds', {value: deeds});
  const note = (what: string) =>
    deeds.push({what, unopened: (document as {prerendering?: boolean}).prerendering === true});
  const {setItem} = Storage.prototype;
  Storage.prototype.setItem = function (this: Storage, key: string, value: string) {
    note(`writes ${key}`);
    setItem.call(this, key, value);
  };
  const {fetch} = globalThis;
  globalThis.fetch = (input, init) => {
    note(
      `fetches ${new URL(input instanceof Request ? input.url : input, location.href).pathname}`,
    );
    return fetch(input, init);
  };
  navigator.sendBeacon = url => {
    note(`sends ${String(url)}`);
    return true;
  };
  for (const type of ['support-show', 'support-shown', 'support-seen', 'support-skipped'])
    addEventListener(type, () => note(type), true);
}

/** The paper, with a contents page that has one of its stories prerendered, and a spy in every story. */
async function aContentsPage(paper: string, story: string, asked: string[]): Promise<Server> {
  const rules = JSON.stringify({prerender: [{urls: [story], eagerness: 'immediate'}]});
  const pages: Readonly<Record<string, readonly [string, string]>> = {
    '/contents': [
      'text/html',
      `<!doctype html><title>Contents</title><script type="speculationrules">${rules}</script><a href="${story}">Read</a>`,
    ],
    '/spy.js': ['text/javascript', `(${spy.toString()})()`],
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const purpose = String(request.headers['sec-purpose'] ?? '');
    if (purpose.includes('prerender')) asked.push(`${request.method ?? ''} ${path}`);
    const own = pages[path];
    if (own) {
      response.setHeader('content-type', own[0]);
      response.end(own[1]);
      return;
    }
    void (async () => {
      const answer = await fetch(paper + path);
      let body = Buffer.from(await answer.arrayBuffer());
      if (path === story)
        body = Buffer.from(String(body).replace('<head>', '<head><script src="/spy.js"></script>'));
      // Where views and articles may be kept, there is something to count.
      if (path.endsWith('campaigns.json'))
        body = Buffer.from(JSON.stringify({...JSON.parse(String(body)), consent: 'full'}));
      response.statusCode = answer.status;
      for (const name of ['content-type', 'content-security-policy'])
        if (answer.headers.has(name)) response.setHeader(name, answer.headers.get(name) ?? '');
      response.end(body);
    })();
  });
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  return server;
}

/** Asks the page; while one page takes the place of the other there is none to ask, so asks again. */
async function asking<T>(ask: () => Promise<T>): Promise<T> {
  for (let left = 50; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      if (left === 0 || !/detached|destroyed|closed/i.test(String(error))) throw error;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }
}

const keptBy = (page: Page) =>
  asking(() => page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]));
const deedsOf = (page: Page) =>
  asking(() => page.evaluate(() => (globalThis as unknown as {deeds?: Deed[]}).deeds ?? []));

for (const story of ['/article.html', '/lighthouse.html'])
  test(`${story} does nothing for a reader who has not opened it, and all of it once they have`, async ({
    baseURL,
  }, info) => {
    const asked: string[] = [];
    const server = await aContentsPage(baseURL!, story, asked);
    const {port} = server.address() as AddressInfo;
    const {executablePath, args} = info.project.use.launchOptions ?? {};
    // Playwright forbids its pages to prerender; Puppeteer does not.
    const browser = await puppeteer.launch({
      ...(executablePath && {executablePath}),
      ...(args && {args}),
    });
    try {
      const page = await browser.newPage();
      await page.goto(`http://localhost:${port}/contents`);
      // The story has run as far as it runs unopened when it has fetched what it decides by.
      await expect.poll(() => asked).toContain('GET /support/campaigns.json');
      for (let before = 0; before < asked.length;) {
        before = asked.length;
        await new Promise(resolve => setTimeout(resolve, 1000));
      }
      expect(asked.filter(one => !one.startsWith('GET ') || one.includes('/companion'))).toEqual(
        [],
      );
      expect(await keptBy(page)).toEqual([]);
      expect(await browser.cookies()).toEqual([]);

      await page.click('a');
      await expect
        // While one page takes the place of the other there is none to look at.
        .poll(async () => (await deedsOf(page).catch(() => [])).map(({what}) => what))
        .toContain('support-shown');
      const deeds = await deedsOf(page);
      expect(deeds.filter(({unopened}) => unopened).map(({what}) => what)).toEqual([
        'fetches /support/campaigns.json',
      ]);
      expect(deeds.filter(({what}) => what === 'support-shown')).toHaveLength(1);
      expect(await keptBy(page)).toEqual(['support:reader']);
    } finally {
      await browser.close();
      server.close();
      server.closeAllConnections();
    }
  });
