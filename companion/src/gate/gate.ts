/** Decides whether a request may have the whole article, and how it is counted. */

import {
  articleAddressOf,
  articleKeyOf,
  countArticle,
  countedKeyOf,
  judgeAccess,
  type Leniency,
  type Meter,
  type NeverCounts,
  refuseOldWords,
  renamedInGate,
} from 'reader-support/core';
import {callerAddress, type Connection} from '../http/address.js';
import {askProviders, type EntitlementProvider} from './access-decision.js';
import {crawlerCheck, type CrawlerRules} from './crawler.js';
import type {GateDecision} from './decision.js';
import type {GateFeedOptions} from './feed-options.js';
import {gateFeed} from './gate-feed.js';
import {gateHtml} from './gate-html.js';
import {checkSecrets, readMeter, signMeter, type GateSecrets} from './meter-token.js';
import {isInNetwork, parseNetwork} from './networks.js';
import {checkSharedPreview, sharePreview, type SharedPreview} from './shared-preview.js';
import {linkKey, readLink} from './share-link.js';
import {meterCookie, readCookie} from './meter-cookie.js';
import {spellingsOf} from './url-variants.js';

/** What the site says about an article before its page is rendered. */
export interface GatedArticle {
  /**
   * The same path or name for every variant of an article (AMP, print, its second page), so that it counts
   * once: what the page says in `<meta name="support:article">` or as its canonical address. Default: the
   * address of the request without tracking parameters.
   */
  readonly path?: string;
  readonly section?: string;
  /** Why the article never counts; absent where it does. */
  readonly free?: NeverCounts;
}

/** An institution whose readers are recognized by their network. */
export interface Institution {
  readonly name: string;
  /** Its networks, such as `192.0.2.0/24` or `2001:db8::/32`. */
  readonly networks: readonly string[];
}

export interface GateOptions extends GateFeedOptions {
  /**
   * Returns the article of a request; `undefined` for everything that is not gated. A feed counts as an
   * article. Where it returns `undefined`, it is also called with variants of the same address
   * (`/members/` for `/%6dembers/`), because the server behind may accept those.
   */
  readonly article: (
    request: Request,
  ) => GatedArticle | undefined | Promise<GatedArticle | undefined>;
  /** How many articles are free. `{free: 0}`: members only. */
  readonly meter: Meter;
  /** Keys for meter tokens and links, at least 32 bytes each, newest first. */
  readonly secrets: readonly string[];
  /** Providers that know the site's members, in order of priority. */
  readonly providers?: readonly EntitlementProvider[];
  /** Whether the reader has registered. The gate waits for it as long as for the providers. */
  readonly registered?: (request: Request) => boolean | Promise<boolean>;
  readonly institutions?: readonly Institution[];
  /** Search engines that may read everything. Default: none. */
  readonly crawlers?: CrawlerRules;
  /** Minutes that the site's clock is ahead of UTC, for the days of the meter. Default: 0. */
  readonly utcOffsetMinutes?: number | ((now: number) => number);
  /** How long to wait for providers, in ms (default: 1500), and the days of grace. */
  readonly leniency?: Leniency;
  /** How many of the site's own proxies stand in front and write `X-Forwarded-For`. Default: 0. */
  readonly trustedHops?: number;
  /**
   * Lets shared caches keep the cut page of readers of whom nothing is known, for sites whose meter is
   * `{free: 0}`. Default: no cache may.
   */
  readonly sharedPreview?: SharedPreview;
  /** The clock, in epoch ms. */
  readonly now?: () => number;
}

/** The decision for one request. */
export interface AccessDecision {
  readonly decision: GateDecision;
  /** The cookie that records this article as read, where it counts. */
  readonly cookie?: string;
}

export interface Gate {
  /** Decides what a request may have; `undefined` where nothing is gated. */
  decide(request: Request, connection?: Connection): Promise<AccessDecision | undefined>;
  /** Returns the response of `next`, cut as the admission requires. */
  pass(request: Request, next: Next, admission: AccessDecision): Promise<Response>;
  /** Does both: `gate.fetch(request, fetch)` in a worker. */
  fetch(request: Request, next: Next, connection?: Connection): Promise<Response>;
}

/** Produces the page: an app, an origin, a file. */
export type Next = (request: Request) => Response | Promise<Response>;

/** Request headers that ask for a part of a page, a cached copy or an encoding that cannot be read. */
export const refusedHeaders: readonly string[] = [
  ...['range', 'if-range', 'if-none-match', 'if-modified-since', 'if-match'],
  ...['if-unmodified-since', 'accept-encoding'],
];

/** Whether the method reads a page. */
const isAsked = ({method}: Request): boolean => method === 'GET' || method === 'HEAD';

const isFeed = (type: string): boolean => /[/+](xml|json)\b/i.test(type) && !/xhtml/i.test(type);

