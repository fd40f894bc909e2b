/** Maps paths to the demo's files and their media types. */

import {readFile} from 'node:fs/promises';
import {extname, join} from 'node:path';
import {withArticleHead} from './article-head.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** A file to serve. */
export interface Served {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly type: string;
}

/** Reads a file below a folder; `undefined` when it does not exist or lies outside. */
export async function fileIn(folder: string, name: string): Promise<Served | undefined> {
  const type = types[extname(name)];
  if (!type || !/^[\w-][\w./-]*$/.test(name) || name.includes('..')) return undefined;
  try {
    return {body: new Uint8Array(await readFile(join(folder, name))), type};
  } catch {
    return undefined;
  }
}

/**
 * Reads a page and puts the parts that every page shares in the place of `<!-- part: name -->`, and an
 * article's head in the place of `<!-- story: {…} -->`.
 */
export async function pageIn(
  folder: string,
  name: string,
  parts: string,
): Promise<string | undefined> {
  const page = await fileIn(folder, name);
  if (!page) return undefined;
  let text = new TextDecoder().decode(page.body);
  for (const [mark, part] of text.matchAll(/<!-- part: ([\w-]+) -->/g)) {
    const file = await fileIn(parts, `${part ?? ''}.html`);
    text = text.replace(mark, () => (file ? new TextDecoder().decode(file.body).trimEnd() : ''));
  }
  return withArticleHead(text);
}
