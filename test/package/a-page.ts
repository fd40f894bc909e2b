/** A page in Chromium whose server answers exactly what a test says. */

import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import puppeteer, {type Browser, type Page} from 'puppeteer-core';
import {chromiumLaunch} from '../chromium.js';

export interface Answer {
  readonly type?: 'html' | 'javascript' | 'json';
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the answer takes, in ms. */
  readonly delay?: number;
}

export interface Visit {
  readonly page: Page;
  /** Paths the page asked for, queries included. */
  readonly requests: readonly string[];
  /** Uncaught errors, refused resources and policy violations. */
  readonly errors: readonly string[];
  /** Lines of the console that are no errors. */
  readonly said: readonly string[];
}

const types = {html: 'text/html', javascript: 'text/javascript', json: 'application/json'};

export function chromium(): Promise<Browser> {
  return puppeteer.launch(chromiumLaunch);
}

/** Opens `/` of a site that consists of the given answers, and calls `look` while it is open. */
export async function visit(
  browser: Browser,
  site: Readonly<Record<string, Answer>>,
  look: (visit: Visit) => Promise<void>,
): Promise<void> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const address = request.url ?? '/';
    const answer = site[address.split('?')[0] ?? '/'];
    if (address !== '/favicon.ico') requests.push(address);
    if (!answer) {
      response.writeHead(404).end();
      return;
    }
    const type = `${types[answer.type ?? 'html']}; charset=utf-8`;
    const headers = {'content-type': type, ...answer.headers};
    setTimeout(() => response.writeHead(200, headers).end(answer.body), answer.delay ?? 0);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  const errors: string[] = [];
  const said: string[] = [];
  page.on('pageerror', error => errors.push(String(error)));
  page.on('console', message => {
    const isNoise = message.location().url?.endsWith('/favicon.ico');
    if (!isNoise) (message.type() === 'error' ? errors : said).push(message.text());
  });
  try {
    await page.goto(`http://127.0.0.1:${port}/`, {waitUntil: 'load'});
    await look({page, requests, errors, said});
  } finally {
    await context.close();
    server.closeAllConnections();
    server.close();
  }
}
