import assert from 'node:assert/strict';
import {brotliCompressSync, gzipSync} from 'node:zlib';
import {describe, it} from 'node:test';
import {Readability} from '@mozilla/readability';
// @ts-expect-error The package has no types.
import {JSDOM} from 'jsdom';
import {gateFeed, gateHtml, type GateDecision, type GateHtmlOptions} from '../../src/gate/index.js';
import {inChunks} from './gated-languages.js';
import {atom, gatedPages, jsonFeed, leaksIn, rss} from './gated-pages.js';

const locked: GateDecision = {
  access: 'locked',
  reason: 'limit-reached',
  until: 5,
  left: 0,
  limit: 5,
};
const open: GateDecision = {access: 'open', reason: 'entitled'};

const utf8 = new TextEncoder();

const aPage = (
  body: BodyInit | null,
  headers: Record<string, string> = {},
  status = 200,
): Response =>
  new Response(body, {
    status,
    headers: {'content-type': 'text/html; charset=utf-8', ...headers},
  });

const gated = async (text: string, options?: GateHtmlOptions): Promise<string> =>
  (await gateHtml(aPage(text), locked, options)).text();

describe('300 gated sentences on twenty pages', () => {
  it('are each present once before the gate', () => {
    assert.equal(gatedPages.length, 20);
    assert.equal(new Set(gatedPages.flatMap(page => page.gated)).size, 300);
    for (const page of gatedPages) {
      assert.equal(leaksIn(page.html, [page]).length, 15, page.shape);
      assert.equal(leaksIn(page.amp, [page]).length, 15);
      assert.equal(leaksIn(page.print, [page]).length, 15);
    }
    for (const feed of [rss, atom, jsonFeed]) assert.ok(leaksIn(feed).length >= 300);
  });

  for (const page of gatedPages) {
    it(`never leave the server in ${page.path}, ${page.shape}`, async () => {
      for (const variant of [page.html, page.amp, page.print]) {
        const text = await gated(variant);
        assert.deepEqual(leaksIn(text), []);
        for (const one of page.preview)
          assert.ok(text.includes(one.replaceAll('&', '&amp;')), `lost: ${one}`);
        assert.match(text, /The Harbour Post|<body class="print">|<body><article>/);
      }
    });
  }

  it('never leave the server, whatever the size of the chunks', async () => {
    for (const [at, page] of gatedPages.slice(0, 10).entries()) {
      for (const size of [1, 7, 64, 1000 + at]) {
        const response = await gateHtml(aPage(inChunks(page.html, size)), locked);
        assert.deepEqual(leaksIn(await response.text()), [], `${page.shape}, ${size}`);
      }
    }
  });

  it('never leave the server for a reader mode or a print view of the page', async () => {
    for (const page of gatedPages) {
      const {window} = new JSDOM(await gated(page.html));
      assert.deepEqual(leaksIn(window.document.documentElement.textContent), []);
      const read = new Readability(window.document).parse();
      assert.deepEqual(leaksIn(read?.content ?? ''), []);
      window.close();
    }
  });

  it('never leave the server in a feed', async () => {
    for (const [text, type] of [
      [rss, 'application/rss+xml'],
      [atom, 'application/atom+xml'],
      [jsonFeed, 'application/feed+json'],
    ] as const) {
      const feed = new Response(text, {headers: {'content-type': type}});
      const cut = await (await gateFeed(feed, locked)).text();
      assert.deepEqual(leaksIn(cut), [], type);
      for (const {preview} of gatedPages) {
        const found = cut.replaceAll(/&amp;amp;|&amp;/g, '&').replaceAll('\\u0026', '&');
        assert.ok(
          preview.every(one => found.includes(one)),
          type,
        );
      }
    }
  });

  it('are all sent to a reader with access', async () => {
    for (const page of gatedPages) {
      const text = await (await gateHtml(aPage(page.html), open)).text();
      assert.equal(text, page.html);
    }
    const feed = new Response(rss, {headers: {'content-type': 'application/rss+xml'}});
    assert.equal(await (await gateFeed(feed, open)).text(), rss);
  });
});

