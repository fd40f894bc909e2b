/** Removes from a feed everything that not everybody may read. */

import {isShut, type GateDecision} from './decision.js';
import {gateJson} from './feed-json.js';
import {gateXml} from './feed-xml.js';
import type {GateFeedOptions, Preview} from './feed-options.js';
import {gateHtml} from './gate-html.js';
import {gateHeaders} from './headers.js';
import {readable} from './readable.js';

/** Returns the first paragraphs of an item's text. */
async function previewOf(text: string, decision: GateDecision, options: GateFeedOptions) {
  // A text without markup has one paragraph on each line.
  const lines = /<\w/.test(text) ? undefined : text.split(/\n+/).filter(line => line.trim());
  const html = lines
    ? lines.length > 1
      ? lines.map(line => `<p>${line.replaceAll('<', '&lt;')}</p>`).join('')
      : ''
    : text;
  const page = new Response(`<article>${html}</article>`, {
    headers: {'content-type': 'text/html; charset=utf-8'},
  });
  const cut = await (
    await gateHtml(page, decision, {...options, root: 'article', wall: ''})
  ).text();
  return cut.replace(/^<article>|<\/article>$/g, '');
}

/**
 * Returns the feed (RSS, Atom or JSON Feed) for this reader: whole where the decision is open; otherwise
 * gated items keep their title, address, date and author, and the preview of their text. Anything that
 * is not a feed is refused with 502 rather than sent whole.
 */
export async function gateFeed(
  response: Response,
  decision: GateDecision,
  options: GateFeedOptions = {},
): Promise<Response> {
  const {status, statusText} = response;
  const headers = gateHeaders(response.headers, decision);
  if (!isShut(decision) || !response.body)
    return new Response(response.body, {status, statusText, headers});
  const refusal = () =>
    status < 300
      ? new Response(null, {status: 502, headers: gateHeaders(new Headers(), decision)})
      : new Response(null, {status, statusText, headers});
  if (status >= 300 || status === 206) {
    response.body.cancel().catch(() => undefined);
    return refusal();
  }
  const preview: Preview = html => previewOf(html, decision, options);
  try {
    const body = await readable(response);
    if (!body) return refusal();
    const text = await new Response(body).text();
    const gated = await (/^\s*\{/.test(text) ? gateJson : gateXml)(text, preview, options);
    const type = (headers.get('content-type') ?? 'application/xml').replace(/;.*$/s, '');
    headers.set('content-type', `${type}; charset=utf-8`);
    return new Response(gated, {status, statusText, headers});
  } catch {
    return refusal();
  }
}
