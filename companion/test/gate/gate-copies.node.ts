import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {gateHtml, type GateHtmlOptions} from '../../src/gate/index.js';
import {hasRun} from '../../src/gate/is-prose.js';
import {inChunks} from './gated-languages.js';

const secret = 'The keeper wrote the last line of the log in pencil';
const cyrillic = 'Смотритель записал последнюю строку журнала простым карандашом вечером';
const japanese = '灯台守は日誌の最後の行を鉛筆で書いて静かに灯を消してから港を離れた。';

const article = '<article><p>1</p><p>2</p><p>3</p><p>The rest is here.</p></article>';

async function gate(page: string, options: GateHtmlOptions = {}, size = 4096): Promise<string> {
  const headers = {'content-type': 'text/html; charset=utf-8'};
  const response = new Response(inChunks(page, size), {headers});
  const locked = {access: 'locked'} as const;
  return (await gateHtml(response, locked, {onUncut: () => undefined, ...options})).text();
}

/** Ways to write a text without its letters. */
const spellings: Readonly<Record<string, (text: string) => string>> = {
  'plain letters': text => text,
  'escapes of a script': text =>
    text.replaceAll(/[^]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'escapes in an escaped script': text =>
    text.replaceAll(/[^]/g, unit => `\\\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  'escaped code points': text =>
    Array.from(text, letter => `\\u{${letter.codePointAt(0)!.toString(16)}}`).join(''),
  'decimal references': text => Array.from(text, letter => `&#${letter.codePointAt(0)!};`).join(''),
  'hexadecimal references': text =>
    Array.from(text, letter => `&#X${letter.codePointAt(0)!.toString(16)};`).join(''),
  'references that were escaped': text =>
    Array.from(text, letter => `&amp;#${letter.codePointAt(0)!};`).join(''),
  'escapes of an address': text =>
    Array.from(Buffer.from(text), byte => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  'escapes of an escaped address': text =>
    Array.from(Buffer.from(text), byte => `%25${byte.toString(16).padStart(2, '0')}`).join(''),
  Base64: text => Buffer.from(text).toString('base64'),
  'Base64 for addresses': text => Buffer.from(text).toString('base64url'),
};

describe('a sentence behind the cut', () => {
  for (const [spelling, write] of Object.entries(spellings))
    it(`is found in ${spelling}`, async () => {
      for (const text of [secret, cyrillic, japanese]) {
        const written = write(text);
        assert.ok(hasRun(written, 8), `${spelling}: ${text}`);
        for (const copy of [
          `<div data-body='${written}'></div>`,
          `<script>var state = "${written}"</script>`,
          `<script>render('${written}')</script>`,
          `<meta name="x" content='${written}'>`,
          `<!-- ${written} -->`,
          `<noscript>${written}</noscript>`,
        ]) {
          const sent = await gate(`${copy}${article}${copy}`);
          assert.ok(!sent.includes(written), `${spelling}: ${copy}`);
          assert.match(sent, /<p>3<\/p>/);
        }
      }
    });

  it('is not seen in images, hashes, addresses and code', async () => {
    const image = Buffer.from(Array.from({length: 900}, (_, n) => (n * 197) % 256));
    for (const kept of [
      `<img src="data:image/png;base64,${image.toString('base64')}">`,
      `<script>var key = "${'0123456789abcdef'.repeat(8)}"</script>`,
      `<script>var names = ["caf\\u00e9", "na\\u00efve", "\\u00fcber"]</script>`,
      `<a href="/a%20b/%D0%BF%D0%BE%D1%80%D1%82">Port</a>`,
      `<script>load("${Buffer.from('{"id":1,"name":"harbour","list":[1,2,3]}').toString('base64')}")</script>`,
    ])
      assert.ok((await gate(`${kept}${article}`)).includes(kept), kept);
  });
});

describe('a copy of the article that readers do not see', () => {
  const parted =
    'The <b>keeper</b> wrote <i>the last line</i> of the log <a href="/x">in pencil</a>';
  const copies: Readonly<Record<string, string>> = {
    'a hidden element': `<div hidden><p>${secret}</p></div>`,
    'a hidden element until found': `<section hidden="until-found"><h2>Log</h2>${secret}</section>`,
    'an element for print': `<div class="print-only">${parted}</div>`,
    'an element of a framework for print': `<div class="a d-print-block">${parted}</div>`,
    noscript: `<noscript><p>${secret}</p></noscript>`,
  };
  for (const [where, copy] of Object.entries(copies))
    it(`is removed before and after it: ${where}`, async () => {
      for (const size of [1, 4096]) {
        const sent = await gate(`<body>${copy}${article}${copy}<p>Foot</p></body>`, {}, size);
        assert.doesNotMatch(sent, /pencil|last line/);
        assert.match(sent, /<p>1<\/p><p>2<\/p><p>3<\/p><\/article>/);
        assert.match(sent, /<p>Foot<\/p><\/body>$/);
      }
    });

  it('is removed where it is the second body of the article', async () => {
    for (const size of [1, 4096]) {
      const sent = await gate(
        `<main itemprop="articleBody"><p>Lead</p>${article}</main><div itemprop="text articleBody">${parted}</div>`,
        {},
        size,
      );
      assert.doesNotMatch(sent, /pencil|keeper/);
      assert.match(sent, /^<main itemprop="articleBody"><p>Lead<\/p><article>/);
    }
  });

  it('is removed but for a few words where markup parts its sentence', async () => {
    for (const start of ['<div hidden><p>', '<div itemprop="articleBody"><h2>']) {
      const sent = await gate(`${start}${parted}</div>${article}`);
      assert.doesNotMatch(sent, /last line|of the log|pencil/);
    }
  });

  it('is also removed from elements that the site names', async () => {
    const sent = await gate(`${article}<div class="reader-mode">${parted}</div>`, {
      copies: '.reader-mode',
    });
    assert.doesNotMatch(sent, /pencil|keeper/);
  });

  it('leaves labels, the wall and what the site vouches for', async () => {
    const wall = `<p hidden>${secret}</p></support-paywall>`;
    assert.ok((await gate(`<support-paywall>${wall}${article}`)).includes(wall));
    for (const kept of [
      '<ul hidden><li>News</li><li>Sport today</li></ul>',
      `<p hidden data-support-keep>${secret}</p>`,
      `<div data-support-keep><p hidden>${secret}</p></div>`,
      '<div hidden><script>var a = 1 < 2;</script><style>a > b {color: red}</style>&amp; &lt;</div>',
    ])
      for (const size of [1, 4096])
        assert.ok((await gate(`${kept}${article}`, {}, size)).includes(kept), kept);
  });
});
