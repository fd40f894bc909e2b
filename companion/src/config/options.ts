/** Declares the companion's options and checks them when it starts. */

import {readMailAddress} from '../mail/index.js';
import type Stripe from 'stripe';
import {type Offer, offerProblems, refuseOldWords, renamedInCompanion} from 'reader-support/core';
import {checkContact, type ContactOptions, type ContactSettings} from './contact-options.js';
import type {EventOptions, ReportOptions} from '../events/index.js';
import type {HumanCheck} from '../checkout/index.js';
import {lineOf, type LogLine, sampledLines} from '../http/log-lines.js';
import {checkBrand, type PageBrand} from '../http/page-brand.js';
import type {LogEntry, SiteSettings, Suspicion} from '../http/settings.js';
import type {StripeKey} from '../stripe/index.js';
import {type Limit, type Limiter, slidingWindow, storeLimiter} from '../limits/index.js';
import type {Store} from './store.js';

export interface SupportServerOptions extends ContactOptions {
  /** A key, or a `Stripe` client of your own. */
  readonly stripe: Stripe | StripeKey;
  /** The origin of the site, such as `https://www.example.org`. Readers are only sent to URLs of it. */
  readonly site: string;
  /** The offers that can be bought. An offer without an id is `support`. */
  readonly offers: readonly Offer[];
  /** The webhook endpoint's signing secrets (`whsec_…`); two while one is being rotated. */
  readonly webhookSecrets: readonly string[];
  readonly store: Store;
  /** The path readers return to after paying. Default: the page they came from. */
  readonly successPath?: string;
  /** The name, logo and colour of the pages that the companion itself shows to readers. */
  readonly brand?: PageBrand;
  /** The path prefix of the companion, such as `/companion`. Default: none. */
  readonly basePath?: string;
  /** Further origins whose pages may call the companion. The site's own always may. */
  readonly origins?: readonly string[];
  /** Allows a live key and live events. Default: false. */
  readonly allowLive?: boolean;
  /** Allows a test key of Stripe. Default: true; false where `NODE_ENV` is `production`. */
  readonly allowTest?: boolean;
  /** The Stripe product (`prod_…`) of all gifts. Default: Stripe creates a product for every gift. */
  readonly product?: string;
  /** The name on the pay page when there is no `product`. Default: `Support`. */
  readonly productName?: string;
  /** The label of Stripe's button for a single gift. Stripe reserves `donate` for charities. Default: `pay`. */
  readonly submitType?: 'pay' | 'donate';
  /** How often one network, one reader (by the site's id) and everybody together may start a checkout. */
  readonly limits?: {
    readonly perAddress?: readonly Limit[];
    readonly perReader?: readonly Limit[];
    readonly global?: readonly Limit[];
  };
  /** Counts attempts. Default: the store where possible, shared by all processes; otherwise this process. */
  readonly limiter?: Limiter;
  /** Requires a human check before a checkout. Default: none. */
  readonly humanCheck?: HumanCheck;
  /** Called when a limit is reached or a human check fails, for alerts or for turning a check on. */
  readonly onSuspicious?: (suspicion: Suspicion) => void;
  /** Options for page events, which are received where the store can keep them or a warehouse is given. */
  readonly events?: EventOptions;
  /** Enables `GET /report` for the newsroom. Default: no such route. */
  readonly report?: ReportOptions;
  /** Enables `GET /metrics` with this bearer token, except on Workers. Default: no such route. */
  readonly metricsToken?: string;
  /** How many of the site's own proxies write `X-Forwarded-For`. Default: 0, the header is ignored. */
  readonly trustedHops?: number;
  /** How long one call to Stripe may take, in ms, before its single retry. Default: 4000. */
  readonly timeout?: number;
  /**
   * Receives every log entry, and as a line with its level, name, route and request id. Default: lines of JSON by
   * `console.warn` and `console.error`, of those that repeat one a minute.
   */
  readonly log?: (entry: LogEntry, line: LogLine) => void;
  /** The clock, in epoch ms. */
  readonly now?: () => number;
}

