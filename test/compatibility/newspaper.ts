/** A newspaper with a script tag, today's companion and a fake of Stripe, read in Chromium at any date. */

import {waitLimit} from '../time-limit.js';
import {readFile} from 'node:fs/promises';
import type {AddressInfo} from 'node:net';
import {fileURLToPath} from 'node:url';
import {createAdaptorServer} from '@hono/node-server';
import type {Browser, BrowserContext, Page} from 'puppeteer-core';
import {fixturePath} from './fixtures.js';
import {
  openCompanion,
  openDatabase,
  setup,
  stripeFake,
  type Companion,
} from './subject-companion.js';

/** Which script tag the newspaper has: the one that was built from the present code, or 0.1.0's. */
export type Script = 'present' | '0.1.0';

const folders: Readonly<Record<Script, string>> = {
  present: fileURLToPath(new URL('../../dist/', import.meta.url)),
  '0.1.0': fixturePath('script/'),
};

export interface Newspaper {
  readonly site: string;
  readonly companion: Companion;
  /** The clock of the companion, of Stripe and of every page that is opened from now on. Epoch ms. */
  readonly clock: {now: number};
  close(): Promise<void>;
}

const paragraphs = Array.from({length: 8}, (_, i) => `<p>Paragraph ${i} of the story.</p>`).join(
  '',
);

const pageWith = (campaigns: object) => `<!doctype html>
<html lang="en">
  <head>
    <title>The ferry</title>
    <script type="application/json" id="campaigns">${JSON.stringify(campaigns)}</script>
    <script type="module" src="/js/reader-support.js" data-campaigns="#campaigns"></script>
  </head>
  <body><main>${paragraphs}</main></body>
</html>`;

/** Opens the newspaper at a free port of this machine. */
export async function openNewspaper(
  script: Script,
  campaigns: object,
  now: number,
): Promise<Newspaper> {
  const clock = {now};
  let answer: (request: Request) => Promise<Response> = () =>
    Promise.resolve(new Response('', {status: 503}));
  const server = createAdaptorServer({fetch: request => answer(request)});
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve));
  const site = `http://localhost:${(server.address() as AddressInfo).port}`;
  const database = await openDatabase(':memory:');
  const fake = stripeFake({
    origin: site,
    base: '/pay-pages',
    now: () => clock.now,
    webhooks: {
      secret: setup.webhookSecret,
      to: request => companion.server.fetch(new Request(`${site}/companion/webhook`, request)),
    },
  });
  const companion = openCompanion(database, clock, fake.fetch, {site, basePath: '/companion'});
  answer = async request => {
    const {pathname} = new URL(request.url);
    if (pathname.startsWith('/companion/')) return await companion.server.fetch(request);
    if (pathname.startsWith('/pay-pages/')) return await fake.fetch(request);
    if (pathname.startsWith('/js/')) {
      const body = await readFile(folders[script] + pathname.slice('/js/'.length));
      return new Response(body, {headers: {'content-type': 'text/javascript'}});
    }
    const html = pathname.startsWith('/news/') ? pageWith(campaigns) : '<!doctype html>';
    return new Response(html, {headers: {'content-type': 'text/html'}});
  };
  return {
    site,
    companion,
    clock,
    async close() {
      await new Promise<void>(resolve => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await database.close();
    },
  };
}

/** What a page says through its events. */
export interface PageEvent {
  readonly type: string;
  readonly campaign?: string;
  readonly reason?: string;
  readonly arm?: string;
}

