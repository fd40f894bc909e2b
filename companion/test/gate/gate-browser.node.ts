/** What Chromium takes for a part of the article does not leave, however the page is written. */

import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {chromium, type Browser, type Page} from '@playwright/test';
import {gateHtml} from '../../src/gate/index.js';
import {chromiumLaunch} from '../../../test/chromium.js';
import {longTestLimit} from '../../../test/time-limit.js';
import {chance, full} from '../lifecycles.js';
import {inChunks} from './gated-languages.js';

const count = full ? 20_000 : 1500;

const tags = [
  ...['p', 'p', 'p', 'div', 'section', 'b', 'i', 'a', 'span', 'h2', 'ul', 'li', 'blockquote'],
  ...['table', 'tbody', 'tr', 'td', 'caption', 'select', 'option', 'button', 'form', 'object'],
  ...['svg', 'math', 'foreignObject', 'desc', 'mi', 'title', 'style', 'textarea', 'template'],
  ...['article', 'article', 'nobr', 'dl', 'dt', 'pre', 'figure', 'noscript', 'details', 'ruby'],
];
const oddities = [
  ...[
    '</article>',
    '</article>',
    '</p>',
    '</br>',
    '<br>',
    '<image>',
    '<!-- x -->',
    '</div>',
    '</b>',
  ],
  ...['<hr>', '</table>', '</td>', '<?php x ?>', '</svg>', '<![CDATA[ x ]]>', '</body>', '<input>'],
  ...['</select>', '</template>', '</>', '<p/>', '<svg/>', '<b title="</article>">', '</li>'],
];

/** A sentence that can be found again in any case and place. */
const sentence = (n: number): string => `Keeper${n}x left the lamp on the quay.`;
const numbersIn = (text: string): number[] =>
  [...text.matchAll(/Keeper(\d+)x/gi)].map(([, number]) => Number(number));

/** Writes a page that is put together at random. */
function randomPage(random: () => number): string {
  let n = 0;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const part = (depth: number): string => {
    const kind = random();
    if (kind < 0.35 || depth > 6) return sentence(n++);
    if (kind < 0.5) return pick(oddities);
    const tag = pick(tags);
    const inner = Array.from({length: 1 + Math.floor(random() * 3)}, () => part(depth + 1)).join(
      '',
    );
    return `<${tag}>${inner}${random() < 0.75 ? `</${tag}>` : ''}`;
  };
  const parts = (length: number) => Array.from({length}, () => part(0)).join('');
  return `<!doctype html><body><p>${sentence(9000)}</p><main><article>${parts(3 + Math.floor(random() * 5))}</article>${parts(2)}</main></body>`;
}

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

  it(`in ${count} pages that are put together at random`, {timeout: longTestLimit}, async () => {
    const random = chance(20_261_202);
    const pages = Array.from({length: count}, () => randomPage(random));
    const texts = await page.evaluate<string[]>(`(${textsOfArticles})(${JSON.stringify(pages)})`);
    let gated = 0;
    for (const [n, html] of pages.entries()) {
      const body = n % 5 === 0 ? inChunks(html, 1) : html;
      const response = new Response(body, {headers: {'content-type': 'text/html; charset=utf-8'}});
      const sent = await (await gateHtml(response, {access: 'locked'}, {preview: 0})).text();
      const inArticle = new Set(numbersIn(texts[n]!));
      gated += inArticle.size;
      const leaks = numbersIn(sent).filter(number => inArticle.has(number));
      assert.deepEqual(leaks, [], `${html}\n→ ${sent}`);
      assert.ok(sent.includes(sentence(9000)), sent);
    }
    assert.ok(gated > 3 * count, `only ${gated} sentences were gated`);
  });
});
