/** Writes what the head of an article's page says about its story, from the few facts the page gives. */

import {html, raw} from 'hono/html';

/** The facts of a story, as JSON in the page's `<!-- story: {…} -->`. */
interface Story {
  readonly headline: string;
  readonly description: string;
  readonly author: string;
  /** ISO 8601. */
  readonly published: string;
  readonly section: string;
  readonly tags: readonly string[];
  /** The picture's path. */
  readonly image: string;
  /** Default: English. */
  readonly language?: string;
  /** The paper's name in that language. */
  readonly paper?: string;
}

/** JSON that no text in it can end the script element of. */
const jsonLd = (value: unknown) => raw(JSON.stringify(value, null, 2).replaceAll('<', '\\u003c'));

async function headOf(story: Story): Promise<string> {
  const {headline, description, author, published, section, tags, image} = story;
  const {language = 'en', paper = 'The Harbour Post'} = story;
  const data = {
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    headline,
    datePublished: published,
    articleSection: section,
    image,
    inLanguage: language,
    author: {'@type': 'Person', name: author},
    publisher: {'@type': 'NewsMediaOrganization', name: paper},
    isAccessibleForFree: true,
  };
  const head = await html`<title>${headline} | ${paper}</title>
    <meta name="description" content="${description}" />
    <meta name="author" content="${author}" />
    <meta property="og:type" content="article" />
    <meta property="og:title" content="${headline}" />
    <meta property="article:published_time" content="${published}" />
    <meta property="article:section" content="${section}" />
    ${tags.map(tag => html`<meta property="article:tag" content="${tag}" />`)}
    <script type="application/ld+json">
      ${jsonLd(data)}
    </script>`;
  return String(head);
}

/** Puts the head of its story in the place of a page's `<!-- story: {…} -->`; leaves other pages as they are. */
export async function withArticleHead(page: string): Promise<string> {
  const mark = /<!-- story: (\{[^]*?\}) -->/.exec(page);
  if (!mark?.[1]) return page;
  const head = await headOf(JSON.parse(mark[1]) as Story);
  return page.replace(mark[0], () => head);
}
