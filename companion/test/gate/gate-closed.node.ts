import assert from 'node:assert/strict';
import {describe, it, mock} from 'node:test';
import {createGate, gateHtml, type GateHtmlOptions} from '../../src/gate/index.js';
import {hasRun} from '../../src/gate/is-prose.js';
import {inChunks} from './gated-languages.js';

const locked = {access: 'locked'} as const;
const secret = 'The keeper wrote the last line of the log in pencil.';
const aPage = (body: BodyInit | null, headers: Record<string, string> = {}, status = 200) =>
  new Response(body, {status, headers: {'content-type': 'text/html; charset=utf-8', ...headers}});

/** Gates a page and returns what was sent and heard. */
async function gate(page: Response, options: GateHtmlOptions = {}) {
  const uncut: (readonly [string, string])[] = [];
  const broken: (readonly [string, unknown])[] = [];
  const response = await gateHtml(
    page,
    locked,
    {
      onUncut: (...args) => uncut.push(args),
      onBroken: (...args) => broken.push(args),
      ...options,
    },
    'https://www.example.org/log',
  );
  return {response, text: await response.text(), uncut, broken};
}

const many = `<p>${secret}</p>`.repeat(20);
const wall = '<b>wall</b>';

describe('an article that the selector does not find', () => {
  const pages: Readonly<Record<string, string>> = {
    'in a renamed element': `<html><head><title>Log</title></head><body><main><p>1</p><p>2</p><p>3</p>${many}</main></body></html>`,
    'without a body of its own': `<title>Log</title><main><p>1</p><p>2</p><p>3</p>${many}</main>`,
    'without any element': `<!doctype html><title>Log</title>1 2 3 ${'It rained. '.repeat(400)}${secret}`,
    'in boxes': `<body><div><div>1</div><div>${'It rained. '.repeat(400)}</div><div>${secret}</div></div>`,
    'in capitals': `<BODY><MAIN><P>1</P><P>2</P><P>3</P>${many}</MAIN></BODY>`,
  };
  for (const [given, page] of Object.entries(pages)) {
    it(`is cut with the whole page, and told of: ${given}`, async () => {
      for (const size of [1, 4096]) {
        const {response, text, uncut} = await gate(aPage(inChunks(page, size)), {wall});
        assert.equal(response.status, 200);
        assert.doesNotMatch(text, /pencil/);
        assert.match(text, /1/);
        assert.match(text, /<b>wall<\/b>/);
        assert.doesNotMatch(text, /support-gated-page/);
        assert.deepEqual(uncut, [['https://www.example.org/log', 'article']]);
      }
    });

    it(`is refused where the site wants that: ${given}`, async () => {
      const {response, text, uncut} = await gate(aPage(page), {uncut: 'refuse'});
      assert.equal(response.status, 502);
      assert.equal(text, '');
      assert.equal(response.headers.get('cache-control'), 'private, no-store');
      assert.deepEqual(uncut, [['https://www.example.org/log', 'article']]);
    });
  }

  it('is not held back when a gated element is found', async () => {
    const page = `<main><p>1</p><div data-support-gated>${secret}</div></main>`;
    for (const uncut of ['preview', 'refuse'] as const) {
      const found = await gate(aPage(page), {uncut});
      assert.equal(found.text, '<main><p>1</p><div data-support-gated></div></main>');
      assert.deepEqual(found.uncut, []);
    }
  });

  it('is not looked for in the page of an error', async () => {
    const page = '<main><p>1</p><p>2</p><p>3</p><p>Nothing is here.</p></main>';
    const {response, text, uncut} = await gate(aPage(page, {}, 404));
    assert.deepEqual([response.status, text, uncut], [404, page, []]);
  });

  it('ends where a page is too long to be looked through', async () => {
    const long = `<body><p>1</p><p>2</p><p>3</p>${many}${'<i>x</i>'.repeat(1_200_000)}`;
    const {text} = await gate(aPage(inChunks(long, 65_536)));
    assert.doesNotMatch(text, /pencil/);
    assert.ok(text.length < 1000);
  });

  it('is named in the log with its address and the selector', async () => {
    const warn = mock.method(console, 'warn', () => undefined);
    const site = createGate({
      article: () => ({}),
      meter: {free: 0, period: 'month'},
      secrets: ['a-secret-of-at-least-thirty-two-bytes'],
      root: '.story-text',
    });
    const response = await site.fetch(new Request('https://www.example.org/a'), () =>
      aPage(`<article>${many}</article>`),
    );
    assert.doesNotMatch(await response.text(), /pencil.*pencil.*pencil.*pencil/s);
    const [line] = warn.mock.calls.map(({arguments: [text]}) => String(text));
    assert.match(line!, /\.story-text .*https:\/\/www\.example\.org\/a/);
    warn.mock.restore();
  });
});

