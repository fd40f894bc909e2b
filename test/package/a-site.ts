/** The built files of the script tag on a site of a test's own, and what shows that an appeal has come of them. */

import assert from 'node:assert/strict';
import type {Page} from 'puppeteer-core';
import type {Answer} from './a-page.js';
import {filesIn, textOf} from './run.js';
import {waitLimit} from '../time-limit.js';

interface Integrity {
  version: string;
  base: string;
  files: Record<string, {integrity: string; bytes: number}>;
  preload: string[];
  importmap: {integrity: Record<string, string>};
  tag: string;
  csp: Record<string, string>;
}

export const integrity: Integrity = JSON.parse(textOf('dist/integrity.json')) as Integrity;
export const names: readonly string[] = filesIn('dist')
  .filter(path => /^dist\/[^/]+\.js$/.test(path))
  .map(path => path.slice('dist/'.length));
/** The interface's file. */
export const chunk: string = integrity.preload[0]!;

export const article = 'The ferry ran again on Tuesday.';
export const appeal = `<support-appeal campaign="winter" currency="USD" checkout="/checkout"><p>Our words.</p></support-appeal>`;

interface PageParts {
  readonly head?: string;
  readonly body?: string;
  readonly tag?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A site with an article, the appeal and the built files; `parts` and `changed` replace what they name. */
export function aSite(
  parts: PageParts = {},
  changed: Record<string, Answer> = {},
): Record<string, Answer> {
  const {head = '', body = '', tag = integrity.tag, headers = {}} = parts;
  const files = names.map((name): [string, Answer] => [
    integrity.base + name,
    {type: 'javascript', body: textOf(`dist/${name}`)},
  ]);
  return {
    '/': {
      body: `<!doctype html><html lang="en"><head><title>Ferry</title>${head}${tag}</head><body>${body}<p id="article">${article}</p>${appeal}</body></html>`,
      headers,
    },
    ...Object.fromEntries(files),
    ...changed,
  };
}

export const isShown = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const element = document.querySelector('support-appeal');
    return (
      (element?.shadowRoot?.querySelector('support-ask')?.shadowRoot?.childElementCount ?? 0) > 0
    );
  });

export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + waitLimit;
  while (!(await isSo())) {
    assert.ok(Date.now() < end, `${what} within ${waitLimit} ms`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}

export const whenShown = (page: Page): Promise<void> => until(() => isShown(page), 'no appeal');

export const whenRefused = (errors: readonly string[], reason: RegExp): Promise<void> =>
  until(() => errors.some(error => reason.test(error)), `no error like ${reason}`);

export const withNonce: string = integrity.tag.replace('<script', '<script nonce="NONCE"');

/** A second in which nothing more may happen: no event tells that, so this wait is a fixed one. */
export const settle = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 1000));

export async function assertArticleAlone(page: Page): Promise<void> {
  assert.equal(await isShown(page), false);
  assert.equal(await page.$eval('#article', element => element.textContent), article);
  assert.equal(await page.$eval('#article', element => element.checkVisibility()), true);
}
