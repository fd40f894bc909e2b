/** Provides twenty pages in different shapes, each with fifteen gated sentences. */

/** One invented article. */
export interface GatedPage {
  readonly path: string;
  /** Sentences before the cut, which everybody may read. */
  readonly preview: readonly string[];
  /** Sentences that must not leave the server. */
  readonly gated: readonly string[];
  /** How this page is written. */
  readonly shape: string;
  readonly html: string;
  readonly amp: string;
  readonly print: string;
}

const places = ['quay', 'lock', 'chandlery', 'mole', 'slipway', 'net loft', 'signal box'];
const people = ['pilot', 'keeper', 'warden', 'cooper', 'sailmaker', 'purser', 'diver'];
const things = ['ledger', 'lantern', 'tide table', 'manifest', 'sextant', 'bell', 'chart'];

const sentence = (page: number, number: number): string =>
  `On page ${page}, note ${number}: the ${people[number % 7]!} left the ${things[(page + number) % 7]!} at the ${places[(page * 3 + number) % 7]!} & said so, ${page} to ${number}.`;

/** Escapes a text for markup. */
const written = (text: string): string => text.replaceAll('&', '&amp;');

/** The shapes, each a way to write the three preview and fifteen gated sentences. */
const shapes: Readonly<Record<string, (preview: string[], gated: string[]) => string>> = {
  paragraphs: (preview, gated) =>
    `<article>${[...preview, ...gated].map(one => `<p>${one}</p>\n`).join('')}</article>`,
  'paragraphs that nobody closed': (preview, gated) =>
    `<article>${[...preview, ...gated].map(one => `<p>${one}\n`).join('')}</article>`,
  'paragraphs in layers of boxes': (preview, gated) =>
    `<article><div class="a"><div class="b">${preview.map(one => `<p>${one}</p>`).join('')}</div>
     <div class="b">${gated.map(one => `<div><p><span>${one}</span></p></div>`).join('')}</div></div></article>`,
  'lists, quotations, tables and headings': (preview, gated) =>
    `<article>${preview.map(one => `<p>${one}</p>`).join('')}<h2>${gated[0]!}</h2>
     <ul>${gated
       .slice(1, 5)
       .map(one => `<li>${one}`)
       .join('')}</ul>
     <blockquote>${gated
       .slice(5, 8)
       .map(one => `<p>${one}</p>`)
       .join('')}</blockquote>
     <table><tr>${gated
       .slice(8, 12)
       .map(one => `<td>${one}</td>`)
       .join('')}</tr></table>
     <figure><img alt="${gated[12]!}" src="/x.png"><figcaption>${gated[13]!}</figcaption></figure>${gated[14]!}</article>`,
  'a marker': (preview, gated) =>
    `<article><div>${preview.map(one => `${one}<br>`).join('')}<!-- support:gate -->${gated.map(one => `${one}<br>`).join('')}</div></article>`,
  'a gated element': (preview, gated) =>
    `<article>${preview.map(one => `<p>${one}</p>`).join('')}<div data-support-gated class="paywall">${gated.map(one => `<p>${one}</p>`).join('')}</div></article>`,
  'a root that nobody closed': (preview, gated) =>
    `<article><section>${[...preview, ...gated].map(one => `<p>${one}</p>`).join('')}`,
  'what scripts and comments say': (preview, gated) =>
    `<article data-text="${gated.slice(0, 4).join(' ')}">${preview.map(one => `<p>${one}</p>`).join('')}
     <!-- ${gated[4]!} --><template><p>${gated[5]!}</p></template><noscript><p>${gated[6]!}</p></noscript>
     <script type="application/json">${JSON.stringify(gated.slice(7, 10))}</script>
     <iframe srcdoc="${gated[10]!}"></iframe><svg><text>${gated[11]!}</text></svg>
     <p>${gated[12]!}</p><textarea>${gated[13]!}</textarea><details><summary>${gated[14]!}</summary></details></article>`,
  'an article without paragraphs': (preview, gated) =>
    `<article>${preview.join('<br>')}<br>${'It rained on the harbour. '.repeat(150)}<br>${gated.join('<br>')}</article>`,
  'articles in an article': (preview, gated) =>
    `<article>${preview.map(one => `<p>${one}</p>`).join('')}<article class="box"><p>${gated.slice(0, 5).join('</p><p>')}</p></article>
     ${gated
       .slice(5)
       .map(one => `<p>${one}</p>`)
       .join('')}</article>`,
};

