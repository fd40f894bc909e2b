import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {gateHtml, type GateHtmlOptions} from '../../src/gate/index.js';
import {longTestLimit} from '../../../test/time-limit.js';
import {inChunks, languages, textOf} from './gated-languages.js';

const locked = {access: 'locked'} as const;
const secret = 'The keeper wrote the last line of the log in pencil.';

const aPage = (body: BodyInit, type = 'text/html; charset=utf-8') =>
  new Response(body, {headers: {'content-type': type}});

const gated = async (page: Response, options?: GateHtmlOptions) =>
  (await gateHtml(page, locked, options)).text();

describe('a page in any script leaves whole', () => {
  for (const [script, sentence] of Object.entries(languages)) {
    it(`in ${script}, whatever is inserted into it`, {timeout: longTestLimit}, async () => {
      for (let length = 0; length <= 200; length += 1) {
        const text = textOf(sentence, length);
        const escaped = text.replaceAll('"', '&quot;');
        const start = (description: string) =>
          `<!doctype html><html><head><meta charset="utf-8"><meta name="description" content="${description}"><script>var title = "${textOf(sentence, 20)}"</script></head><body><h1>${textOf(sentence, 30)}</h1><article><p>${sentence}</p>`;
        const end = `</article><footer title="${textOf(sentence, 9)}">${sentence}</footer></body></html>`;
        const page = `${start('x')}<p>${secret} ${sentence}</p>${end}`;
        const sent = `${start(escaped)}<b>${text}</b>${end}`;
        // One byte at a time takes long: at the lengths where encodings change, and now and then.
        const sizes = length < 9 || length % 40 === 0 ? [1, 4096] : [4096];
        for (const size of sizes) {
          const options = {preview: 1, wall: `<b>${text}</b>`, description: text};
          assert.equal(
            await gated(aPage(inChunks(page, size)), options),
            sent,
            `${length}, ${size}`,
          );
        }
      }
    });
  }
});

describe('300 pages of many shapes', () => {
  const sentences = Object.values(languages);
  const at = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
  const heads: readonly ((text: string) => string)[] = [
    text => `<meta charset=utf-8><title>${text}</title>`,
    text => `<title>${text}</title><script>var title = "${text}", s = '<b>';</script>`,
    text => `<style>h1::after{content:"${text}"}</style><link rel=stylesheet href=/a.css>`,
    text => `<script type="application/ld+json">{"headline":"${text.slice(0, 20)}"}</script>`,
    text =>
      `<meta property="og:title" content='${text.slice(0, 30)}'><noscript><img src=/p></noscript>`,
    text => `<!-- ${text} --><base href=/><script src=/a.js></script>`,
  ];
  const bodies: readonly ((text: string, gatedPart: string) => string)[] = [
    (text, part) => `<article><p>${text}</p><p>2</p><p>3</p><p>${part}</p></article>`,
    (text, part) => `<main><article><p>${text}<p>2<p>3<p>${part}</article></main>`,
    (text, part) =>
      `<article><h1>${text}</h1><p>1</p><ul><li>2</ul><p>3</p><div>${part}</div></article>`,
    (text, part) =>
      `<article><svg><title>${text}</title><path d="M0"/></svg><p>1</p><p>2</p><p>3</p>${part}</article>`,
    (text, part) =>
      `<article><p>${text}</p><p>2</p><p>3</p><table><tr><td>${part}</table></article>`,
    (text, part) =>
      `<article><p title="${text}">1</p><p>2</p><p>3</p><p>${part}<br>${part}</p></article>`,
    (text, part) =>
      `<ARTICLE CLASS=story><P>${text}</P><P>2</P><P>3</P><SECTION>${part}</SECTION></ARTICLE>`,
  ];

  it('leave to their end, without a gated sentence', {timeout: longTestLimit}, async () => {
    for (let n = 0; n < 300; n += 1) {
      const text = at(sentences, n);
      const foot = `<footer>${at(sentences, n + 3)}</footer><script>ask("${textOf(text, 12)}")</script></body></html>`;
      const page = `<!doctype html><html lang=x><head>${at(heads, n)(text)}</head><body>${at(bodies, n)(text, secret)}${foot}`;
      for (const size of [1, 4096]) {
        const sent = await gated(aPage(inChunks(page, size)), {wall: `<aside>${text}</aside>`});
        assert.doesNotMatch(sent, /keeper wrote|pencil/, page);
        assert.ok(sent.endsWith(foot), sent);
        assert.ok(sent.includes(text), sent);
        assert.ok(sent.includes(`<aside>${text}</aside>`), sent);
      }
    }
  });
});

