import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, describe, it} from 'node:test';
import {parseHTML} from 'linkedom';
import {asScript, paywallJsonLd} from 'reader-support/core';
import {pageProblems} from '../../src/cli/check-page.js';

const text = 'The keeper wrote the last line of the log in pencil.';
const aPage = (data: object | string, body = `<h1>Tides</h1><p class="paywall">${text}</p>`) =>
  `<!doctype html><html><head><script type="application/ld+json">${typeof data === 'string' ? data : asScript(data)}</script></head><body>${body}</body></html>`;
const good = paywallJsonLd({headline: 'Tides'});
const part = {'@type': 'WebPageElement', isAccessibleForFree: false, cssSelector: '.paywall'};

describe('pageProblems()', () => {
  const rows: readonly {given: string; page: string; says: RegExp | undefined}[] = [
    {given: 'what paywallJsonLd() makes', page: aPage(good), says: undefined},
    {
      given: 'the same in a graph, with the text that the page shows',
      page: aPage({'@graph': [{...good, articleBody: text}]}),
      says: undefined,
    },
    {
      given: 'two parts beside each other',
      page: aPage(
        paywallJsonLd({cssSelector: ['.a', '.b']}),
        '<p class="a">1</p><p class="b">2</p>',
      ),
      says: undefined,
    },
    {
      given: 'a film and another article that are free',
      page: aPage({
        '@graph': [
          {...good, video: {'@type': 'VideoObject', isAccessibleForFree: true}},
          {'@type': 'NewsArticle', headline: 'Storm', isAccessibleForFree: true},
        ],
      }),
      says: undefined,
    },
    {given: 'no structured data', page: '<body>', says: /`isAccessibleForFree` but found none/},
    {given: 'JSON that is none', page: aPage('{"a":'), says: /^expected JSON-LD but received/},
    {
      given: 'true',
      page: aPage({...good, isAccessibleForFree: true}),
      says: /to be false but received true/,
    },
    {
      given: 'a word',
      page: aPage({...good, isAccessibleForFree: 'False'}),
      says: /received "False"/,
    },
    {
      given: 'no part',
      page: aPage({...good, hasPart: undefined}),
      says: /`hasPart` to name the gated part/,
    },
    {
      given: 'a part of another type',
      page: aPage({...good, hasPart: {...part, '@type': 'Thing'}}),
      says: /received "Thing"/,
    },
    {
      given: 'a part that is free',
      page: aPage({...good, hasPart: {...part, isAccessibleForFree: true}}),
      says: /gated part to say/,
    },
    {
      given: 'an id',
      page: aPage({...good, hasPart: {...part, cssSelector: '#x'}}),
      says: /received "#x"/,
    },
    {
      given: 'a class that is not there',
      page: aPage(good, '<h1>Tides</h1>'),
      says: /element for .paywall but found none/,
    },
    {
      given: 'a part in another',
      page: aPage(good, '<h1>Tides</h1><div class="paywall"><p class="paywall">1</p></div>'),
      says: /no gated part in another/,
    },
    {
      given: 'another headline',
      page: aPage({...good, headline: 'Storm'}),
      says: /headline "Storm"/,
    },
    {
      given: 'a text that the page does not show',
      page: aPage({...good, articleBody: `${text} Nobody ever read it afterwards.`}),
      says: /1 of its sentences are not there, the first: "Nobody ever read it afterwards."/,
    },
    {
      given: 'a text that the page hides',
      page: aPage(
        {...good, articleBody: text},
        `<h1>Tides</h1><p class="paywall" hidden>${text}</p>`,
      ),
      says: /1 of its sentences/,
    },
  ];
  for (const {given, page, says} of rows) {
    it(`given ${given}`, () => {
      const problems = pageProblems(parseHTML(page).document);
      assert.equal(problems.length, says ? 1 : 0, problems.join('\n'));
      assert.match(problems.join(), says ?? /^$/);
    });
  }
});

