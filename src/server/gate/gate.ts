/** May this request have the whole article? And if so, how is it counted? */

import {judgeAccess, type Leniency} from '../../core/meter/access.js';
import {articleKeyOf} from '../../core/meter/article-key.js';
import {countArticle, type Meter, type NeverCounts} from '../../core/meter/meter.js';
import {callerAddress, type Connection} from '../address.js';
import {askProviders, type EntitlementProvider} from './admission.js';
import {crawlerCheck, type CrawlerRules} from './crawler.js';
import type {GateDecision} from './decision.js';
import {gateFeed, type GateFeedOptions} from './gate-feed.js';
import {gateHtml} from './gate-html.js';
import {checkSecrets, readMeter, signMeter, type GateSecrets} from './meter-token.js';
import {isInNetwork, parseNetwork} from './networks.js';
import {linkKey, readLink} from './open-link.js';
import {meterCookie, readCookie} from './meter-cookie.js';
import {spellingsOf} from './spellings.js';

/** What a site says of an article before its page is made. */
export interface GatedArticle {
  /** The same for every variant of an article (AMP, print): so it counts once. Default: the request's path. */
  readonly path?: string;
  readonly section?: string;
  /** Why it never counts, where it does not. */
  readonly free?: NeverCounts;
}

/** Readers of an institution, by where they read. */
export interface Institution {
  readonly name: string;
  /** Its networks: `192.0.2.0/24`, `2001:db8::/32`. */
  readonly networks: readonly string[];
}

export interface GateOptions extends GateFeedOptions {
  /**
   * Which article a request is for; `undefined` for all that is not gated. A feed counts as one. Where
   * it says so of an address, it is asked about plainer spellings of the same (`/%6dembers/` is
   * `/members/`), because the server behind may know those.
   */
  readonly article: (
    request: Request,
  ) => GatedArticle | undefined | Promise<GatedArticle | undefined>;
  /** How many articles are free. `{free: 0}`: members only. */
  readonly meter: Meter;
  /** Keys for meter tokens and links, 32 bytes at least, newest first. */
  readonly secrets: readonly string[];
  /** Who knows the site's members, in order of priority. */
  readonly providers?: readonly EntitlementProvider[];
  /** Whether the reader has registered. It is waited for as long as the providers are. */
  readonly registered?: (request: Request) => boolean | Promise<boolean>;
  readonly institutions?: readonly Institution[];
  /** Search engines that may read everything. Default: none. */
  readonly crawlers?: CrawlerRules;
  /** Minutes that the site's clock is ahead of UTC, for the days of the meter. Default: 0. */
  readonly minutesEast?: number | ((now: number) => number);
  /** How long providers are waited for, in ms (default: 1500), and the days of grace. */
  readonly leniency?: Leniency;
  /** How many proxies of the site's own stand in front and write `X-Forwarded-For`. Default: 0. */
  readonly trustedHops?: number;
  /** The clock, in epoch ms. */
  readonly now?: () => number;
}

/** What was decided for one request. */
export interface Admission {
  readonly decision: GateDecision;
  /** The cookie that remembers this article as read, where it counts. */
  readonly cookie?: string;
}

export interface Gate {
  /** What a request may have; `undefined` where nothing is gated. */
  decide(request: Request, connection?: Connection): Promise<Admission | undefined>;
  /** What `next` makes of the request, as far as the admission allows. */
  pass(request: Request, next: Next, admission: Admission): Promise<Response>;
  /** Both: `gate.fetch(request, fetch)` in a worker. */
  fetch(request: Request, next: Next, connection?: Connection): Promise<Response>;
}

/** Whatever makes the page: an app, an origin, a file. */
export type Next = (request: Request) => Response | Promise<Response>;

/** What would bring a part of a page, an old copy, or one that cannot be read. */
export const refusedHeaders: readonly string[] = [
  ...['range', 'if-range', 'if-none-match', 'if-modified-since', 'if-match'],
  ...['if-unmodified-since', 'accept-encoding'],
];

/** Whether a page is asked for, as far as the method says. */
const isAsked = ({method}: Request): boolean => method === 'GET' || method === 'HEAD';

const isFeed = (type: string): boolean => /[/+](xml|json)\b/i.test(type) && !/xhtml/i.test(type);

