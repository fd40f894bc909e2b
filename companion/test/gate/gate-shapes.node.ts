import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {deflateSync, gzipSync} from 'node:zlib';
import {gateFeed, gateHtml, type GateHtmlOptions} from '../../src/gate/index.js';
import {inChunks} from './gated-languages.js';

const locked = {access: 'locked'} as const;
const secret = 'The keeper wrote the last line of the log in pencil.';

const aPage = (body: BodyInit, headers: Record<string, string> = {}): Response =>
  new Response(body, {headers: {'content-type': 'text/html; charset=utf-8', ...headers}});

const quiet: GateHtmlOptions = {onUncut: () => undefined};
const isLeaking = (text: string): boolean => /keeper|pencil/.test(readable(text));

const three = '<p>1</p><p>2</p><p>3</p>';
const article = `<article>${three}<p>${secret}</p></article>`;
const state = JSON.stringify({story: {blocks: [{text: secret}]}});

/** Undoes what a page may have done to a text. */
const readable = (page: string): string =>
  [page, ...(page.match(/[\w+/-]{40,}/g) ?? []).map(text => String(Buffer.from(text, 'base64')))]
    .join(' ')
    .replaceAll(/\\u([\da-f]{4})|\\x([\da-f]{2})|%([\da-f]{2})/gi, (_, ...codes: string[]) =>
      String.fromCharCode(parseInt(codes.slice(0, 3).find(Boolean) ?? '', 16)),
    )
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));

