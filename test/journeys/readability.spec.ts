/** What a reader mode shows: the whole article, and not a word of any appeal. */

import {readFile} from 'node:fs/promises';
import {Readability} from '@mozilla/readability';
// @ts-expect-error -- jsdom ships no types.
import {JSDOM} from 'jsdom';
import {expect, hears, read, seesAppeal, test, type Page} from './reader.js';

const stories = [
  '/article.html',
  '/lighthouse.html',
  '/dialog.html',
  '/strict.html',
  '/hostile.html',
  '/arabic.html',
  '/sensitive.html',
  '/spa/table-maker',
];

const plain = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** What a reader mode makes of a page. */
function inReaderMode(html: string): string {
  const {window} = new JSDOM(html, {url: 'https://harbour.example/story'});
  const article = new Readability(window.document).parse();
  return plain(article?.textContent ?? '');
}

/** Sentences of the campaigns, without marks and placeholders, and those that were placed by hand. */
async function wordsOfAppeals(page: Page): Promise<string[]> {
  const file: unknown = JSON.parse(
    await readFile(new URL('../../demo/support/campaigns.json', import.meta.url), 'utf8'),
  );
  const words: string[] = [];
  const visit = (value: unknown, isCopy: boolean) => {
    if (typeof value === 'string') {
      if (isCopy) words.push(...value.replaceAll('*', '').split(/\{\w+\}/));
    } else {
      for (const [key, one] of Object.entries(Object(value) as object)) {
        // Who signs an appeal may have signed the story too.
        if (key !== 'byline') visit(one, isCopy || key === 'copy' || key === 'copies');
      }
    }
  };
  visit(file, false);
  const placed = await page.request.get('/lighthouse.html');
  const {window} = new JSDOM(await placed.text());
  for (const element of window.document.querySelectorAll('support-appeal > *')) {
    words.push(element.textContent);
  }
  words.push('Remind me later', 'I already support you', 'Don’t show me this again', 'How often');
  return words.map(plain).filter(one => one.length > 12);
}

function paragraphsOf(html: string): string[] {
  const {window} = new JSDOM(html);
  const all = [...window.document.querySelectorAll('.story-body > p')];
  return all.map(one => plain(one.textContent)).filter(text => text.length > 80);
}

for (const path of stories) {
  test(`a reader mode shows the story of ${path} and no appeal`, async ({page}) => {
    const words = await wordsOfAppeals(page);
    expect(words.length).toBeGreaterThan(20);

    await read(page, path);
    if (path === '/sensitive.html') await hears(page, 'support-skipped');
    else await seesAppeal(page);
    const shown = await page.content();
    const served = await (await page.request.get(path)).text();
    const pages = path.startsWith('/spa/') ? [shown] : [served, shown];
    const paragraphs = paragraphsOf(shown);
    expect(paragraphs.length).toBeGreaterThan(3);
    for (const html of pages) {
      const text = inReaderMode(html);
      for (const paragraph of paragraphs) expect(text).toContain(paragraph);
      for (const sentence of words) expect(text).not.toContain(sentence);
    }
  });
}
