/** Removes from a page everything that its reader may not read. */

import {cutAt, type Cut} from './truncate.js';
import {verdictAttributes} from 'reader-support/core';
import {isShut, type GateDecision} from './decision.js';
import {gateHeaders} from './headers.js';
import {removeCopies, type HiddenCopies} from './duplicate-text.js';
import {readable} from './readable.js';
import {openRewriter, type Rewriter} from './rewriter.js';

export interface GateHtmlOptions extends Cut, HiddenCopies {
  /** Called for a page in which nothing was cut: a selector or a template has changed. Default: a console warning. */
  readonly onUncut?: (url: string) => void;
}

/** Returns a response without any of the article, for pages that cannot be cut safely. */
function refusal(status: number, decision: GateDecision): Response {
  return new Response(null, {status, headers: gateHeaders(new Headers(), decision)});
}

/** Elements that HTML reads as text up to their end tag, which XML may omit: `<script src="/a.js"/>`. */
const endedAtOnce =
  /<(script|style|title|textarea|iframe|noscript|noembed|noframes|xmp)(?=[\s/>])((?:"[^"]*"|'[^']*'|[^'">])*)\/>/gi;

/** Converts XHTML to what an HTML parser understands. */
async function asHtml(body: ReadableStream<Uint8Array>): Promise<string> {
  const text = await new Response(body).text();
  return text.replaceAll(endedAtOnce, '<$1$2></$1>');
}

/**
 * Returns the response for this reader, as a stream: whole where the article is open, otherwise cut and
 * with every hidden copy of the text removed. No shared cache may keep either. What cannot be cut
 * (a partial response, an unknown encoding) is refused with 502 rather than sent whole.
 */
export async function gateHtml(
  response: Response,
  decision: GateDecision,
  options: GateHtmlOptions = {},
): Promise<Response> {
  const {status, statusText} = response;
  const {onUncut = warn} = options;
  const headers = gateHeaders(response.headers, decision);
  const type = response.headers.get('content-type') ?? '';
  const isHtml = /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(type);
  const open = () => new Response(response.body, {status, statusText, headers});
  if (!isShut(decision)) return isHtml ? mark(open(), decision) : open();
  if (!response.body) return open();
  const isPart = status === 206 || response.headers.has('content-range');
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
  const rewriter = await openRewriter();
  markElements(rewriter, decision);
  removeCopies(rewriter, options);
  cutAt(rewriter, options, isFound => {
    if (!isFound && status < 300) onUncut(response.url);
  });
  return rewriter.transform(new Response(page, {status, statusText, headers}));
}

const warn = (url: string): void =>
  console.warn(`reader-support: expected something to cut in a gated page but found none: ${url}`);

/** Writes the decision to the page's elements, so that they only have to show it. */
function markElements(rewriter: Rewriter, decision: GateDecision): void {
  const attributes = Object.entries(verdictAttributes(decision));
  rewriter.on('support-paywall, support-meter', {
    element(element) {
      element.setAttribute('server', '');
      for (const [name, value] of attributes) element.setAttribute(name, value);
    },
  });
}

async function mark(response: Response, decision: GateDecision): Promise<Response> {
  if (!response.body || response.headers.has('content-encoding')) return response;
  const rewriter = await openRewriter();
  markElements(rewriter, decision);
  return rewriter.transform(response);
}
