/** Who may keep a copy of a page that not everybody may read? Nobody but the reader's own eyes. */

import {isForEverybody, isShut, type GateDecision} from './decision.js';

/** Headers by which the several kinds of shared caches are told, each in its own words. */
const forbidden: Readonly<Record<string, string>> = {
  'cache-control': 'private, no-store',
  // RFC 9213, and what CDNs understood before it.
  'cdn-cache-control': 'no-store',
  'cloudflare-cdn-cache-control': 'no-store',
  'surrogate-control': 'no-store',
  'x-accel-expires': '0',
};

/** Names by which one copy is told from another, or a part of it is asked for. */
const ofTheWhole = ['age', 'etag', 'expires', 'last-modified', 'accept-ranges', 'pragma'];

/** Digests and lengths of the text as it was before it was cut. */
const ofTheBytes = [
  ...['content-length', 'content-md5', 'content-digest', 'digest', 'repr-digest'],
  ...['content-encoding', 'content-range', 'trailer'],
];

/** The headers for a gated page. A page that is the same for everybody keeps its own. */
export function gateHeaders(from: Headers, decision: GateDecision): Headers {
  const headers = new Headers(from);
  if (isShut(decision)) for (const name of ofTheBytes) headers.delete(name);
  if (isForEverybody(decision)) return headers;
  for (const name of ofTheWhole) headers.delete(name);
  for (const [name, value] of Object.entries(forbidden)) headers.set(name, value);
  // Whoever keeps a copy all the same must not give it to a reader with another pass.
  const vary = new Set(
    (headers.get('vary') ?? '').split(',').map(name => name.trim().toLowerCase()),
  );
  if (!vary.has('*')) headers.append('vary', 'Cookie');
  return headers;
}
