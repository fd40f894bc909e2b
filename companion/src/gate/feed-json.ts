/** Cuts the gated items of a JSON Feed down to what everybody may read. */

import {isAddress, isItemGated} from './feed-item.js';
import type {GateFeedOptions, Preview} from './feed-options.js';
import {isLong} from './is-prose.js';

type Thing = Readonly<Record<string, unknown>>;

const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields that describe the feed itself. */
const ofTheFeed = ['version', 'title', 'home_page_url', 'feed_url', 'description'].concat([
  'icon',
  'favicon',
  'language',
  'authors',
  'author',
  'next_url',
  'expired',
  'hubs',
]);
const ofAnItem = ['id', 'url', 'external_url', 'title', 'date_published', 'date_modified'].concat([
  'authors',
  'author',
  'tags',
  'image',
  'banner_image',
  'language',
]);

const pick = (from: Thing, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    names.flatMap(name => {
      const value = from[name];
      const text = typeof value === 'string' ? value : JSON.stringify(value ?? '');
      return value === undefined || (typeof value === 'string' && isLong(text))
        ? []
        : [[name, value]];
    }),
  );

/** Cuts every gated item of a JSON Feed. Throws a `TypeError` on anything else. */
export async function gateJson(
  text: string,
  preview: Preview,
  options: GateFeedOptions,
): Promise<string> {
  const {description} = options;
  const feed: unknown = JSON.parse(text);
  const isFeed = isThing(feed) && /jsonfeed\.org\/version/.test(String(feed['version']));
  if (!isFeed || !Array.isArray(feed['items'])) throw new TypeError('expected a JSON Feed');
  const items = [];
  for (const item of feed['items'].filter(isThing)) {
    const {url, id, content_html: html, summary} = item;
    const own = typeof url === 'string' && url !== '' ? url : isAddress(id) ? id : undefined;
    if (!isItemGated(own === undefined ? [] : [own], options)) {
      items.push(item);
      continue;
    }
    items.push({
      ...pick(item, ofAnItem),
      content_html: typeof html === 'string' ? await preview(html) : '',
      ...(description !== undefined && {summary: description === 'keep' ? summary : description}),
    });
  }
  return JSON.stringify({...pick(feed, ofTheFeed), items});
}
