/** A browser may fetch and run a page that nobody has opened yet. Until somebody does, there is no reader. */

import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';
import {text} from 'node:stream/consumers';
import puppeteer from 'puppeteer-core';
import {expect, test} from './reader.js';
import {waitLimit} from '../time-limit.js';

/** What a page did, and whether it was still unopened then. */
interface Deed {
  readonly what: string;
  readonly unopened: boolean;
}

/** What a story tells of itself: all it has done, and what is stored. */
interface Report {
  readonly deeds: readonly Deed[];
  readonly kept: readonly string[];
}

/** Where it tells it. */
const reports = '/reports';

/**
 * Runs in the page before anything else does: notes what it writes, sends and says, and reports it. A driver could not ask:
 * while one page takes the place of the other, it holds on to the one that goes.
 */
function spy(address: string): void {
  const deeds: Deed[] = [];
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
  setInterval(() => {
    const kept = [...Object.keys(localStorage), ...Object.keys(sessionStorage)];
    void fetch(address, {method: 'POST', body: JSON.stringify({deeds, kept})}).catch(() => {});
  }, 200);
}

/** The paper, with a contents page that has one of its stories prerendered, and a spy in every story. */
interface Paper {
  readonly server: Server;
  /** What was requested for a page that nobody had opened. */
  readonly asked: readonly string[];
  /** The latest that a story has told. */
  report: Report;
}

async function aPaper(original: string, story: string): Promise<Paper> {
  const rules = JSON.stringify({prerender: [{urls: [story], eagerness: 'immediate'}]});
  const pages: Readonly<Record<string, readonly [string, string]>> = {
    '/contents': [
      'text/html',
      `<!doctype html><title>Contents</title><script type="speculationrules">${rules}</script><a href="${story}">Read</a>`,
    ],
    '/spy.js': ['text/javascript', `(${spy.toString()})(${JSON.stringify(reports)})`],
  };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === reports) {
      void text(request).then(body => {
        paper.report = JSON.parse(body) as Report;
        response.end();
      });
      return;
    }
    const purpose = String(request.headers['sec-purpose'] ?? '');
    if (purpose.includes('prerender')) asked.push(`${request.method ?? ''} ${path}`);
    const own = pages[path];
    if (own) {
      response.setHeader('content-type', own[0]);
      response.end(own[1]);
      return;
    }
    void (async () => {
      const answer = await fetch(original + path);
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
  const paper: Paper = {server, asked, report: {deeds: [], kept: []}};
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  return paper;
}

/** A busy machine may take its time. */
const patient = {timeout: waitLimit};

for (const story of ['/article.html', '/lighthouse.html'])
  test(`${story} does nothing for a reader who has not opened it, and all of it once they have`, async ({
    baseURL,
  }, info) => {
    const paper = await aPaper(baseURL!, story);
    const {asked, server} = paper;
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
      await expect.poll(() => asked, patient).toContain('GET /support/campaigns.json');
      await expect.poll(() => paper.report.deeds.length, patient).toBeGreaterThan(0);
      // Nothing tells that it asks for no more: only a second without a request does.
      for (let before = 0; before < asked.length;) {
        before = asked.length;
        await new Promise(resolve => setTimeout(resolve, 1000));
      }
      expect(asked.filter(one => !one.startsWith('GET ') || one.includes('/companion'))).toEqual(
        [],
      );
      expect(paper.report.kept).toEqual([]);
      expect(await browser.cookies()).toEqual([]);

      await page.click('a');
      await expect
        .poll(() => paper.report.deeds.map(({what}) => what), patient)
        .toContain('support-shown');
      await expect.poll(() => paper.report.kept, patient).toEqual(['support:reader']);
      const {deeds} = paper.report;
      expect(deeds.filter(({unopened}) => unopened).map(({what}) => what)).toEqual([
        'fetches /support/campaigns.json',
      ]);
      expect(deeds.filter(({what}) => what === 'support-shown')).toHaveLength(1);
    } finally {
      await browser.close();
      server.close();
      server.closeAllConnections();
    }
  });
