/** Removes from a page everything that its reader may not read. */

import {cutAt, type Cut} from './truncate.js';
import {verdictAttributes} from 'reader-support/core';
import {isShut, type GateDecision} from './decision.js';
import {gateHeaders} from './headers.js';
import {removeCopies, type HiddenCopies} from './duplicate-text.js';
import {heard, holdUntil, keepUntil} from './held-page.js';
import {markTags} from './mark-open.js';
import {openRewriter} from './open-rewriter.js';
import {peek, readable} from './readable.js';
import type {Rewriter} from './rewriter.js';

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
}

/** Returns a response without any of the article, for pages that cannot be cut safely. */
function refusal(status: number, decision: GateDecision): Response {
  return new Response(null, {status, headers: gateHeaders(new Headers(), decision)});
}

/** Elements that HTML reads as text up to their end tag, which XML may omit: `<script src="/a.js"/>`. */
const endedAtOnce =
  /<(script|style|title|textarea|iframe|noscript|noembed|noframes|xmp)(?=[\s/>])((?:"[^"]*"|'[^']*'|[^'"<>])*)\/>/gi;

/** Converts XHTML to what an HTML parser understands. */
async function asHtml(body: ReadableStream<Uint8Array>): Promise<string> {
  const text = await new Response(body).text();
  return text.replaceAll(endedAtOnce, '<$1$2></$1>');
}

/**
 * Returns the response for this reader, as a stream: whole where the article is open, otherwise cut and
 * with every hidden copy of the text removed. No shared cache may keep either. What cannot be cut
 * (a partial response, an unknown encoding) is refused with 502 rather than sent whole. `url` names the
 * page for the log.
 */
export async function gateHtml(
  response: Response,
  decision: GateDecision,
  options: GateHtmlOptions = {},
  url: string = response.url,
): Promise<Response> {
  const {status, statusText} = response;
  const {uncut = 'preview', onBroken = reportBroken} = options;
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
  const page = /xhtml/i.test(type) ? await asHtml(body).catch(() => undefined) : body;
  if (page === undefined) return refusal(502, decision);
  const cut = await cutPage(page, {decision, options, isError: status >= 300, url});
  if (uncut === 'preview')
    return new Response(
      heard(cut, error => onBroken(url, error)),
      {status, statusText, headers},
    );
  try {
    const {whole} = await peek(cut, ({length}) => length > 0);
    return new Response(
      heard(whole, error => onBroken(url, error)),
      {status, statusText, headers},
    );
  } catch (error) {
    if (!(error instanceof UncutError)) onBroken(url, error);
    return refusal(502, decision);
  }
}

/** A page in which nothing was cut, where none may be sent. */
class UncutError extends Error {}

interface PageGiven {
  readonly decision: GateDecision;
  readonly options: GateHtmlOptions;
  /** Whether it is the page of an error, which has no article. */
  readonly isError: boolean;
  readonly url: string;
}

/** Registers everything that is done to a page and returns what becomes of it. */
async function rewritten(
  page: BodyInit,
  {decision, options, isError}: PageGiven,
  cut: Cut,
  onFound: () => void,
): Promise<ReadableStream<Uint8Array>> {
  const rewriter = await openRewriter();
  markElements(rewriter, decision);
  correctCharset(rewriter);
  let isFound = false;
  // Handlers run as they are registered: copies go before the cut looks at what is left.
  removeCopies(rewriter, options, {
    // The page of an error has no article, and so no second one.
    isFound: () => isFound && !isError,
    isInArticle: () => state.isInArticle(),
  });
  const state = cutAt(rewriter, cut, () => {
    isFound = true;
    onFound();
  });
  return rewriter.transform(new Response(page)).body ?? new ReadableStream();
}

/** Returns the cut page. Nothing of it is sent before its article is found. */
async function cutPage(
  page: ReadableStream<Uint8Array> | string,
  given: PageGiven,
): Promise<ReadableStream<Uint8Array>> {
  const {options, isError, url} = given;
  const {root = 'article', uncut = 'preview', onUncut = warn} = options;
  let isFound = isError;
  const [kept, source] = keepUntil(new Response(page).body ?? new ReadableStream(), () => isFound);
  const cut = await rewritten(source, given, options, () => {
    isFound = true;
  });
  return holdUntil(
    cut,
    () => isFound,
    async () => {
      onUncut(url, root);
      if (uncut === 'refuse') throw new UncutError(`nothing matches ${root}`);
      return cutWhole(await new Response(kept()).text(), given);
    },
  );
}

/** An element around a page without a body of its own, so that all of it can be cut. */
const around = 'support-gated-page';

/** Cuts a page as if all of it were the article. */
async function cutWhole(text: string, given: PageGiven): Promise<string> {
  const hasBody = /<body[\s>]/i.test(text);
  const page = hasBody ? text : `<${around}>${text}</${around}>`;
  const cut = {...given.options, root: hasBody ? 'body' : around};
  const body = await rewritten(page, given, cut, () => undefined);
  return (await new Response(body).text()).replace(
    new RegExp(`^<${around}>|</${around}>$`, 'g'),
    '',
  );
}

const warn = (url: string, root: string): void =>
  console.warn(
    `reader-support: expected ${root} or a gated element in a gated page but found neither, so the page is not sent whole: ${url}`,
  );

const reportBroken = (url: string, error: unknown): void =>
  console.error(`reader-support: a gated page broke off: ${url}`, error);

/** Names the encoding in which the page leaves, where it names one. */
function correctCharset(rewriter: Rewriter): void {
  rewriter.on('meta', {
    element(meta) {
      const equivalent = meta.getAttribute('http-equiv')?.trim().toLowerCase();
      const charset = meta.getAttribute('charset');
      if (charset !== null && !/^utf-?8$/i.test(charset.trim()))
        meta.setAttribute('charset', 'utf-8');
      const content = meta.getAttribute('content') ?? '';
      if (equivalent === 'content-type' && !/charset=utf-?8/i.test(content))
        meta.setAttribute('content', 'text/html; charset=utf-8');
    },
  });
}

/** The attributes by which elements show what the server decided. */
const marksOf = (decision: GateDecision): Record<string, string> => ({
  server: '',
  ...verdictAttributes(decision),
});

/** Writes the decision to the page's elements, so that they only have to show it. */
function markElements(rewriter: Rewriter, decision: GateDecision): void {
  const marks = Object.entries(marksOf(decision));
  rewriter.on('support-paywall, support-meter', {
    element(element) {
      for (const [name, value] of marks) element.setAttribute(name, value);
    },
  });
}