describe('an article that is not written in paragraphs', () => {
  const sentence = (n: number) =>
    `The ${n}. note says that the ferry waited at the quay for the doctor.`;
  const numbers = Array.from({length: 12}, (_, n) => n + 1);
  const shapes: Readonly<Record<string, (sentences: readonly string[]) => string>> = {
    boxes: list => list.map(text => `<div>${text}</div>`).join(''),
    'boxes in boxes': list => list.map(text => `<div><div>${text}</div></div>`).join(''),
    'line breaks': list => list.join('<br><br>'),
    sections: list => list.map(text => `<section>${text}</section>`).join(''),
    spans: list => list.map(text => `<span>${text}</span>`).join(' '),
    headings: list => list.map(text => `<h3>${text}</h3>`).join(''),
    'custom elements in boxes': list => list.map(text => `<div><x-p>${text}</x-p></div>`).join(''),
    'short lines': list =>
      list
        .map(text =>
          text
            .split(' ')
            .map(word => `<div>${word}</div>`)
            .join(''),
        )
        .join(''),
  };
  for (const [given, write] of Object.entries(shapes))
    it(`is cut by its blocks: ${given}`, async () => {
      for (const size of [1, 4096]) {
        const page = `<article><h1>The ferry that waited at the quay for the doctor until six</h1>${write(numbers.map(sentence))}</article><footer>Below</footer>`;
        const {text, uncut} = await gate(aPage(inChunks(page, size)), {wall});
        const read = text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
        for (const n of [1, 2, 3]) assert.ok(read.includes(sentence(n)), read);
        for (const n of numbers.slice(4)) assert.ok(!read.includes(`The ${n}.`), read);
        assert.equal(text.split(wall).length, 2, text);
        assert.match(text, /<footer>Below<\/footer>$/);
        assert.deepEqual(uncut, []);
      }
    });

  it('has a byline and the like before paragraphs, which do not count', async () => {
    const top = `<header><div>${sentence(1)}</div></header><div>By Tilda Marsh, who has waited at the quay for the doctor herself</div><div>6 January</div>`;
    const page = `<article>${top}<p>1</p><p>2</p><p>3</p><p>${secret}</p></article>`;
    assert.equal(
      (await gate(aPage(page))).text,
      `<article>${top}<p>1</p><p>2</p><p>3</p></article>`,
    );
  });
});

describe('a page that breaks off', () => {
  const breaking = (text: string) =>
    new ReadableStream<Uint8Array>({
      start: controller => controller.enqueue(new TextEncoder().encode(text)),
      pull: controller => controller.error(new Error('the origin is gone')),
    });

  it('is told of with its address, and does not end as if it were whole', async () => {
    const broken: (readonly [string, unknown])[] = [];
    const response = await gateHtml(
      aPage(breaking('<article><p>1</p>')),
      locked,
      {onBroken: (...args) => broken.push(args)},
      'https://www.example.org/log',
    );
    await assert.rejects(response.text(), /the origin is gone/);
    assert.equal(broken.length, 1);
    assert.equal(broken[0]![0], 'https://www.example.org/log');
    assert.match(String(broken[0]![1]), /the origin is gone/);
  });

  it('is refused before its article where the response waits for that', async () => {
    const {response, broken} = await gate(aPage(breaking('<p>1')), {uncut: 'refuse', stream: true});
    assert.equal(response.status, 502);
    assert.equal(broken.length, 1);
  });
});

describe('a selector', () => {
  for (const selector of [
    'article',
    'main > article.story',
    '#text, .text',
    '[itemprop="articleBody"]',
    'div:not(.box) > [data-a^="b"]',
    'main article:first-child',
    'div:nth-child(2)',
    'section:nth-of-type(odd)',
  ])
    it(`is matched while the page streams: ${selector}`, async () => {
      await assert.doesNotReject(gate(aPage('<p>1</p>'), {root: selector}));
    });

  for (const selector of [
    'article:has(p)',
    'p:last-child',
    'a + b',
    'a ~ b',
    ':is(a, b)',
    'a::before',
  ])
    it(`is refused, as no stream can tell it: ${selector}`, async () => {
      await assert.rejects(
        gate(aPage('<p>1</p>'), {root: selector}),
        /expected a selector .* received/,
      );
    });

  it('passes references of any length', async () => {
    for (const reference of [`&#x${'0'.repeat(400)}41;`, `&#${'0'.repeat(900)}`]) {
      const page = `<body><p title="${reference}">1 ${reference}</p><p>2</p></body>`;
      assert.equal((await gate(aPage(page), {root: 'body', preview: 2})).text, page);
    }
  });

  it('reads the first of equal attributes', async () => {
    const kept = '<p class=y class=x CLASS=x>2</p><p id=a id=b title="Tide">3</p>';
    const page = `<body><p class=x id=a class=y>1</p>${kept}</body>`;
    const {text} = await gate(aPage(page), {drop: '.x, #b', root: 'body', preview: 9});
    assert.equal(text, `<body>${kept}</body>`);
  });

  it('counts elements as a browser does', async () => {
    const page = '<div><p>1</p><div>2</div><p class="x">3</p><p>4</p></div>';
    for (const [drop, sent] of [
      ['p:first-child', '<div><div>2</div><p class="x">3</p><p>4</p></div>'],
      ['p:nth-child(3)', '<div><p>1</p><div>2</div><p>4</p></div>'],
      ['p:nth-of-type(2)', '<div><p>1</p><div>2</div><p>4</p></div>'],
      ['div > p:not(.x)', '<div><div>2</div><p class="x">3</p></div>'],
      ['DIV DIV', '<div><p>1</p><p class="x">3</p><p>4</p></div>'],
    ] as const)
      assert.equal(
        (await gate(aPage(page), {drop, root: 'body', onUncut: () => undefined})).text,
        sent,
        drop,
      );
  });
});

