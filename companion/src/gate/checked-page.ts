/** Cuts a page as a whole, and looks for what was cut in what is left. */

import {asArticle, pageCutter, withoutAround, type PageCutter, type PageGiven} from './cut-page.js';
import type {CutArticle} from './truncate.js';

/** The most characters of a page that are read: what follows is not sent. */
const mostRead = 16_000_000;

/** The share of an article that is shown where only boxes and lines tell its paragraphs. */
const shareOfBoxes = 0.5;

export interface CheckedPage {
  readonly html: string;
  /** Whether an article or a gated element was in it. If not, all of the page was cut as one. */
  readonly isFound: boolean;
  /** A sentence of the article that was cut and stands in the page nevertheless. */
  readonly leak: string | undefined;
}

/** Reads the text of a page, up to a limit. */
export async function textOf(page: ReadableStream<Uint8Array>): Promise<string> {
  const reader = page.getReader();
  const decoder = new TextDecoder();
  let text = '';
  while (text.length < mostRead) {
    const {done, value} = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, {stream: true});
  }
  reader.cancel().catch(() => undefined);
  return text;
}

/** Returns how much of each article may be shown, where the cut has shown more; otherwise nothing. */
function limitsOf(
  articles: readonly CutArticle[],
  given: PageGiven,
): readonly number[] | undefined {
  const {preview, previewShare} = given.options;
  const limits = articles.map(({shown, taken, hasBlocks}) => {
    const share = previewShare ?? (hasBlocks || preview === 'marker' ? 1 : shareOfBoxes);
    return share >= 1 ? Infinity : Math.floor(share * (shown + taken));
  });
  const isMore = articles.some(({shown}, at) => shown > (limits[at] ?? Infinity));
  return isMore ? limits : undefined;
}

export async function checkedPage(
  text: string,
  cutter: PageCutter,
  given: PageGiven,
): Promise<CheckedPage> {
  const textBy = (by: PageCutter, page: string) => new Response(by.cut(page)).text();
  let last = cutter;
  let html = await textBy(cutter, text);
  const isFound = cutter.isFound() || given.isError;
  const [page, how] = isFound ? [text, given] : asArticle(text, given);
  if (!isFound) {
    last = await pageCutter(how);
    html = await textBy(last, page);
  }
  const limits = limitsOf(last.articles(), how);
  if (limits) {
    last = await pageCutter(how, limits);
    html = await textBy(last, page);
  }
  if (!isFound) html = withoutAround(html);
  return {html, isFound, leak: last.withheld.findIn(html)};
}