/** Checked and completed options. */
export interface Settings extends ContactSettings, SiteSettings {
  readonly stripe: Stripe | StripeKey;
  readonly offers: ReadonlyMap<string, Offer>;
  readonly store: Store;
  readonly successPath: string | undefined;
  readonly allowLive: boolean;
  /** Whether the key is live; `undefined` when only Stripe knows. */
  readonly live: boolean | undefined;
  readonly product: {readonly id: string} | {readonly name: string};
  readonly submitType: 'pay' | 'donate';
  readonly perAddress: readonly Limit[];
  readonly perReader: readonly Limit[];
  readonly global: readonly Limit[];
  readonly limiter: Limiter;
  readonly humanCheck: HumanCheck | undefined;
  readonly events: EventOptions;
  readonly report: ReportOptions | undefined;
  readonly metricsToken: string | undefined;
  readonly timeout: number;
}

const minutes = 60_000;

const defaultLimits: readonly Limit[] = [
  {max: 5, windowMs: 10 * minutes},
  {max: 20, windowMs: 24 * 60 * minutes},
];

/** Whether a webhook's address is encrypted on its way, or on this machine. */
function isSafeWebhook(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

function expected(what: string, received: unknown): never {
  throw new TypeError(`createSupportServer: expected ${what} but received ${String(received)}`);
}

/** Whether an address is on this machine, the only one where plain http is allowed. */
function isLoopback({hostname}: URL): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname) || hostname.endsWith('.localhost');
}

function originOf(option: string, text: unknown): string {
  const wanted = `\`${option}\` to be an origin such as https://www.example.org`;
  if (typeof text !== 'string' || !URL.canParse(text)) expected(wanted, JSON.stringify(text));
  const url = new URL(text);
  const isPlain = url.pathname === '/' && !url.search && !url.hash && !url.username;
  if (!isPlain || !/^https?:$/.test(url.protocol)) expected(wanted, JSON.stringify(text));
  if (url.protocol === 'http:' && !isLoopback(url))
    expected(`\`${option}\` to be https (http only on this machine)`, JSON.stringify(text));
  return url.origin;
}

/** Checks a key. Messages never repeat it, because they end up in logs. */
function checkKey(
  key: StripeKey,
  {allowLive, allowTest}: {readonly allowLive: boolean; readonly allowTest: boolean},
  site: string,
): boolean {
  const {secretKey, apiBase} = key;
  if (typeof secretKey !== 'string' || !secretKey.trim())
    expected('`stripe.secretKey` to be a secret or restricted key', 'a blank one');
  if (secretKey.startsWith('pk_'))
    expected('`stripe.secretKey` to be a secret or restricted key', 'a publishable one (pk_…)');
  const [, mode] = /^[sr]k_(test|live)_\w+$/.exec(secretKey) ?? [];
  if (!mode) expected('`stripe.secretKey` to start with sk_ or rk_', 'another text');
  const live = mode === 'live';
  if (live && !allowLive)
    expected('a test key, or `allowLive: true`', `a live key (${secretKey.slice(0, 3)}live_…)`);
  // A fake accepts keys that Stripe never issued.
  if (!live && !allowTest && apiBase === undefined)
    expected('a live key in production, or `allowTest: true`', 'a test key');
  if (live && !site.startsWith('https:')) expected('`site` to be https with a live key', site);
  if (apiBase !== undefined) {
    if (live) expected('no `stripe.apiBase` with a live key', apiBase);
    const url = URL.canParse(apiBase) ? new URL(apiBase) : undefined;
    if (!url || !(url.protocol === 'https:' || isLoopback(url)))
      expected('`stripe.apiBase` to be https, or on this machine', apiBase);
  }
  return live;
}

/** Wraps a callback so that its errors cannot break a checkout. */
function quietly<Heard>(hear: (heard: Heard) => void): (heard: Heard) => void {
  return heard => {
    try {
      hear(heard);
    } catch {
      // There is nowhere left to report it.
    }
  };
}

/** Returns what prints each line as JSON, for a runtime that collects what its console prints. */
function toConsole(): NonNullable<SupportServerOptions['log']> {
  const {print} = sampledLines(line => {
    const text = JSON.stringify(line);
    if (line.level === 'warn') console.warn(text);
    else console.error(text);
  });
  return (_, line) => print(line);
}

function logOf(write: NonNullable<SupportServerOptions['log']>): SiteSettings['log'] {
  return quietly(entry => write(entry, lineOf(entry)));
}