function head(title: string, preview: string[], gated: string[]): string {
  const body = [...preview, ...gated].join(' ');
  const ld = {
    '@context': 'https://schema.org',
    '@graph': [
      {
        '@type': 'NewsArticle',
        headline: title,
        description: gated[0],
        articleBody: body,
        isAccessibleForFree: false,
        hasPart: {'@type': 'WebPageElement', cssSelector: '.paywall', isAccessibleForFree: false},
        'schema:text': gated[1],
        review: {'@type': 'Review', reviewBody: gated[2], name: body},
      },
    ],
  };
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="description" content="${gated[0]!}"><meta property="og:title" content="${title}">
<meta property="og:description" content="${gated[1]!}"><meta name="twitter:description" content="${gated[2]!}">
<meta itemprop="articleBody" content="${body}"><meta name="DC.Description.abstract" content="${gated[3]!}">
<script type="application/ld+json">${JSON.stringify(ld)}</script>
<script type="application/ld+json">{"articleBody": "${gated[4]!}", broken</script>
<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({props: {body}})}</script>
<script>self.__next_f.push([1, ${JSON.stringify(body)}])</script><script>var harbour = 1;</script>
</head>`;
}

const names = Object.keys(shapes);

export const gatedPages: readonly GatedPage[] = Array.from({length: 20}, (_, page) => {
  const numbered = (from: number, count: number) =>
    Array.from({length: count}, (_, n) => sentence(page, from + n));
  const preview = numbered(0, 3);
  const gated = numbered(3, 15);
  const shape = names[page % names.length]!;
  const write = shapes[shape]!;
  const title = `Harbour notes ${page}`;
  const [open, shut] = [preview.map(written), gated.map(written)];
  const top = head(title, open, shut);
  const body = `<body data-page='{"props": "${shut.join(' ')}"}'><header><p>The Harbour Post</p></header>`;
  const end = '<footer><p>Printed by the tide.</p></footer></body></html>';
  return {
    path: `/notes/${page}.html`,
    preview,
    gated,
    shape,
    html: `${top}${body}${write(open, shut)}${end}`,
    amp: `${top}<body><article>${open.map(one => `<p>${one}</p>`).join('')}<section subscriptions-section="content">${shut.join(' ')}</section></article><section subscriptions-section="content">${shut[0]!}</section>${end}`,
    print: `${top}<body class="print"><article>${[...open, ...shut].map(one => `<p>${one}</p>`).join('')}</article>${end}`,
  };
});

const cdata = (text: string): string => `<![CDATA[${text}]]>`;
const paragraphs = (texts: readonly string[]): string =>
  texts.map(one => `<p>${written(one)}</p>`).join('');

/** The pages as an RSS feed with all sentences. */
export const rss = `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>The Harbour Post</title>${gatedPages
  .map(
    ({path, preview, gated}) =>
      `<item><title>Harbour notes ${path}</title><link>https://www.example.org${path}</link><description>${written(gated[0]!)}</description><content:encoded>${cdata(paragraphs([...preview, ...gated]))}</content:encoded><media:description>${cdata(gated[1]!)}</media:description></item>`,
  )
  .join('')}</channel></rss>`;

/** The same as Atom. */
export const atom = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Harbour Post</title>${gatedPages
  .map(
    ({path, preview, gated}) =>
      `<entry><title>Harbour notes</title><link href="https://www.example.org${path}"/><summary type="html">${written(gated[2]!)}</summary><content type="html">${written(paragraphs([...preview, ...gated])).replaceAll('<', '&lt;')}</content></entry>`,
  )
  .join('')}</feed>`;

/** The same as JSON Feed. */
export const jsonFeed: string = JSON.stringify({
  version: 'https://jsonfeed.org/version/1.1',
  title: 'The Harbour Post',
  items: gatedPages.map(({path, preview, gated}) => ({
    id: path,
    url: `https://www.example.org${path}`,
    title: 'Harbour notes',
    summary: gated[0],
    content_text: gated.join(' '),
    content_html: paragraphs([...preview, ...gated]),
    _more: {body: gated},
  })),
});

/** Returns the gated sentences that a text contains, however they are encoded. */
export function leaksIn(text: string, pages: readonly GatedPage[] = gatedPages): string[] {
  const plain = text
    .replaceAll('&amp;', '&')
    .replaceAll('&amp;', '&')
    .replaceAll('\\u0026', '&')
    .replace(/<[^>]*>/g, '');
  const whole = text.replaceAll('&amp;', '&').replaceAll('&amp;', '&').replaceAll('\\u0026', '&');
  return pages
    .flatMap(({gated}) => gated)
    .filter(one => {
      // Half a sentence is also a leak.
      const half = one.slice(0, Math.floor(one.length / 2));
      return plain.includes(half) || whole.includes(half) || whole.includes(one.slice(half.length));
    });
}