describe('a gated sentence does not leave', () => {
  const shapes: Readonly<Record<string, string>> = {
    'in an aside that ends a paragraph nobody closed': `<article><p>1<p>2<p>3<aside>${secret}</aside></article>`,
    'in a heading that ends one': `<article><p>1<p>2<p>3<h2>${secret}</h2></article>`,
    'in a box that ends one': `<article><p>1<div>2</div><p>2<p>3<div>${secret}</div></article>`,
    'in a figure that ends one': `<article><p>1<p>2<p>3<figure><figcaption>${secret}</figcaption></figure></article>`,
    'in a list in a list': `<article><ul><li>1<ul><li>2</ul></ul><p>2</p><p>3</p><ul><li>${secret}</ul></article>`,
    'in a table that was put together wrong': `<article>${three}<table><p>${secret}</p></table></article>`,
    'behind an end of the page that is none yet': `<body><article>${three}</body><p>${secret}</p>${secret}</article>`,
    'behind the end of a mark from outside': `<span><article>${three}</span><p>${secret}</p>${secret}</article></span>`,
    'behind an end that a table keeps from being one': `<article>${three}<table><tr><td></article>${secret}</td></tr></table>${secret}</article>`,
    'behind the end of a box that a table keeps from being one': `<div><article>${three}<table><tr><td></div></td></tr></table><p>${secret}</p>${secret}</article></div>`,
    'behind an object that nobody closed': `<article>${three}<object></article><p>${secret}</p><!-- ${secret} -->`,
    'in a short line of a template': `<template><article>${three}The keeper left.</article></template>`,
    'in what shows its source': `<article>${three}<style>/*${secret}*/</style><textarea>${secret}</textarea><xmp>${secret}</xmp><plaintext>${secret}`,
    'in a drawing': `<article>${three}<svg><title>${secret}</title><![CDATA[${secret}]]></svg></article>`,
    'in an instruction': `<?php ${secret} ?><article>${three}<?php ${secret} ?><!${secret}></article>`,
    'in capitals': article.toUpperCase().replaceAll(secret.toUpperCase(), secret),
    'in the second of two articles': `<article>${three}</article>${article}`,
    'in a shadow root': `<article><x-a><template shadowrootmode="open">${three}<p>${secret}</p></template></x-a></article>`,
    'in a text for readers without a script': `<article><noscript><p>${secret}</p></noscript>${three}</article>`,
    'in a template of the article': `<article><template><p>${secret}</p></template>${three}</article>`,
    'in a template of the page': `<template><p>${secret}</p></template>${article}`,
    'in an attribute of an image': `<article><img data-caption="${secret}" alt="A log">${three}</article>`,
    'in an attribute of the page': `<body data-quote="${secret}">${article}`,
    'in an island': `<astro-island props='{"body":[0,"${secret}"]}'></astro-island>${article}`,
    'in a field of a form': `${article}<input type="hidden" name="share" value="${secret}">`,
    'in a link for sharing': `${article}<a href="mailto:?body=${encodeURIComponent(secret.repeat(2))}">Send</a>`,
    'in an image that is written out': `${article}<img src="data:image/svg+xml,<svg><text>${secret.repeat(2)}</text></svg>">`,
    'in a tag of another vocabulary': `<meta name="twitter:data1" content="${secret}"><meta name="parsely-page" content='{"x": "${secret}"}'>${article}`,
    'in structured data under any name': `<script type="application/ld+json">${JSON.stringify({'@type': 'NewsArticle', pullQuote: secret, hasPart: [{about: [secret]}]})}</script>${article}`,
    'in data of any kind': `<script type="qwik/json">${state}</script><script type="application/json" id="__NUXT_DATA__">${state}</script>${article}`,
    'in a state for scripts': `<script>window.Fusion={globalContent:${state}}</script>${article}`,
    'in a state of any name': `<script>window.__harbour = ${state}</script>${article}`,
    'in a state as a text': `<script>var s = JSON.parse(${JSON.stringify(state)})</script>${article}`,
    'in a state that is escaped': `<script>var s = decodeURIComponent("${encodeURIComponent(state)}")</script>${article}`,
    'in a call of a script': `<script>dataLayer.push({"body": "${secret}"})</script>${article}`,
    'in a script with names that nobody quotes': `<script>start({data:[{body:'${secret}'}]})</script>${article}`,
    'in a hidden box': `<div hidden><p>${secret}</p></div>${article}`,
    'in a box for paper': `${article}<div class="wide print-only"><h2>1</h2><p>${secret}</p></div>`,
    'in a box that structured data names': `<div itemprop="articleBody"><b>${secret}</b></div>${article}`,
    'in a text for readers without a script, outside': `${article}<noscript><p>${secret}</p></noscript>`,
    'in base64': `<div data-body="${Buffer.from(secret.repeat(3)).toString('base64')}"></div>${article}`,
    'in base64 for addresses': `<script>load("${Buffer.from(JSON.stringify({secret, more: secret})).toString('base64url')}")</script>${article}`,
    'in escapes alone': `<script>var s = "${Array.from(secret, letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"</script>${article}`,
    'in short escapes': `<script>var s = "${Array.from(secret, letter => `\\x${letter.charCodeAt(0).toString(16)}`).join('')}"</script>${article}`,
    'in references alone': `<div data-text="${Array.from(secret, letter => `&#${letter.charCodeAt(0)};`).join('')}"></div>${article}`,
    'in percent signs alone': `<a href="/share?text=${Array.from(secret.repeat(2), letter => `%${letter.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')}">Send</a>${article}`,
    'in what comes late': `${article}<div hidden id="S:0"><p>${secret}</p></div><script>$RC("B:0","S:0")</script>`,
  };
  for (const [given, page] of Object.entries(shapes)) {
    it(given, async () => {
      assert.ok(isLeaking(page), 'the case itself');
      const text = await (await gateHtml(aPage(page), locked, quiet)).text();
      assert.ok(!isLeaking(text), text);
      assert.equal(text.includes(three), page.includes(three), text);
    });
    it(`${given}, arriving byte by byte`, async () => {
      const text = await (await gateHtml(aPage(inChunks(page, 1)), locked, quiet)).text();
      assert.ok(!isLeaking(text), text);
    });
  }
});

describe('a gated sentence does not leave in XHTML', () => {
  for (const [given, tag] of [
    ['a script', `<script src="/a.js?b>c"/>`],
    ['a style', '<style/>'],
    ['a title', '<title lang="en" />'],
    ['a frame', `<iframe\nsrc='/a'/>`],
  ] as const) {
    it(`behind ${given} with a self-closing tag`, async () => {
      const page = `<html xmlns="http://www.w3.org/1999/xhtml">${tag}${article}</html>`;
      const xhtml = aPage(page, {'content-type': 'application/xhtml+xml'});
      const text = await (await gateHtml(xhtml, locked)).text();
      assert.ok(!isLeaking(text), text);
      assert.ok(text.includes(three), text);
    });
  }
});

it('gateHtml() does not change custom elements with similar names', async () => {
  const page = `<html xmlns="http://www.w3.org/1999/xhtml"><title-card/>${article}</html>`;
  const xhtml = aPage(page, {'content-type': 'application/xhtml+xml'});
  assert.match(await (await gateHtml(xhtml, locked)).text(), /<title-card\/><article/);
});

describe('the part of the page below an article', () => {
  const below = '<footer><p>The Harbour Post</p></footer><script src="/a.js"></script>';

  it('is kept', async () => {
    const page = `<main><article>${three}<table><tr><td>4</table></article>${below}</main>`;
    const text = await (await gateHtml(aPage(page), locked)).text();
    assert.equal(text, `<main><article>${three}</article>${below}</main>`);
  });

  it('keeps only its scripts where the end of the article is uncertain', async () => {
    const page = `<main><article>${three}<p>${secret}</p></main>${below}`;
    const text = await (await gateHtml(aPage(page), locked)).text();
    assert.equal(text, `<main><article>${three}</main><script src="/a.js"></script>`);
  });
});

describe('text that is not a sentence is kept', () => {
  const kept: Readonly<Record<string, string>> = {
    'titles and labels':
      '<meta property="og:title" content="Who owns the fog signal on the north mole"><meta name="keywords" content="fog, signal, mole, harbour, law, lease"><img alt="The keeper of the light in his boat" src="/a.png">',
    settings:
      '<meta name="viewport" content="width=device-width, initial-scale=1"><div data-options=\'{"autoplay": true, "speed": 300}\' class="a b c d e f g"></div><img srcset="/a.png 1x, /b.png 2x" sizes="(width > 40em) 50vw, 100vw"><iframe allow="accelerometer; autoplay; encrypted-media"></iframe><meta http-equiv="content-security-policy" content="default-src \'none\'; script-src \'self\'">',
    'menus that are not open yet':
      '<nav hidden><ul><li><a href="/a">News of the harbour</a><li><a href="/b">Tides</a></ul></nav><dialog hidden><button>Close</button><script>start({hidden: true, after: 3})</script></dialog>',
    'pictures that are written out': `<img src="data:image/png;base64,${Buffer.from(Array.from({length: 3000}, (_, n) => (n * 7919) % 256)).toString('base64')}">`,
    'links for sharing':
      '<a href="https://social.example/?text=Who+owns+the+fog+signal&url=https%3A%2F%2Fwww.example.org%2F">Share</a>',
    scripts:
      '<script>if (1 < 2 && "a" > \'b\') start({id: 3, name: "harbour post", on: [1, 2]});\n// We do this only for readers who have agreed to all of it.\n</script>',
    'structured data':
      '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Who owns the fog signal on the north mole","author":{"name":"Ines Calloway"},"isAccessibleForFree":false}</script>',
    'what the site vouches for': `<script data-support-keep>ask({text: "We would like to count how often you come here."})</script><div data-support-keep data-text="We would like to count how often you come"></div>`,
  };
  for (const [given, head] of Object.entries(kept)) {
    it(given, async () => {
      const page = `${head}<article>${three}</article>`;
      assert.equal(await (await gateHtml(aPage(page), locked)).text(), page);
    });
  }
});

describe('a page in another encoding', () => {
  const bytes = (head: string, rest: readonly number[]) =>
    new Uint8Array([
      ...Buffer.from(`${head}<article><p>`),
      ...rest,
      ...Buffer.from(`</p><p>2</p><p>3</p><p>${secret}</p></article>`),
    ]);
  const privet = [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2];
  const wide = (order: 'le' | 'be') => {
    const text = Buffer.from(`\ufeff<article><p>Привет</p><p>2</p><p>3</p><p>${secret}`, 'utf16le');
    return new Uint8Array(order === 'le' ? text : text.swap16());
  };
  for (const [given, body, type] of [
    ['that its headers name', bytes('', privet), 'text/html; charset=windows-1251'],
    ['that it names itself', bytes('<meta charset="windows-1251">', privet), 'text/html'],
    [
      'that it names in the old way',
      bytes('<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', privet),
      'text/html',
    ],
    ['of two bytes a letter', wide('le'), 'text/html'],
    ['of two bytes a letter, the other way round', wide('be'), 'text/html; charset=utf-16'],
  ] as const) {
    it(`is cut and can be read: ${given}`, async () => {
      const response = await gateHtml(aPage(body, {'content-type': type}), locked);
      const text = await response.text();
      assert.equal(response.headers.get('content-type'), 'text/html; charset=utf-8');
      assert.match(text, /<p>Привет<\/p><p>2<\/p><p>3<\/p>/);
      assert.ok(!isLeaking(text));
    });
  }
});

describe('a compressed page', () => {
  for (const [encoding, pack] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ] as const) {
    it(`is decompressed and cut: ${encoding}`, async () => {
      const page = aPage(new Uint8Array(pack(article)), {'content-encoding': encoding});
      const response = await gateHtml(page, locked);
      assert.equal(await response.text(), `<article>${three}</article>`);
      assert.equal(response.headers.get('content-encoding'), null);
    });
  }
  it('is cut where the platform has decompressed it and left the header', async () => {
    const response = await gateHtml(aPage(article, {'content-encoding': 'br'}), locked);
    assert.equal(await response.text(), `<article>${three}</article>`);
  });
});