/** Whether the runtime says that this is production. */
function isProduction(): boolean {
  const {process} = globalThis as {process?: {env?: Readonly<Record<string, string | undefined>>}};
  return process?.env?.['NODE_ENV'] === 'production';
}

/** Checks and completes options. Throws a `TypeError` on errors that would otherwise show at the first gift. */
export function checkOptions(options: SupportServerOptions): Settings {
  refuseOldWords('createSupportServer', options, renamedInCompanion);
  const {stripe, allowLive = false, basePath = '', successPath} = options;
  const {allowTest = !isProduction()} = options;
  const site = originOf('site', options.site);

  // Callers without types may pass anything.
  const key = stripe as Partial<StripeKey> | Stripe | undefined;
  if (!key || typeof key !== 'object') expected('`stripe` to be a key or a Stripe', typeof key);
  const live =
    'checkout' in key ? undefined : checkKey(key as StripeKey, {allowLive, allowTest}, site);

  const {webhookSecrets} = options;
  if (!Array.isArray(webhookSecrets) || !webhookSecrets.length)
    expected('`webhookSecrets` to hold at least one secret', 'none');
  if (webhookSecrets.some(secret => typeof secret !== 'string' || secret.trim().length < 8))
    expected('every one of `webhookSecrets` to be a signing secret', 'a blank or very short one');

  const offers = new Map(options.offers.map(offer => [offer.id ?? 'support', offer]));
  if (!offers.size) expected('`offers` to hold at least one offer', 'none');
  if (offers.size < options.offers.length) expected('every offer to have its own id', 'one twice');

  const mistakes = options.offers.flatMap((offer, at) => offerProblems(offer, `offers[${at}]`));
  if (mistakes.length)
    expected(
      '`offers` that can be sold',
      mistakes.map(({path, problem}) => `${path}: ${problem}`).join('; '),
    );

  if (typeof (options.store as Store | undefined)?.claim !== 'function')
    expected('`store` to be a store', typeof options.store);
  if (options.metricsToken !== undefined && options.metricsToken.trim().length < 16)
    expected('`metricsToken` to have at least 16 characters', 'a shorter one');
  if (options.report && options.report.token.trim().length < 16)
    expected('`report.token` to have at least 16 characters', 'a shorter one');
  for (const address of options.report?.notify ?? []) {
    if (/^mailto:/i.test(address)) {
      if (!readMailAddress(address.slice('mailto:'.length)))
        expected('`report.notify` to hold mailto: addresses', 'another text');
      if (!options.mail) expected('`mail` beside a mailto: address in `report.notify`', 'none');
    } else if (!isSafeWebhook(address))
      expected('`report.notify` to hold https: and mailto: addresses', 'another text');
  }
  if (!/^(\/[\w.~-]+)*$/.test(basePath)) expected('`basePath` such as /companion', basePath);
  if (successPath !== undefined && !/^\/(?![/\\])[^\\#{}\s]*$/.test(successPath))
    expected('`successPath` to be a path such as /thanks', successPath);

  return {
    ...checkContact(options, site, expected),
    stripe,
    site,
    offers,
    webhookSecrets,
    store: options.store,
    successPath,
    brand: checkBrand(options.brand, site, expected),
    basePath,
    origins: new Set([site, ...(options.origins ?? []).map(o => originOf('origins', o))]),
    allowLive,
    live,
    product: options.product ? {id: options.product} : {name: options.productName ?? 'Support'},
    submitType: options.submitType ?? 'pay',
    perAddress: options.limits?.perAddress ?? defaultLimits,
    perReader: options.limits?.perReader ?? defaultLimits,
    global: options.limits?.global ?? [{max: 60, windowMs: minutes}],
    limiter:
      options.limiter ??
      (options.store.limits ? storeLimiter(options.store.limits) : slidingWindow()),
    humanCheck: options.humanCheck,
    onSuspicious: quietly(options.onSuspicious ?? (() => undefined)),
    events: options.events ?? {},
    report: options.report,
    metricsToken: options.metricsToken,
    trustedHops: options.trustedHops ?? 0,
    timeout: options.timeout ?? 4000,
    log: logOf(options.log ?? toConsole()),
    now: options.now ?? Date.now,
  };
}
