/** Wraps what is printed of experiments in one self-contained page, without requests and for no index. */

import {html, raw} from 'hono/html';
import type {Markup} from './arm-preview.js';
import {pageStyle} from './page-style.js';

/** What a page consists of. */
export interface PageParts {
  readonly title: string;
  /** Rules beside those that all pages share. */
  readonly style?: string;
  readonly main: Markup;
}

/** Returns the source of a page. */
export async function htmlPage({title, style = '', main}: PageParts): Promise<string> {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style>
          ${raw(pageStyle + style)}
        </style>
      </head>
      <body>
        <main>${main}</main>
      </body>
    </html>`;
  return `${String(await page)}\n`;
}