describe('the time that a page takes', () => {
  /** Awkward pages of a length. */
  const pages: Readonly<Record<string, (length: number) => string>> = {
    'one word': length => `<script>s = "${'a'.repeat(length)}"</script>`,
    'one word in an attribute': length => `<p title="${'a'.repeat(length)}">1</p>`,
    'one word in a comment': length => `<!-- ${'a'.repeat(length)} -->`,
    'many words that are none': length => `<script>s = "${'a1-'.repeat(length / 3)}"</script>`,
    'letters and stops': length => `<script>s = "${'a."'.repeat(length / 3)}"</script>`,
    'tags that nobody closes': length => '<b><i>'.repeat(length / 6),
    'tags in tags': length =>
      `${'<div>'.repeat(Math.sqrt(length))}${'<p>1</p>'.repeat(length / 8)}`,
    'the beginnings of tags': length => '<'.repeat(length),
    'the beginnings of references': length => `<p title="${'&a'.repeat(length / 2)}">1</p>`,
    'one reference': length => `<p title="&${'a'.repeat(length)}">1</p>`,
    'ends of nothing': length => '</p></i>'.repeat(length / 8),
    backslashes: length => `<script>s = "${'\\'.repeat(length)}"</script>`,
    'quotation marks': length => `<script>${`"'`.repeat(length / 2)}</script>`,
    attributes: length => `<p ${Array.from({length: length / 8}, (_, n) => `a${n}=x`).join(' ')}>`,
    'attributes of one name': length => `<p ${'a=x '.repeat(length / 4)}>`,
    'letters without spaces': length => `<script>s = "${'灯'.repeat(length / 3)}"</script>`,
    'escaped letters': length => `<script>s = "${'\\u0061'.repeat(length / 6)}"</script>`,
    'escapes of escapes': length => `<p title="%${'25'.repeat(length / 2)}">1</p>`,
    'references of references': length => `<p title="&${'amp;'.repeat(length / 4)}">1</p>`,
    'zeros of a reference': length => `<script>s = "&#x${'0'.repeat(length)}"</script>`,
    'zeros of a code point': length => `<script>s = "\\u{${'0'.repeat(length)}"</script>`,
    'Base64 of letters': length => `<script>s = "${'YWJj'.repeat(length / 4)}"</script>`,
    'words of hidden elements': length => '<p hidden>one two</p>'.repeat(length / 21),
    'one hidden word': length => `<p hidden>${'a'.repeat(length)}</p>`,
    'scripts in XHTML': length => '<script '.repeat(length / 8),
    'quoted scripts in XHTML': length => `<script '`.repeat(length / 9),
  };
  const took = async (page: string, type: string) => {
    const before = process.cpuUsage();
    await (
      await gateHtml(aPage(page, {'content-type': type}), locked, {onUncut: () => undefined})
    ).text();
    const {user, system} = process.cpuUsage(before);
    return user + system;
  };

  for (const [given, page] of Object.entries(pages))
    it(`grows no faster than its length: ${given}`, async () => {
      for (const type of ['text/html', 'application/xhtml+xml']) {
        const [short, long] = [page(16_384), page(131_072)];
        await took(short, type);
        const times = [await took(short, type), await took(short, type), await took(short, type)];
        // Eight times the length: eight times the processor's time, and room for the noise of small numbers.
        const most = Math.max(...times, 20_000) * 24;
        assert.ok((await took(long, type)) < most, `${type}: ${times.join(', ')}`);
      }
    });

  it('is that of one look at each word', () => {
    assert.equal(hasRun('a'.repeat(65_536), 8), false);
    assert.equal(hasRun(`${'a '.repeat(7)}"`.repeat(9000), 8), false);
    assert.equal(hasRun(`${'a '.repeat(7)}a`, 8), true);
  });
});
