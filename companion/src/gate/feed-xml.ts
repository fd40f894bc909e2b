/** Cuts the gated items of an RSS or Atom feed down to what everybody may read. */

import {isAddress, isItemGated} from './feed-item.js';
import type {GateFeedOptions, Preview} from './feed-options.js';
import {isLong, isProse} from './is-prose.js';

/** Elements that are kept, under any prefix. All others are removed: new vocabularies bring new ways to quote. */
const ofTheFeed = new Set(
  [
    'title',
    'link',
    'id',
    'guid',
    'pubdate',
    'published',
    'updated',
    'author',
    'name',
    'uri',
  ].concat(
    ['email', 'category', 'creator', 'date', 'enclosure', 'comments', 'language', 'generator'],
    ['lastbuilddate', 'ttl', 'url', 'width', 'height', 'image', 'logo', 'icon', 'docs', 'cloud'],
    ['copyright', 'rights', 'managingeditor', 'webmaster', 'skipdays', 'skiphours', 'hour'],
    ['updateperiod', 'updatefrequency', 'contributor', 'items', 'seq', 'li', 'publisher'],
  ),
);
const roots = new Set(['rss', 'feed', 'rdf', 'entry', 'channel']);
const itemNames = new Set(['item', 'entry']);
const bodies = new Set(['encoded', 'content']);
const descriptions = new Set(['description', 'summary', 'subtitle']);

/** The part of an XML document that is used. */
interface XmlNode {
  readonly nodeType: number;
  remove(): void;
}

interface XmlElement extends XmlNode {
  readonly tagName: string;
  readonly children: Iterable<XmlElement>;
  readonly childNodes: Iterable<XmlNode>;
  readonly attributes: Iterable<{readonly name: string; readonly value: string}>;
  textContent: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  toString(): string;
}

interface XmlDocument {
  readonly documentElement: XmlElement | null;
  readonly childNodes: Iterable<XmlNode>;
}

const elementNode = 1;
const commentNode = 8;

const nameOf = ({tagName}: XmlElement): string => tagName.replace(/^.*:/, '').toLowerCase();

/** Removes comments, processing instructions and attributes that may quote the text. */
function tidy(element: XmlElement): void {
  for (const {name, value} of [...element.attributes]) {
    if (!name.startsWith('xmlns') && isProse(value)) element.removeAttribute(name);
  }
  for (const node of [...element.childNodes]) {
    if (node.nodeType === elementNode) tidy(node as XmlElement);
    else if (node.nodeType === commentNode) node.remove();
  }
}

/** Removes everything from an element that is not known to be safe for everybody. */
function prune(element: XmlElement): void {
  for (const child of [...element.children]) {
    if (!ofTheFeed.has(nameOf(child))) child.remove();
    else prune(child);
  }
  if ([...element.children].length === 0 && isLong(element.textContent)) element.remove();
}

/** Returns the HTML of an item, given as text or as elements (Atom's `type="xhtml"`). */
function htmlOf(part: XmlElement): string {
  const {innerHTML} = part as XmlElement & {innerHTML: string};
  return [...part.children].length > 0 ? innerHTML : part.textContent;
}

/** Returns the addresses of an item's article: its links to the article itself, or its id. */
function addressesOf(item: XmlElement): string[] {
  const all = [...item.children].map(part => ({
    name: nameOf(part),
    rel: part.getAttribute('rel') ?? 'alternate',
    address: part.getAttribute('href') ?? part.textContent.trim(),
  }));
  const links = all.filter(
    ({name, rel}) => (name === 'link' && rel === 'alternate') || name === 'origlink',
  );
  const ids = [
    ...all.filter(({name}) => name === 'guid' || name === 'id').map(({address}) => address),
    item.getAttribute('rdf:about') ?? '',
  ];
  const addresses = links.map(({address}) => address).filter(Boolean);
  return addresses.length > 0 ? addresses : ids.filter(isAddress);
}

async function gateItem(
  item: XmlElement,
  preview: Preview,
  options: GateFeedOptions,
): Promise<void> {
  const {description} = options;
  const parts = [...item.children];
  if (!isItemGated(addressesOf(item), options)) return;
  for (const part of parts) {
    const name = nameOf(part);
    if (bodies.has(name)) {
      part.textContent = await preview(htmlOf(part));
      if (name === 'content') part.setAttribute('type', 'html');
    } else if (descriptions.has(name) && description === 'keep') continue;
    else if (descriptions.has(name) && description !== undefined) part.textContent = description;
    else if (!ofTheFeed.has(name)) part.remove();
    else prune(part);
  }
  tidy(item);
}

/** Cuts every gated item of a feed. Throws a `TypeError` on anything that is not a feed. */
export async function gateXml(
  text: string,
  preview: Preview,
  options: GateFeedOptions,
): Promise<string> {
  const {DOMParser} = await import('linkedom');
  const feed = new DOMParser().parseFromString(text, 'text/xml') as unknown as XmlDocument;
  const root = feed.documentElement;
  if (!root || !roots.has(nameOf(root))) throw new TypeError('expected a feed');
  for (const node of [...feed.childNodes]) if (node.nodeType === commentNode) node.remove();

  const walk = async (element: XmlElement): Promise<void> => {
    for (const {name, value} of [...element.attributes])
      if (!name.startsWith('xmlns') && isProse(value)) element.removeAttribute(name);
    for (const node of [...element.childNodes]) {
      const child = node as XmlElement;
      if (node.nodeType === commentNode) node.remove();
      if (node.nodeType !== elementNode) continue;
      if (itemNames.has(nameOf(child))) await gateItem(child, preview, options);
      else if (nameOf(child) === 'channel') await walk(child);
      // The feed's own description does not quote an article.
      else if (descriptions.has(nameOf(child)) && !isLong(child.textContent)) tidy(child);
      else if (!ofTheFeed.has(nameOf(child))) child.remove();
      else {
        prune(child);
        tidy(child);
      }
    }
  };
  if (itemNames.has(nameOf(root))) await gateItem(root, preview, options);
  else await walk(root);
  return `<?xml version="1.0" encoding="utf-8"?>${root.toString()}`;
}