describe('gateHtml()', () => {
  const article = (body: string) => `<!doctype html><body><article>${body}</article><p>Below</p>`;
  const cuts: readonly {
    given: string;
    page: string;
    options?: GateHtmlOptions;
    sent: string;
  }[] = [
    {
      given: 'more paragraphs than the preview has',
      page: article('<h1>Tide</h1><p>1</p><p>2</p><p>3</p><h2>4</h2><p>5</p>'),
      sent: article('<h1>Tide</h1><p>1</p><p>2</p><p>3</p>'),
    },
    {
      given: 'fewer paragraphs than the preview has',
      page: article('<p>1</p>'),
      options: {wall: '<b>wall</b>'},
      sent: article('<p>1</p><b>wall</b>'),
    },
    {
      given: 'a preview of one',
      page: article('<p>1</p>between<p>2</p>'),
      options: {preview: 1, wall: '<b>wall</b>'},
      sent: article('<p>1</p><b>wall</b>'),
    },
    {
      given: 'no preview at all',
      page: article('<h1>Tide</h1><p>1</p>'),
      options: {preview: 0, wall: '<b>wall</b>'},
      sent: article('<b>wall</b>'),
    },
    {
      given: 'paragraphs in a quotation, which count as one',
      page: article('<blockquote><p>1</p><p>1</p></blockquote><p>2</p><p>3</p>'),
      options: {preview: 2},
      sent: article('<blockquote><p>1</p><p>1</p></blockquote><p>2</p>'),
    },
    {
      given: 'paragraphs in boxes that stay open behind the cut',
      page: article('<div><p>1</p><p>2</p></div><div>3</div>'),
      options: {preview: 1, wall: '<b>wall</b>'},
      sent: article('<div><p>1</p><b>wall</b></div>'),
    },
    {
      given: 'a marker, and more paragraphs before it than a preview has',
      page: article('<p>1</p><p>2</p><p>3</p><p>4</p><!-- support:gate --><p>5</p>'),
      options: {preview: 'marker', wall: '<b>wall</b>'},
      sent: article('<p>1</p><p>2</p><p>3</p><p>4</p><b>wall</b>'),
    },
    {
      given: 'a gated element in place of a marker',
      page: article('<p>1</p><div data-support-gated class="paywall"><p>2</p></div><p>3</p>'),
      options: {preview: 'marker', wall: '<b>wall</b>'},
      sent: article('<p>1</p><div data-support-gated class="paywall"></div><b>wall</b>'),
    },
    {
      given: 'a gated element outside of the article',
      page: `${article('<p>1</p>')}<aside class="vip">2</aside>`,
      options: {gated: '.vip'},
      sent: `${article('<p>1</p>')}<aside class="vip"></aside>`,
    },
    {
      given: 'a preview of more characters than are allowed',
      page: article('<p>one two &amp; three four</p>'),
      options: {previewCharacters: 12, wall: '<b>wall</b>'},
      sent: article('<p>one two…<b>wall</b></p>'),
    },
    {
      given: 'another root',
      page: '<main><p>1</p><p>2</p></main><article><p>1</p><p>2</p></article>',
      options: {root: 'main', preview: 1},
      sent: '<main><p>1</p></main><article><p>1</p><p>2</p></article>',
    },
    {
      given: 'several roots',
      page: '<main><p>1</p><p>2</p></main><article><p>1</p><p>2</p></article>',
      options: {root: 'main, article', preview: 1},
      sent: '<main><p>1</p></main><article><p>1</p></article>',
    },
    {
      given: 'more that must not leave',
      page: `${article('<p>1</p>')}<div class="print">2</div>`,
      options: {drop: '.print, .state'},
      sent: article('<p>1</p>'),
    },
    {
      given: 'the wall in the page, behind the cut',
      page: article('<p>1</p><p>2</p><support-paywall><p>Read on</p></support-paywall><p>3</p>'),
      options: {preview: 1},
      sent: article(
        '<p>1</p><support-paywall server="" state="locked" because="meter-used" until="5" left="0" of="5"><p>Read on</p></support-paywall>',
      ),
    },
  ];
  for (const {given, page, options, sent} of cuts) {
    it(`given ${given}`, async () => {
      assert.equal(await gated(page, options), sent);
    });
  }

  it('sends the first words of the preview before the last of the article has arrived, where it streams', async () => {
    let arrives: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        arrives = controller;
      },
    });
    const response = await gateHtml(aPage(body), locked, {stream: true});
    const reader = response.body!.getReader();
    arrives!.enqueue(utf8.encode('<article><p>The ferry is late.</p><p>It'));
    let sent = '';
    while (!sent.includes('The ferry is late.'))
      sent += new TextDecoder().decode((await reader.read()).value);
    arrives!.enqueue(utf8.encode(' rained.</p><p>3</p><p>secret</p></article>'));
    arrives!.close();
    for (;;) {
      const {done, value} = await reader.read();
      if (done) break;
      sent += new TextDecoder().decode(value);
    }
    assert.equal(sent, '<article><p>The ferry is late.</p><p>It rained.</p><p>3</p></article>');
  });

  it('aborts the response when the origin aborts', async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(utf8.encode('<article><p>The ferry'));
        controller.error(new Error('gone'));
      },
    });
    const response = await gateHtml(aPage(body), locked);
    await assert.rejects(response.text(), /gone/);
  });

  describe('refuses to send pages that it cannot cut', () => {
    for (const [given, page] of [
      ['a part of a page', () => aPage('secret', {'content-range': 'bytes 5-10/99'}, 206)],
      ['an unknown encoding', () => aPage('secret', {'content-type': 'text/html; charset=UTF-7'})],
      ['a packed page', () => aPage(brotliCompressSync('secret'), {'content-encoding': 'br'})],
      ['a text that is no page', () => aPage('secret', {'content-type': 'text/plain'})],
      ['a page that does not say what it is', () => new Response(utf8.encode('secret'))],
    ] as const) {
      it(`given ${given}`, async () => {
        const response = await gateHtml(page(), locked);
        assert.equal(response.status, 502);
        assert.equal(await response.text(), '');
        assert.equal(response.headers.get('cache-control'), 'private, no-store');
      });
    }
  });

  for (const [given, page] of [
    [
      'letters that are not what was said',
      () => aPage('secret', {'content-type': 'text/html; charset=utf-16'}),
    ],
    ['bytes of no text', () => aPage(utf8.encode('<\0p\0s\0e\0c\0r\0e\0t'))],
    ['a packed page that does not say so', () => aPage(gzipSync('secret'))],
  ] as const) {
    it(`aborts at the first byte given ${given}`, async () => {
      await assert.rejects((await gateHtml(page(), locked)).text(), /expected a text/);
    });
  }

  it('reports a page in which nothing was cut', async () => {
    const heard: string[] = [];
    const onUncut = (url: string) => heard.push(url);
    await gated('<main><p>1</p></main>', {onUncut});
    await gated('<article><p>1</p></article>', {onUncut});
    await gated('<main><p data-support-gated>1</p></main>', {onUncut});
    assert.deepEqual(heard, ['']);
  });

  it('cuts the page while the decision is pending', async () => {
    const response = await gateHtml(
      aPage(article('<p>1</p><p>2</p>')),
      {access: 'pending'},
      {preview: 1},
    );
    assert.equal(await response.text(), article('<p>1</p>'));
  });

  it('answers a HEAD request without a body', async () => {
    const response = await gateHtml(aPage(null, {'content-length': '99'}), locked);
    assert.equal(await response.text(), '');
    assert.equal(response.headers.get('content-length'), null);
  });

  it('replaces every description by the teaser, or keeps them where the site says so', async () => {
    const page =
      '<meta name="description" content="x"><meta property="og:description" content="y"><script type="application/ld+json">{"description": "z"}</script>';
    assert.equal(
      await gated(page, {description: 'A "fine" day </script>'}),
      '<meta name="description" content="A &quot;fine&quot; day </script>"><meta property="og:description" content="A &quot;fine&quot; day </script>"><script type="application/ld+json">{"description":"A \\"fine\\" day \\u003c/script>"}</script>',
    );
    assert.equal(await gated(page, {description: 'keep'}), page.replace('": "', '":"'));
  });

  it('keeps data for scripts where the site says so', async () => {
    const page = '<script type="application/json">{"tide": 3}</script>';
    assert.equal(await gated(page), '<script type="application/json"></script>');
    assert.equal(await gated(page, {keepData: true}), page);
  });

  it('does not change the scripts of the page', async () => {
    const page =
      '<script>if (1 < 2) tide()</script><script type="module">import "/x.js"</script><script type="importmap">{"imports":{}}</script><script src="/y.js"></script><style>p > a {color: red}</style>';
    assert.equal(await gated(page), page);
  });
});

