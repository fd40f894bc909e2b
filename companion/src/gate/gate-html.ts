/** Removes from a page everything that its reader may not read. */

import {checkedPage, textOf} from './checked-page.js';
import {marksOf, pageCutter, type PageCutter, type PageGiven} from './cut-page.js';
import {isShut, type GateDecision} from './decision.js';
import type {HiddenCopies} from './duplicate-text.js';
import {gateHeaders} from './headers.js';
import {heard} from './held-page.js';
import {markTags} from './mark-open.js';
import {peek, readable} from './readable.js';
import {streamedPage} from './streamed-page.js';
import type {Cut} from './truncate.js';

export interface GateHtmlOptions extends Cut, HiddenCopies {
  /**
   * What a reader gets of a page in which neither `root` nor a gated element is found, because a selector or
   * a template has changed. `preview`: the page is cut as if all of it were the article. `refuse`: nothing,
   * with 502; the response then waits for the article. Default: `preview`.
   */
  readonly uncut?: 'preview' | 'refuse';
  /** Called for such a page, with its address and `root`. Default: a console warning. */
  readonly onUncut?: (url: string, root: string) => void;
  /** Called when a page breaks off, with its address and why. Default: a console error. */
  readonly onBroken?: (url: string, error: unknown) => void;
  /**
   * Called for a cut page in which a sentence from behind the cut was found, with its address and the
   * sentence in small letters. The page was refused with 502. Default: a console error.
   */
  readonly onLeak?: (url: string, sentence: string) => void;
  /**
   * Whether a cut page is sent while its origin writes it. It is then not searched for sentences from behind
   * the cut. Default: false.
   */
  readonly stream?: boolean;
}

/** Returns a response without any of the article, for pages that cannot be cut safely. */
function refusal(status: number, decision: GateDecision): Response {
  return new Response(null, {status, headers: gateHeaders(new Headers(), decision)});
}

/** Elements that HTML reads as text up to their end tag, which XML may omit: `<script src="/a.js"/>`. */
const endedAtOnce =
  /<(script|style|title|textarea|iframe|noscript|noembed|noframes|xmp)(?=[\s/>])((?:"[^"]*"|'[^']*'|[^'"<>])*)\/>/gi;

/** Converts XHTML to what an HTML parser understands. */
async function asHtml(body: ReadableStream<Uint8Array>): Promise<ReadableStream<Uint8Array>> {
  const text = (await textOf(body)).replaceAll(endedAtOnce, '<$1$2></$1>');
  return new Response(text).body ?? new ReadableStream();
}

/**
 * Returns the response for this reader: a stream of the whole where the article is open, otherwise cut and
 * with every hidden copy of the text removed. No shared cache may keep either. What cannot be cut
 * (a partial response, an unknown encoding), and what still holds a sentence that was cut, is refused with
 * 502 rather than sent. `url` names the page for the log.
 */
export async function gateHtml(
  response: Response,
  decision: GateDecision,
  options: GateHtmlOptions = {},
  url: string = response.url,
): Promise<Response> {
  const {status, statusText} = response;
  const {onBroken = reportBroken} = options;
  const headers = gateHeaders(response.headers, decision);
  const type = response.headers.get('content-type') ?? '';
  const isHtml = /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(type);
  const isPart = status === 206 || response.headers.has('content-range');
  if (!isShut(decision) || !response.body) {
    const isMarked = isHtml && !isPart && !response.headers.has('content-encoding');
    if (isMarked) headers.delete('content-length');
    const body = isMarked ? response.body?.pipeThrough(markTags(marksOf(decision))) : response.body;
    return new Response(body ?? null, {status, statusText, headers});
  }
  const body = isHtml && !isPart ? await readable(response) : undefined;
  if (!body) {
    if (!response.bodyUsed) response.body.cancel().catch(() => undefined);
    // Redirects and empty responses are sent without a body.
    return status < 300
      ? refusal(502, decision)
      : new Response(null, {status, statusText, headers});
  }
  headers.set('content-type', type.replace(/;.*$/s, '') + '; charset=utf-8');
  const given = {decision, options, isError: status >= 300};
  const init = {status, statusText, headers};
  const cutter = await pageCutter(given);
  try {
    const page = /xhtml/i.test(type) ? await asHtml(body) : body;
    if (!options.stream)
      return new Response(await checked(page, cutter, {...given, options}, url), init);
    const cut = streamedPage(page, cutter, given, () => meetUncut(options, url));
    // Whether nothing may be sent is known with the first bytes.
    const sent =
      options.uncut === 'refuse' ? (await peek(cut, ({length}) => length > 0)).whole : cut;
    return new Response(
      heard(sent, error => onBroken(url, error)),
      init,
    );
  } catch (error) {
    if (!(error instanceof RefusedError)) onBroken(url, error);
    if (error instanceof RefusedError || options.uncut === 'refuse') return refusal(502, decision);
    // What its origin breaks off breaks off here, and does not look complete.
    return new Response(brokenOff(error), init);
  }
}

const brokenOff = (error: unknown): ReadableStream<Uint8Array> =>
  new ReadableStream({start: controller => controller.error(error)});

/** A page of which nothing may be sent, and of which the log has heard. */
class RefusedError extends Error {}

/** Tells of a page without an article, and throws where none may be sent. */
function meetUncut({root = 'article', uncut, onUncut = warn}: GateHtmlOptions, url: string): void {
  onUncut(url, root);
  if (uncut === 'refuse') throw new RefusedError(`nothing matches ${root}`);
}

/** Returns the cut page, of which nothing that was cut is left. */
async function checked(
  page: ReadableStream<Uint8Array>,
  cutter: PageCutter,
  given: PageGiven & {readonly options: GateHtmlOptions},
  url: string,
): Promise<string> {
  const {options} = given;
  const {onLeak = reportLeak} = options;
  const {html, isFound, leak} = await checkedPage(await textOf(page), cutter, given);
  if (!isFound) meetUncut(options, url);
  if (leak === undefined) return html;
  onLeak(url, leak);
  throw new RefusedError(`a sentence of the article is left: ${leak}`);
}

const warn = (url: string, root: string): void =>
  console.warn(
    `reader-support: expected ${root} or a gated element in a gated page but found neither, so the page is not sent whole: ${url}`,
  );

const reportLeak = (url: string, sentence: string): void =>
  console.error(
    `reader-support: a gated page was refused because a sentence from behind its cut is left in it: ${url}: "${sentence}". Take the copy out with \`drop\` or \`copies\`, or give an element that may repeat it data-support-keep.`,
  );

const reportBroken = (url: string, error: unknown): void =>
  console.error(`reader-support: a gated page broke off: ${url}`, error);