describe('reader-support check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reader-support-check-'));
  after(() => rmSync(folder, {recursive: true, force: true}));
  const file = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const check = (...given: string[]) =>
    new Promise<{code: number; said: string}>(resolve => {
      const command = ['--import', 'tsx', 'companion/src/cli/main.ts', 'check', ...given];
      execFile(process.execPath, command, (error, out, wrong) => {
        resolve({code: Number(error?.code ?? 0), said: out + wrong});
      });
    });

  it('finds nothing wrong with a page that is right', async () => {
    const {code, said} = await check('--page', file('good.html', aPage(good)));
    assert.equal(code, 0, said);
    assert.match(said, /Nothing is wrong/);
  });

  it('says what is wrong, and ends with 1', async () => {
    const page = file('bad.html', aPage(good, '<h1>Tides</h1>'));
    const campaigns = file('campaigns.json', '{"campaigns": [{"id": 5}]}');
    const {code, said} = await check(campaigns, '-p', page);
    assert.equal(code, 1);
    assert.match(said, /element for .paywall/);
    assert.match(said, /campaigns\[0\].id/);
  });

  const warning = /^warning: campaigns\[0\]\.copy\.collapsed: has 61 characters/m;
  const claim = /^campaigns\[0\]\.copy\.heading: claims "last chance"/m;
  for (const {given, copy, code, says} of [
    {
      given: 'a long sentence',
      copy: {collapsed: 'x'.repeat(61)},
      code: 0,
      says: [warning, /wrong/],
    },
    {given: 'a claim', copy: {heading: 'Last chance!'}, code: 1, says: [claim]},
    {
      given: 'both',
      copy: {collapsed: 'x'.repeat(61), heading: 'Last chance!'},
      code: 1,
      says: [warning, claim],
    },
  ])
    it(`ends with 1 for problems and not for warnings, given ${given}`, async () => {
      const campaigns = file('words.json', JSON.stringify({campaigns: [{id: 'winter', copy}]}));
      const lock = join(folder, `${given}.lock`);
      const result = await check(campaigns, '--lock', lock);
      assert.equal(result.code, code, result.said);
      for (const pattern of says) assert.match(result.said, pattern);
      assert.equal(existsSync(lock), code === 0);
    });

  const sentence =
    'The tide came in over the quay at four, and by five the boats stood in the street.';
  const paragraphs = (...names: string[]) =>
    names.map(name => `<p>${name}. ${sentence}</p>`).join('');
  const article = `<article><p>By Ines Marlow</p>${paragraphs('A', 'B')}<p>He brought:</p><ul><li>rope</ul>${paragraphs('C')}</article>`;
  const places: readonly {given: string; place: object; body: string; says: RegExp}[] = [
    {
      given: 'a byline before the paragraphs',
      place: {selector: 'article', paragraph: 2},
      body: article,
      says: /^winter: after paragraph 2 of 4, which ends with ".* boats stood in the street\."$/m,
    },
    {
      given: 'a sentence and its list',
      place: {selector: 'article', paragraph: 3},
      body: article,
      says: /^winter: after paragraph 3 of 4, which ends with "rope"$/m,
    },
    {
      given: 'more paragraphs than there are',
      place: {selector: 'article', paragraph: 9},
      body: article,
      says: /after paragraph 4 of 4/,
    },
    {
      given: 'no paragraph',
      place: {selector: 'article'},
      body: article,
      says: /at the end of <article> \(article\)/,
    },
    {
      given: 'a first match that is hidden',
      place: {selector: '.body', paragraph: 1},
      body: `<div class="body" style="display: none">${paragraphs('X')}</div><section class="body">${paragraphs('A', 'B')}</section>`,
      says: /after paragraph 1 of 2/,
    },
    {
      given: 'a match in a link alone',
      place: {selector: 'article', paragraph: 1},
      body: `<a href="/">${article}</a>`,
      says: /^winter: nowhere: nothing that is visible, .* matches article$/m,
    },
    {given: 'a selector that is none', place: {selector: '<<'}, body: article, says: /: nowhere/},
    {
      given: 'an appeal placed by hand',
      place: {selector: 'article'},
      body: '<support-appeal campaign="winter"></support-appeal>',
      says: /^winter: where its <support-appeal> stands$/m,
    },
  ];
  for (const {given, place, body, says} of places) {
    it(`says where an appeal would stand, given ${given}`, async () => {
      const campaigns = file('place.json', JSON.stringify({campaigns: [{id: 'winter', place}]}));
      const page = file('place.html', `<!doctype html><body>${body}</body>`);
      const {code, said} = await check(campaigns, '--page', page);
      assert.match(said, says);
      assert.match(said, /read from the markup/);
      assert.equal(code, 0, said);
    });
  }

  it('says where an appeal would stand, given the campaigns in the page', async () => {
    const data = '{"campaigns": [{"id": "winter", "place": {"selector": "article"}}]}';
    const tag = `<script data-campaigns="#c"></script><script id="c" type="application/json">${data}</script>`;
    const {said} = await check(
      '--page',
      file('tag.html', aPage(good).replace('</body>', `${tag}<article></article></body>`)),
    );
    assert.match(said, /^winter: at the end of <article>/m);
    assert.match(said, /Nothing is wrong/);
  });

  it('names an address that does not answer, or not with the page', async () => {
    const server = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.html`;
    const {said} = await check('-p', address);
    assert.equal(said, `reader-support: ${address} could not be read (HTTP 404)\n`);
    await new Promise(resolve => server.close(resolve));
    assert.match(
      (await check('-p', address)).said,
      /^reader-support: http:\S+ could not be read \(ECONNREFUSED\)\n$/,
    );
  });

  it('says in a line what it was not given', async () => {
    const {code, said} = await check();
    assert.equal(code, 1);
    assert.match(said, /^reader-support: expected a campaigns file, or --page/);
    assert.match(
      (await check('-p', join(folder, 'none.html'))).said,
      /could not be read \(ENOENT\)/,
    );
  });
});
