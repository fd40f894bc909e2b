/** How does a feed leave the server with nothing in it that everybody may not read? */

import {isShut, type GateDecision} from './decision.js';
import {gateHtml, type GateHtmlOptions} from './gate-html.js';
import {gateHeaders} from './headers.js';

export interface GateFeedOptions extends GateHtmlOptions {
  /** Whether the article at an address is gated. Default: every one is. */
  readonly isGated?: (link: string) => boolean;
}

/** What of an item may be read by everybody. All else goes: new vocabularies bring new ways to quote. */
const open = new Set(
  ['title', 'link', 'guid', 'id', 'pubDate', 'published', 'updated', 'author', 'category'].concat([
    'dc:creator',
    'dc:date',
    'enclosure',
    'comments',
    'source',
    'slash:comments',
  ]),
);
const body = new Set(['content:encoded', 'content']);
const descriptions = new Set(['description', 'summary']);

/** The first paragraphs of an item's text. */
async function previewOf(html: string, decision: GateDecision, options: GateFeedOptions) {
  const page = new Response(`<article>${html}</article>`, {headers: {'content-type': 'text/html'}});
  const cut = await (
    await gateHtml(page, decision, {...options, root: 'article', wall: ''})
  ).text();
  return cut.replace(/^<article>|<\/article>$/g, '');
}

type Gate = (html: string) => Promise<string>;

/** What we use of an XML document. */
interface Feed {
  querySelectorAll(selectors: string): Iterable<{readonly children: Iterable<FeedPart>}>;
  toString(): string;
}

interface FeedPart {
  readonly tagName: string;
  textContent: string;
  getAttribute(name: string): string | null;
  remove(): void;
}

async function gateXml(text: string, preview: Gate, options: GateFeedOptions): Promise<string> {
  const {description, isGated = () => true} = options;
  const {DOMParser} = await import('linkedom');
  const feed = new DOMParser().parseFromString(text, 'text/xml') as unknown as Feed;
  for (const item of feed.querySelectorAll('item, entry')) {
    const parts = Array.from(item.children);
    const link = parts.find(({tagName}) => tagName === 'link');
    if (!isGated(link?.getAttribute('href') ?? link?.textContent.trim() ?? '')) continue;
    for (const part of parts) {
      const {tagName} = part;
      if (body.has(tagName)) part.textContent = await preview(part.textContent);
      else if (descriptions.has(tagName) && description === 'keep') continue;
      else if (descriptions.has(tagName) && description !== undefined)
        part.textContent = description;
      else if (!open.has(tagName)) part.remove();
    }
  }
  return feed.toString();
}

async function gateJson(text: string, preview: Gate, options: GateFeedOptions): Promise<string> {
  const {description, isGated = () => true} = options;
  const feed = JSON.parse(text) as {items?: Record<string, unknown>[]};
  const items = [];
  for (const item of feed.items ?? []) {
    const {url, id, title, date_published, date_modified, authors, tags, image} = item;
    const {content_html, summary} = item;
    if (!isGated(String(url ?? id))) {
      items.push(item);
      continue;
    }
    items.push({
      ...{id, url, title, date_published, date_modified, authors, tags, image},
      content_html: typeof content_html === 'string' ? await preview(content_html) : '',
      ...(description === undefined
        ? {}
        : {summary: description === 'keep' ? summary : description}),
    });
  }
  return JSON.stringify({...feed, items});
}

/**
 * The feed (RSS, Atom or JSON Feed) for this reader: whole where the decision is open; otherwise the
 * gated items keep their title, address, date and author, and the preview of their text. What is no
 * feed is refused with 502 rather than sent whole.
 */
export async function gateFeed(
  response: Response,
  decision: GateDecision,
  options: GateFeedOptions = {},
): Promise<Response> {
  const {status, statusText} = response;
  const headers = gateHeaders(response.headers, decision);
  if (!isShut(decision) || !response.body)
    return new Response(response.body, {status, statusText, headers});
  const preview: Gate = html => previewOf(html, decision, options);
  const text = await response.text();
  const isJson = /^\s*\{/.test(text);
  try {
    const gated = await (isJson ? gateJson : gateXml)(text, preview, options);
    return new Response(gated, {status, statusText, headers});
  } catch {
    return new Response(null, {status: 502, headers: gateHeaders(new Headers(), decision)});
  }
}
