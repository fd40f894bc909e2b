/** How does a page leave the server with nothing in it that its reader may not read? */

import {cutAt, type Cut} from './cut.js';
import {isShut, type GateDecision} from './decision.js';
import {gateHeaders} from './headers.js';
import {removeCopies, type HiddenCopies} from './hidden-copies.js';
import {openRewriter, type Rewriter} from './rewriter.js';

export interface GateHtmlOptions extends Cut, HiddenCopies {
  /** Hears of a page in which nothing was found to cut: a selector or a template has changed. */
  readonly onUncut?: (url: string) => void;
}

/** Encodings in which `<` is not the byte `<`, so that nothing would be found in them. */
const unreadable = /charset\s*=\s*"?(utf-?16|utf-?32|utf-?7|iso-2022|hz-gb)/i;

/** An answer without a byte of the article, for what cannot be cut safely. */
function refusal(status: number, decision: GateDecision): Response {
  return new Response(null, {status, headers: gateHeaders(new Headers(), decision)});
}

/**
 * The response for this reader, as a stream: whole where the article is open, and cut where it is
 * not, with every hidden copy of the text taken out. No shared cache may keep either. What cannot be
 * cut (a part of a page, an unknown encoding) is refused with 502 rather than sent whole.
 */
export async function gateHtml(
  response: Response,
  decision: GateDecision,
  options: GateHtmlOptions = {},
): Promise<Response> {
  const {status, statusText} = response;
  const headers = gateHeaders(response.headers, decision);
  const type = response.headers.get('content-type') ?? '';
  const isHtml = /^\s*(text\/html|application\/xhtml\+xml)\b/i.test(type);
  const open = () => new Response(response.body, {status, statusText, headers});
  if (!isShut(decision)) return isHtml ? mark(open(), decision) : open();
  if (!response.body) return open();
  // Our fetch has unpacked what it fetched; what somebody else has packed cannot be read.
  const packed = (response.headers.get('content-encoding') ?? 'identity') !== 'identity';
  const isUnpacked = response.type !== 'default';
  const isPart = status === 206 || response.headers.has('content-range');
  if (!isHtml || isPart || unreadable.test(type) || (packed && !isUnpacked)) {
    response.body.cancel().catch(() => undefined);
    return refusal(502, decision);
  }
  const rewriter = await openRewriter();
  markElements(rewriter, decision);
  removeCopies(rewriter, options);
  cutAt(rewriter, options, isFound => {
    if (!isFound) options.onUncut?.(response.url);
  });
  return rewriter.transform(open());
}

/** Tells the elements of a page what was decided, so that they only have to show it. */
function markElements(rewriter: Rewriter, decision: GateDecision): void {
  const {access, because, until, left, of, more} = decision;
  const known = {state: access, because, until, left, of, more};
  rewriter.on('support-paywall, support-meter', {
    element(element) {
      element.setAttribute('server', '');
      for (const [name, value] of Object.entries(known)) {
        if (typeof value === 'string' || Number.isFinite(value))
          element.setAttribute(name, String(value));
      }
    },
  });
}

async function mark(response: Response, decision: GateDecision): Promise<Response> {
  if (!response.body || response.headers.has('content-encoding')) return response;
  const rewriter = await openRewriter();
  markElements(rewriter, decision);
  return rewriter.transform(response);
}