describe('a page leaves in UTF-8 and says so', () => {
  const encodings: Readonly<Record<string, {bytes: number[]; text: string}>> = {
    'windows-1251': {bytes: [0xcf, 0xf0, 0xe8], text: 'При'},
    'iso-8859-1': {bytes: [0xe9, 0xfc], text: 'éü'},
    shift_jis: {bytes: [0x93, 0x94], text: '灯'},
    gb18030: {bytes: [0xb5, 0xc6], text: '灯'},
    'euc-kr': {bytes: [0xb5, 0xee], text: '등'},
    'windows-1256': {bytes: [0xd5], text: 'ص'},
  };
  const article = (head: string, {bytes}: {bytes: number[]}) =>
    new Uint8Array([
      ...Buffer.from(`<html><head>${head}</head><body><article><p>`),
      ...bytes,
      ...Buffer.from(`</p><p>2</p><p>3</p><p>${secret}</p></article></body></html>`),
    ]);
  for (const [name, encoded] of Object.entries(encodings)) {
    for (const [given, head, type, corrected] of [
      [
        'its header',
        `<meta charset="${name}">`,
        `text/html; charset=${name}`,
        '<meta charset="utf-8">',
      ],
      ['its first tag', `<meta charset=${name}>`, 'text/html', '<meta charset="utf-8">'],
      [
        'an equivalent of a header',
        `<meta http-equiv="Content-Type" content="text/html; charset=${name}">`,
        'text/html',
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8">',
      ],
    ] as const) {
      it(`from ${name} by ${given}`, async () => {
        for (const size of [1, 4096]) {
          const page = aPage(inChunks(article(head, encoded), size), type);
          const response = await gateHtml(page, locked);
          assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
          assert.equal(
            await response.text(),
            `<html><head>${corrected}</head><body><article><p>${encoded.text}</p><p>2</p><p>3</p></article></body></html>`,
          );
        }
      });
    }
  }

  it('from UTF-8 with a byte order mark', async () => {
    const page = `<meta charset="UTF-8"><article><p>Über</p><p>2</p><p>3</p><p>${secret}</p></article>`;
    const bytes = new Uint8Array([0xef, 0xbb, 0xbf, ...Buffer.from(page)]);
    assert.equal(
      await gated(aPage(inChunks(bytes, 1), 'text/html')),
      '<meta charset="UTF-8"><article><p>Über</p><p>2</p><p>3</p></article>',
    );
  });
});

describe('a page that a reader may read passes as bytes', () => {
  const open = {access: 'metered', reason: 'meter', left: 3, limit: 5} as const;
  const read = async (bytes: Uint8Array, size: number, type = 'text/html') =>
    new Uint8Array(await (await gateHtml(aPage(inChunks(bytes, size), type), open)).arrayBuffer());

  it('whatever they are', async () => {
    const bytes = Uint8Array.from({length: 5000}, (_, n) => (n * 7919) % 256);
    for (const size of [1, 7, 4096]) assert.deepEqual(await read(bytes, size), bytes);
    const broken = Buffer.from('<article><p title="<support-paywal><script>if (a<b) <support-');
    for (const size of [1, 7, 4096])
      assert.deepEqual(await read(broken, size), new Uint8Array(broken));
  });

  it('but for the attributes that its elements show', async () => {
    const page = Buffer.from(
      '\xe9<SUPPORT-METER class="a" left="9"></SUPPORT-METER><support-paywall>\xe9</support-paywall><support-meters><script>s = "<support-meter>"</script>',
      'latin1',
    );
    const marks = ' server state=metered';
    for (const size of [1, 2, 13, 4096]) {
      const sent = Buffer.from(await read(page, size)).toString('latin1');
      assert.ok(sent.startsWith(`\xe9<SUPPORT-METER${marks}`), sent);
      assert.match(sent, /<SUPPORT-METER server state=metered[^>"]* class="a" left="9">/);
      assert.match(sent, /<support-paywall server [^>"]*>\xe9<\/support-paywall><support-meters>/);
      assert.match(sent, /"<support-meter server [^>"]*>"/);
      assert.equal(
        sent.replaceAll(/ server state=metered[^> ]*( (because|left|of)=\w+)*/g, ''),
        page.toString('latin1'),
      );
    }
  });
});