/** Makes a gate. Throws on a set-up that would protect nothing. */
export function createGate(options: GateOptions): Gate {
  const {article, meter, secrets, providers = [], leniency = {}, minutesEast = 0} = options;
  const {registered = () => false, trustedHops = 0, now: clock = Date.now} = options;
  checkSecrets(secrets);
  const keys = secrets as GateSecrets;
  const isCrawler = options.crawlers && crawlerCheck(options.crawlers);
  const institutions = (options.institutions ?? []).map(({name, networks}) => ({
    name,
    networks: networks.map(parseNetwork),
  }));

  /** Who cannot be recognized, or not in time, reads like anybody. */
  const isRegistered = async (request: Request, patience: number): Promise<boolean> => {
    let timer: unknown;
    const late = new Promise<boolean>(resolve => {
      timer = setTimeout(resolve, patience, false);
    });
    try {
      return await Promise.race([registered(request), late]);
    } catch {
      return false;
    } finally {
      clearTimeout(timer as number);
    }
  };

  /** The rights that come with an address. */
  const byAddress = (address: string | undefined): EntitlementProvider[] => [
    ...institutions.map(({name, networks}) => ({
      id: name,
      ask: () => networks.some(network => isInNetwork(address, network)),
    })),
    ...(isCrawler ? [{id: 'crawler', ask: () => isCrawler(address, clock())}] : []),
  ];

  /** The article, under whichever of its spellings the site knows it. */
  async function find(request: Request) {
    for (const address of spellingsOf(request.url)) {
      const {headers} = request;
      const isItself = address === request.url && isAsked(request);
      const found = await article(isItself ? request : new Request(address, {headers}));
      if (found) return {found, url: new URL(address)};
    }
    return undefined;
  }

  /** A link names an article by its path for the meter, or by the address that was copied. */
  async function linkOf(url: URL, key: string, now: number) {
    const found = await readLink(url, key, now, keys);
    const own = linkKey(url);
    return found ?? (own === key ? undefined : readLink(url, own, now, keys));
  }

  async function decide(request: Request, connection: Connection = {}) {
    const one = await find(request);
    if (!one) return undefined;
    const {found, url} = one;
    const now = clock();
    const key = articleKeyOf(found.path ?? url.pathname);
    const east = typeof minutesEast === 'number' ? minutesEast : minutesEast(now);
    const {patience = 1500} = leniency;
    const everybody = [...providers, ...byAddress(callerAddress(request, connection, trustedHops))];
    const [link, counted, knownReader, entitlements] = await Promise.all([
      linkOf(url, key, now),
      readMeter(readCookie(request), now, keys),
      isRegistered(request, patience),
      askProviders(everybody, request, connection, now, patience),
    ]);
    const known = {key, section: found.section, free: found.free ?? link};
    const reader = {now, minutesEast: east, registered: knownReader};
    const verdict = judgeAccess({
      ...{meter, counted, entitlements, leniency, ...reader},
      ...{article: known, since: now},
    });
    if (verdict.access !== 'metered') return {decision: verdict};
    const after = countArticle(meter, counted, known, reader);
    if (after === counted) return {decision: verdict};
    return {
      decision: verdict,
      cookie: meterCookie(await signMeter(after, now, keys), url),
    };
  }

  async function apply(request: Request, response: Response, {decision, cookie}: Admission) {
    const type = response.headers.get('content-type') ?? '';
    // Many a server answers a form with the page it was sent from. Other answers are not the page.
    if (!isAsked(request) && !/html/i.test(type)) return response;
    const gated = await (isFeed(type)
      ? gateFeed(response, decision, options)
      : gateHtml(response, decision, options));
    if (decision.provider === 'crawler') gated.headers.append('x-robots-tag', 'noarchive');
    // What was not read does not count.
    const isRead = request.method !== 'HEAD' && gated.status === 200;
    if (cookie && isRead) gated.headers.append('set-cookie', cookie);
    return gated;
  }

  async function pass(request: Request, next: Next, admission: Admission) {
    // A page fetched ahead is not read yet: the browser asks again when it is.
    const isAhead = (request.headers.get('sec-purpose') ?? '').includes('prefetch');
    if (isAhead && admission.cookie)
      return new Response(null, {status: 503, headers: {'cache-control': 'no-store'}});
    const headers = new Headers(request.headers);
    // What is written may be written under conditions.
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
