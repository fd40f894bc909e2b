/** Lets shared caches keep the cut page of a reader of whom nothing is known, which is the same for all of them. */

import type {GateDecision} from './decision.js';

/** Which cut pages a shared cache may keep. */
export interface SharedPreview {
  /** For how long, in seconds. Browsers ask again each time. */
  readonly seconds: number;
  /**
   * The cookies by which the site's own providers and `registered` know a reader, such as `session`. Those
   * of the kit are always among them. Others do not matter then. Default: every cookie may be one.
   */
  readonly cookies?: readonly string[];
  /**
   * Request headers in which the site's own cache tells readers apart who are known by their network: needed
   * with `institutions` and `crawlers`. Each is added to `Vary`.
   */
  readonly vary?: readonly string[];
}

const ownCookies = ['support-meter', 'support-pass'];

/** Throws where caches would give a preview to readers who may read everything. */
export function checkSharedPreview(
  {seconds, vary = []}: SharedPreview,
  isByAddress: boolean,
): void {
  if (!Number.isInteger(seconds) || seconds < 1)
    throw new TypeError(
      `sharedPreview.seconds: expected a whole number from 1 on but received ${seconds}`,
    );
  if (isByAddress && vary.length === 0)
    throw new TypeError(
      'sharedPreview.vary: expected a header in which your cache names the reader’s network, because `institutions` and `crawlers` are known by their address: a cache would give them the preview',
    );
}

/** Whether nothing in a request tells who the reader is. */
function isUnknown({headers}: Request, cookies: readonly string[] | undefined): boolean {
  if (headers.has('authorization')) return false;
  const cookie = headers.get('cookie') ?? '';
  if (!cookies) return !cookie;
  const names = cookie.split(';').map(one => one.replace(/=.*/s, '').trim());
  return !names.some(name => [...ownCookies, ...cookies].includes(name.replace(/^__Host-/, '')));
}

/** Whether the origin keeps a page to one reader. */
const isPersonal = (page: Headers): boolean =>
  page.has('set-cookie') ||
  /private|no-store/i.test(page.get('cache-control') ?? '') ||
  (page.get('vary') ?? '').includes('*');

/** Changes the headers of a cut page so that shared caches may keep it, where they may. */
export function sharePreview(
  gated: Response,
  shared: SharedPreview,
  given: {
    readonly request: Request;
    readonly decision: GateDecision;
    /** What the origin said. */
    readonly page: Headers;
  },
): void {
  const {seconds, cookies, vary = []} = shared;
  const {request, decision, page} = given;
  if (decision.access !== 'locked' || gated.status !== 200 || isPersonal(page)) return;
  if (!isUnknown(request, cookies)) return;
  const {headers} = gated;
  headers.set('cache-control', `public, max-age=0, s-maxage=${seconds}`);
  for (const name of ['cdn-cache-control', 'cloudflare-cdn-cache-control', 'surrogate-control'])
    headers.set(name, `max-age=${seconds}`);
  headers.set('x-accel-expires', String(seconds));
  for (const name of ['Authorization', ...vary]) headers.append('vary', name);
}
