/** Cuts a page while it streams. Nothing of it is sent before its article is found. */

import {asArticle, pageCutter, withoutAround, type PageCutter, type PageGiven} from './cut-page.js';
import {holdUntil, keepUntil} from './held-page.js';

/** `uncut` is called for a page without an article, before all of it is cut as one; it may throw. */
export function streamedPage(
  page: ReadableStream<Uint8Array>,
  cutter: PageCutter,
  given: PageGiven,
  uncut: () => void,
): ReadableStream<Uint8Array> {
  const isFound = () => given.isError || cutter.isFound();
  const [kept, source] = keepUntil(page, isFound);
  return holdUntil(cutter.cut(source), isFound, async () => {
    uncut();
    const [whole, how] = asArticle(await kept().text(), given);
    const again = await pageCutter(how);
    return withoutAround(await new Response(again.cut(whole)).text());
  });
}