describe('a response that is not a page', () => {
  const answer = async (status: number, type: string, gate = gateHtml) => {
    const headers = {'content-type': type, location: '/there'};
    return gate(new Response(secret, {status, headers}), locked);
  };
  for (const [status, type] of [
    [302, 'text/plain'],
    [404, 'text/plain'],
    [500, 'application/json'],
  ] as const) {
    it(`keeps its status and loses its body: ${status}`, async () => {
      const response = await answer(status, type, type.includes('json') ? gateFeed : gateHtml);
      assert.equal(response.status, status);
      assert.equal(await response.text(), '');
      assert.equal(response.headers.get('location'), '/there');
    });
  }
});

describe('a gated sentence does not leave in a feed', () => {
  const rss = (inner: string) =>
    `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Post</title>${inner}</channel></rss>`;
  const feeds: Readonly<Record<string, readonly [string, string]>> = {
    'with names of its own': [
      'application/atom+xml',
      `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>t</a:title><a:content type="html">${secret}</a:content></a:entry></a:feed>`,
    ],
    'as elements': [
      'application/atom+xml',
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml"><div>${three}<p>${secret}</p></div></content></entry></feed>`,
    ],
    'as a single entry': [
      'application/atom+xml',
      `<entry xmlns="http://www.w3.org/2005/Atom"><title>t</title><content>${secret}</content></entry>`,
    ],
    'as a plain text': [
      'application/rss+xml',
      rss(`<item><content:encoded>${secret}</content:encoded></item>`),
    ],
    'as plain lines': [
      'application/rss+xml',
      rss(`<item><content:encoded>1\n\n2\n\n3\n\n${secret}</content:encoded></item>`),
    ],
    'in a comment': [
      'application/rss+xml',
      rss(`<!-- ${secret} --><item><!-- ${secret} --></item>`),
    ],
    'in an attribute': [
      'application/rss+xml',
      rss(`<item><category label="${secret}">x</category></item>`),
    ],
    'in the source of an item': [
      'application/atom+xml',
      `<feed xmlns="http://www.w3.org/2005/Atom"><entry><source><subtitle>${secret}</subtitle></source></entry></feed>`,
    ],
    'beside the items': ['application/rss+xml', rss(`<latest>${secret}</latest><item/>`)],
    'in the older RSS': [
      'application/rdf+xml',
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><item rdf:about="x"><title>t</title><description>${secret}</description></item></rdf:RDF>`,
    ],
    'beside the items of a JSON Feed': [
      'application/feed+json',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        _latest: secret,
        items: [{id: '1', _x: secret, content_text: secret}],
      }),
    ],
  };
  for (const [given, [type, text]] of Object.entries(feeds)) {
    it(given, async () => {
      const response = await gateFeed(
        new Response(text, {headers: {'content-type': type}}),
        locked,
      );
      assert.equal(response.status, 200);
      const sent = await response.text();
      assert.ok(!isLeaking(sent), sent);
    });
  }
  const members = 'https://www.example.org/members/1';
  const story = `<content>${secret}</content>`;
  for (const [given, type, text] of [
    [
      'names its comments before itself',
      'application/atom+xml',
      `<entry><link rel="replies" href="https://www.example.org/talk/1"/><link rel="alternate" href="${members}"/>${story}</entry>`,
    ],
    [
      'names the feed before itself',
      'application/rss+xml',
      rss(
        `<item><atom:link rel="self" href="https://www.example.org/feed"/><link>${members}</link>${story}</item>`,
      ),
    ],
    [
      'is known by another server that counts readers',
      'application/rss+xml',
      rss(
        `<item><link>https://feeds.example/1</link><x:origLink>${members}</x:origLink>${story}</item>`,
      ),
    ],
    [
      'has only an id',
      'application/rss+xml',
      rss(`<item><link/><guid>${members}</guid>${story}</item>`),
    ],
    [
      'is only about something',
      'application/rdf+xml',
      `<rdf:RDF><item rdf:about="${members}">${story}</item></rdf:RDF>`,
    ],
    ['has no address', 'application/rss+xml', rss(`<item><guid>17</guid>${story}</item>`)],
    [
      'has no address in a JSON Feed',
      'application/feed+json',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1.1',
        items: [{id: 17, content_text: secret}],
      }),
    ],
  ] as const) {
    it(`where only members' articles are gated, and an item ${given}`, async () => {
      const feed = new Response(text, {headers: {'content-type': type}});
      const isGated = (...[link = '', ...others]: string[]) =>
        others.length === 0 && new URL(link).pathname.startsWith('/members/');
      const response = await gateFeed(feed, locked, {isGated});
      assert.equal(response.status, 200);
      const sent = await response.text();
      assert.ok(!isLeaking(sent), sent);
    });
  }
  it('is sent in the feed item of a free article', async () => {
    const free = rss(
      `<item><guid>${members}</guid><link>https://www.example.org/free/1</link>${story}</item>`,
    );
    const feed = new Response(free, {headers: {'content-type': 'application/rss+xml'}});
    const sent = await (
      await gateFeed(feed, locked, {isGated: link => link.includes('/members/')})
    ).text();
    assert.ok(isLeaking(sent), sent);
  });
  for (const [given, type, text] of [
    ['some other JSON', 'application/json', state],
    ['a list', 'application/json', JSON.stringify([secret])],
    ['some other XML', 'application/xml', `<nitf><body>${secret}</body></nitf>`],
    ['what cannot be parsed', 'application/json', `{"a": "${secret}`],
  ] as const) {
    it(`because the feed is refused: ${given}`, async () => {
      const response = await gateFeed(
        new Response(text, {headers: {'content-type': type}}),
        locked,
      );
      assert.equal(response.status, 502);
      assert.equal(await response.text(), '');
    });
  }
});