/** Creates a gate. Throws a `TypeError` on a set-up that would protect nothing. */
export function createGate(options: GateOptions): Gate {
  refuseOldWords('createGate', options, renamedInGate);
  const {article, meter, secrets, providers = [], leniency = {}, utcOffsetMinutes = 0} = options;
  const {registered = () => false, trustedHops = 0, now: clock = Date.now} = options;
  checkSecrets(secrets);
  const keys = secrets as GateSecrets;
  const isCrawler = options.crawlers && crawlerCheck(options.crawlers);
  const institutions = (options.institutions ?? []).map(({name, networks}) => ({
    name,
    networks: networks.map(parseNetwork),
  }));

  if (options.sharedPreview)
    checkSharedPreview(options.sharedPreview, institutions.length > 0 || !!isCrawler);

  /** Whether the reader has registered; an error or a timeout counts as no. */
  const isRegistered = async (request: Request, timeoutMs: number): Promise<boolean> => {
    let timer: unknown;
    const timeout = new Promise<boolean>(resolve => {
      timer = setTimeout(resolve, timeoutMs, false);
    });
    try {
      return await Promise.race([registered(request), timeout]);
    } catch {
      return false;
    } finally {
      clearTimeout(timer as number);
    }
  };

  /** Returns the providers that answer by the caller's address. */
  const byAddress = (address: string | undefined): EntitlementProvider[] => [
    ...institutions.map(({name, networks}) => ({
      id: name,
      ask: () => networks.some(network => isInNetwork(address, network)),
    })),
    ...(isCrawler ? [{id: 'crawler', ask: () => isCrawler(address, clock())}] : []),
  ];

  /** Finds the article under any spelling of its address that the site knows. */
  async function find(request: Request) {
    for (const address of spellingsOf(request.url)) {
      const {headers} = request;
      const isItself = address === request.url && isAsked(request);
      const match = await article(isItself ? request : new Request(address, {headers}));
      if (match) return {found: match, url: new URL(address)};
    }
    return undefined;
  }

  /** Reads the link in an address: it names the article by its meter path, or by the copied address. */
  async function linkOf(url: URL, path: string | undefined, now: number) {
    const names = [linkKey(url), ...(path === undefined ? [] : [articleKeyOf(path)])];
    for (const name of names) {
      const kind = await readLink(url, name, now, keys);
      if (kind) return kind;
    }
    // A path that the site has signed opens with any parameters. A gift opens a single article.
    const kind = await readLink(url, articleKeyOf(url.pathname), now, keys);
    return kind === 'gift' ? undefined : kind;
  }

  async function decide(request: Request, connection: Connection = {}) {
    const result = await find(request);
    if (!result) return undefined;
    const {found, url} = result;
    const now = clock();
    const articles = await readMeter(readCookie(request), now, keys);
    const key = countedKeyOf(found.path ?? articleAddressOf(url), articles);
    const east = typeof utcOffsetMinutes === 'number' ? utcOffsetMinutes : utcOffsetMinutes(now);
    const {timeoutMs = 1500} = leniency;
    const everybody = [...providers, ...byAddress(callerAddress(request, connection, trustedHops))];
    const [link, knownReader, entitlements] = await Promise.all([
      linkOf(url, found.path, now),
      isRegistered(request, timeoutMs),
      askProviders(everybody, request, connection, now, timeoutMs),
    ]);
    const facts = {key, section: found.section, free: found.free ?? link};
    const reader = {now, utcOffsetMinutes: east, registered: knownReader};
    const verdict = judgeAccess({
      ...{meter, counted: articles, entitlements, leniency, ...reader},
      ...{article: facts, since: now},
    });
    if (verdict.access !== 'metered') return {decision: verdict};
    const after = countArticle(meter, articles, facts, reader);
    if (after === articles) return {decision: verdict};
    return {
      decision: verdict,
      cookie: meterCookie(await signMeter(after, now, keys), url),
    };
  }

  async function apply(request: Request, response: Response, {decision, cookie}: AccessDecision) {
    const type = response.headers.get('content-type') ?? '';
    // Servers may answer a form with the page it came from. Other answers are not the page.
    if (!isAsked(request) && !/html/i.test(type)) return response;
    const gated = await (isFeed(type)
      ? gateFeed(response, decision, options)
      : gateHtml(response, decision, options, request.url));
    const page = response.headers;
    if (options.sharedPreview)
      sharePreview(gated, options.sharedPreview, {request, decision, page});
    if (decision.provider === 'crawler') gated.headers.append('x-robots-tag', 'noarchive');
    // Only pages that were delivered count.
    const isRead = request.method !== 'HEAD' && gated.status === 200;
    if (cookie && isRead) gated.headers.append('set-cookie', cookie);
    return gated;
  }

  async function pass(request: Request, next: Next, admission: AccessDecision) {
    // A prefetched page is not read yet: the browser asks again when it is.
    const isAhead = (request.headers.get('sec-purpose') ?? '').includes('prefetch');
    if (isAhead && admission.cookie)
      return new Response(null, {status: 503, headers: {'cache-control': 'no-store'}});
    const headers = new Headers(request.headers);
    // Requests that write may keep their conditional headers.
    if (isAsked(request)) for (const name of refusedHeaders) headers.delete(name);
    headers.set('accept-encoding', 'identity');
    return apply(request, await next(new Request(request, {headers})), admission);
  }

  return {
    decide,
    pass,
    async fetch(request, next, connection) {
      const admission = await decide(request, connection);
      return admission ? pass(request, next, admission) : next(request);
    },
  };
}
