/** What Chromium takes for a part of the article does not leave, however the page is written. */

import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {chromium, type Browser, type Page} from '@playwright/test';
import {gateHtml} from '../../src/gate/index.js';
import {chromiumLaunch} from '../../../test/chromium.js';
import {longTestLimit, soakLimit} from '../../../test/time-limit.js';
import {chance, full} from '../lifecycles.js';
import {inChunks} from './gated-languages.js';
import {numbersIn, randomPage, sentence} from './random-pages.js';

const count = full ? 20_000 : 1500;

/** A function for the browser: what is written in each page's articles, templates included. */
const textsOfArticles = `pages => {
  const textOf = root =>
    [root.textContent, ...[...root.querySelectorAll('template')].filter(({content}) => content).map(({content}) => textOf(content))].join(' ');
  const within = root =>
    [
      ...[...root.querySelectorAll('article')].map(textOf),
      ...[...root.querySelectorAll('template')].filter(({content}) => content).map(({content}) => within(content)),
    ].join(' ');
  const frame = document.body.appendChild(document.createElement('iframe'));
  return pages.map(page => {
    // With scripts, as readers have them: the text of <noscript> is no markup then.
    const written = frame.contentDocument;
    written.open();
    written.write(page);
    written.close();
    return within(written.documentElement);
  });
}`;

describe('an article ends where it ends for Chromium', () => {
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await chromium.launch(chromiumLaunch);
    page = await browser.newPage();
  });
  after(() => browser.close());

  it(
    `in ${count} pages that are put together at random`,
    {timeout: full ? soakLimit : longTestLimit},
    async () => {
      const random = chance(20_261_202);
      const pages = Array.from({length: count}, () => randomPage(random));
      const texts = await page.evaluate<string[]>(`(${textsOfArticles})(${JSON.stringify(pages)})`);
      let gated = 0;
      for (const [n, html] of pages.entries()) {
        const body = n % 5 === 0 ? inChunks(html, 1) : html;
        const response = new Response(body, {
          headers: {'content-type': 'text/html; charset=utf-8'},
        });
        const sent = await (await gateHtml(response, {access: 'locked'}, {preview: 0})).text();
        const inArticle = new Set(numbersIn(texts[n]!));
        gated += inArticle.size;
        const leaks = numbersIn(sent).filter(number => inArticle.has(number));
        assert.deepEqual(leaks, [], `${html}\n→ ${sent}`);
        assert.ok(sent.includes(sentence(9000)), sent);
      }
      assert.ok(gated > 3 * count, `only ${gated} sentences were gated`);
    },
  );
});