/** Runs in the page before anything else does. */
function listen(now: number): void {
  const Real = Date;
  const ahead = now - Real.now();
  globalThis.Date = class extends Real {
    constructor(...given: unknown[]) {
      super(...((given.length > 0 ? given : [Real.now() + ahead]) as []));
    }
    static override now(): number {
      return Real.now() + ahead;
    }
  } as DateConstructor;
  const heard: object[] = [];
  Object.defineProperty(globalThis, 'heard', {value: heard});
  for (const type of [
    ...['support-shown', 'support-skipped', 'support-closed', 'support-reminded'],
    ...['support-exposed', 'support-seen', 'support-supported', 'support-checkout-failed'],
  ])
    document.addEventListener(type, event => {
      // 0.1.0 called the reason of a skip `because`.
      const {campaign, reason, because, arm} = event as unknown as Record<string, unknown>;
      heard.push({type, campaign, reason: reason ?? because, arm});
    });
}

/** A reader's browser, which keeps what is stored from page to page. */
export interface Reader {
  readonly context: BrowserContext;
  /** Opens a page of the newspaper at the newspaper's time. */
  read(path: string): Promise<Page>;
}

/** Starts a browser without a past, in the time zone of Berlin. */
export async function aReader(browser: Browser, {site, clock}: Newspaper): Promise<Reader> {
  const context = await browser.createBrowserContext();
  return {
    context,
    async read(path) {
      const page = await context.newPage();
      await page.emulateTimezone('Europe/Berlin');
      await page.evaluateOnNewDocument(listen, clock.now);
      await page.goto(site + path, {waitUntil: 'load'});
      return page;
    },
  };
}

/** Waits for the page to say one of these things, and answers the first of them. */
export async function hears(page: Page, ...types: string[]): Promise<PageEvent> {
  const handle = await page.waitForFunction(
    wanted =>
      (globalThis as unknown as {heard: PageEvent[]}).heard.find(({type}) => wanted.includes(type)),
    {timeout: waitLimit},
    types,
  );
  return (await handle.jsonValue()) as PageEvent;
}

/** What a browser has stored of the newspaper. */
export interface Kept {
  readonly storage: Readonly<Record<string, string>>;
  readonly cookies: readonly {readonly name: string; readonly value: string}[];
}

/** What the reader's browser has stored by now. */
export async function keptBy(page: Page): Promise<Kept> {
  const storage = await page.evaluate(() => Object.fromEntries(Object.entries(localStorage)));
  const cookies = (await page.browserContext().cookies()).map(({name, value}) => ({name, value}));
  return {storage, cookies};
}

/** Puts back what was stored, as after an update of the site. */
export async function remember(
  {context}: Reader,
  {site}: Newspaper,
  {storage, cookies}: Kept,
): Promise<void> {
  const {hostname} = new URL(site);
  await context.setCookie(
    ...cookies.map(({name, value}) => ({name, value, domain: hostname, path: '/'})),
  );
  const page = await context.newPage();
  await page.goto(`${site}/empty`);
  await page.evaluate(entries => {
    for (const [key, value] of Object.entries(entries)) localStorage.setItem(key, value);
  }, storage);
  await page.close();
}

/** What became of one page view. */
export interface Outcome {
  readonly type: string;
  readonly campaign?: string | undefined;
  readonly reason?: string | undefined;
  /** The heading that was shown: it tells which arm the reader is in. */
  readonly heading?: string | undefined;
}

/** Opens a page and answers whether it asks. */
export async function outcomeOf(reader: Reader, path = '/news/harbour'): Promise<Outcome> {
  const page = await reader.read(path);
  try {
    const {type, campaign, reason} = await hears(page, 'support-shown', 'support-skipped');
    if (type === 'support-skipped') return {type, reason};
    const heading = await page.waitForSelector('support-appeal >>> [part~="heading"]', {
      // Else it is looked for only when the document changes, which a shadow root is no part of.
      visible: true,
    });
    const text = await heading?.evaluate(element => element.textContent.trim());
    return {type, campaign, heading: text};
  } finally {
    await page.close();
  }
}

/** Presses a part of the appeal by its public name. */
export async function press(page: Page, selector: string): Promise<void> {
  const element = await page.waitForSelector(`>>> ${selector}`, {visible: true});
  await element?.evaluate(found => (found as HTMLElement).click());
}
