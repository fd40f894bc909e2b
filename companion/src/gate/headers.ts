/** Sets headers that keep shared caches from storing a page that not everybody may read. */

import {isForEverybody, isShut, type GateDecision} from './decision.js';

/** The headers that the different kinds of shared caches follow. */
const forbidden: Readonly<Record<string, string>> = {
  'cache-control': 'private, no-store',
  // RFC 9213, and the headers CDNs used before it.
  'cdn-cache-control': 'no-store',
  'cloudflare-cdn-cache-control': 'no-store',
  'surrogate-control': 'no-store',
  'x-accel-expires': '0',
};

/** Headers that identify a copy of the page or offer parts of it. */
const ofTheWhole = ['age', 'etag', 'expires', 'last-modified', 'accept-ranges', 'pragma'];

/** Digests and lengths of the page before it was cut. */
const ofTheBytes = [
  ...['content-length', 'content-md5', 'content-digest', 'digest', 'repr-digest'],
  ...['content-encoding', 'content-range', 'trailer'],
];

/** Returns the headers for a gated page. A page that is the same for everybody keeps its own. */
export function gateHeaders(from: Headers, decision: GateDecision): Headers {
  const headers = new Headers(from);
  if (isShut(decision)) for (const name of ofTheBytes) headers.delete(name);
  if (isForEverybody(decision)) return headers;
  for (const name of ofTheWhole) headers.delete(name);
  for (const [name, value] of Object.entries(forbidden)) headers.set(name, value);
  // A cache that keeps a copy anyway must not serve it to a reader with another pass.
  const vary = new Set(
    (headers.get('vary') ?? '').split(',').map(name => name.trim().toLowerCase()),
  );
  if (!vary.has('*')) headers.append('vary', 'Cookie');
  return headers;
}