describe('the headers of a gated page', () => {
  const sent = async (decision: GateDecision, headers: Record<string, string> = {}) =>
    (await gateHtml(aPage('<article></article>', headers), decision)).headers;
  const cached = {
    'cache-control': 'public, s-maxage=600',
    ...{etag: '"1"', expires: 'Thu, 01 Dec 2033 16:00:00 GMT', age: '5', vary: 'Accept-Language'},
    'last-modified': 'Thu, 01 Dec 2022 16:00:00 GMT',
  };

  for (const decision of [
    open,
    locked,
    {access: 'metered'},
    {access: 'open', reason: 'gift'},
  ] as const) {
    it(`forbid shared caches to store it: ${decision.access} ${decision.reason ?? ''}`, async () => {
      const headers = await sent(decision, cached);
      assert.equal(headers.get('cache-control'), 'private, no-store');
      assert.equal(headers.get('cdn-cache-control'), 'no-store');
      assert.equal(headers.get('surrogate-control'), 'no-store');
      assert.equal(headers.get('x-accel-expires'), '0');
      assert.match(headers.get('vary') ?? '', /Accept-Language, Cookie/);
      for (const name of ['etag', 'expires', 'age', 'last-modified'])
        assert.equal(headers.get(name), null, name);
    });
  }

  it('are unchanged where everybody may read the page', async () => {
    const headers = await sent({access: 'open', reason: 'live'}, cached);
    assert.equal(headers.get('cache-control'), 'public, s-maxage=600');
    assert.equal(headers.get('etag'), '"1"');
  });
});
