/** How is a companion set up, and which set-ups does it refuse to start with? */

import type Stripe from 'stripe';
import {offerProblems} from '../core/campaigns/campaign.js';
import type {Offer} from '../core/money/offer.js';
import {checkContact, type ContactOptions, type ContactSettings} from './mail/contact-options.js';
import type {EventOptions} from './events/events.js';
import type {HumanCheck} from './checkout/human-check.js';
import {storeLimiter} from './limits/limit-store.js';
import type {Limit, Limiter} from './limits/limiter.js';
import {slidingWindow} from './limits/limiter.js';
import type {ReportOptions} from './events/report.js';
import type {Store} from './store/store.js';

/** A key for the companion to open Stripe with. Prefer a restricted one (`rk_…`). */
export interface StripeKey {
  readonly secretKey: string;
  /** Where the API is, when it is not Stripe: a double's origin. Never with a live key. */
  readonly apiBase?: string;
}

/** What the companion writes to its log. Never a reader's address, a key, or a provider's prose. */
export interface LogEntry {
  readonly at:
    'checkout' | 'webhook' | 'limiter' | 'human-check' | 'events' | 'mail' | 'passes' | 'companion';
  readonly problem: string;
  readonly detail?: Readonly<Record<string, string | number | undefined>>;
}

/** Somebody asks for more than readers do. */
export interface Suspicion {
  /** What was asked for: a checkout, how one stands, a mail; or that a human check was not passed. */
  readonly what: 'checkout' | 'look' | 'mail' | 'human-check';
  /** Whose limit was reached: one network's, one reader's, or that of everybody together. */
  readonly by?: 'address' | 'reader' | 'everybody';
}

export interface SupportServerOptions extends ContactOptions {
  /** A key, or a `Stripe` of your own making. */
  readonly stripe: Stripe | StripeKey;
  /** The origin of the site, `https://www.example.org`. Every URL a reader is sent to starts with it. */
  readonly site: string;
  /** What is sold. An offer without an id is `support`. */
  readonly offers: readonly Offer[];
  /** The endpoint's signing secrets (`whsec_…`); two while one is being rolled. */
  readonly webhookSecrets: readonly string[];
  readonly store: Store;
  /** Where a reader comes back to after paying. Default: the page they came from. */
  readonly successPath?: string;
  /** The prefix the companion is mounted under, `/companion`. Default: none. */
  readonly basePath?: string;
  /** More origins whose pages may call the companion. The site's own always may. */
  readonly origins?: readonly string[];
  /** Allows a live key and live events. Default: false. */
  readonly allowLive?: boolean;
  /** Allows a test key of Stripe's own. Default: true, and false where `NODE_ENV` is `production`. */
  readonly allowTest?: boolean;
  /** A Stripe product (`prod_…`) that gifts are filed under. Without one Stripe makes a product for every gift. */
  readonly product?: string;
  /** The name on the pay page when there is no `product`. Default: `Support`. */
  readonly productName?: string;
  /** What the button of a single gift says. Stripe ties `donate` to charitable purposes. Default: `pay`. */
  readonly submitType?: 'pay' | 'donate';
  /** How often one network, one reader (by the site's own id) and everybody together may start a checkout. */
  readonly limits?: {
    readonly perAddress?: readonly Limit[];
    readonly perReader?: readonly Limit[];
    readonly global?: readonly Limit[];
  };
  /** Who counts. Default: the store, if it can, so that copies count together; else this process. */
  readonly limiter?: Limiter;
  /** Asks for proof of a human before a checkout. Default: nobody is asked. */
  readonly humanCheck?: HumanCheck;
  /** Hears at once when a limit is reached, or a human check failed: to alert somebody, or to switch a check on. */
  readonly onSuspicious?: (suspicion: Suspicion) => void;
  /** How events are taken. They are taken where the store can keep them, or a warehouse is given. */
  readonly events?: EventOptions;
  /** Opens `GET /report` to the newsroom. Default: there is no such route. */
  readonly report?: ReportOptions;
  /** Opens `GET /metrics` to whoever sends it as a bearer token. Default: there is no such route. */
  readonly metricsToken?: string;
  /** How many proxies of the site's own stand in front and write `X-Forwarded-For`. Default: 0, the header is ignored. */
  readonly trustedHops?: number;
  /** Ms that one call to Stripe may take; there is one retry. Default: 4000. */
  readonly timeout?: number;
  /** Where problems go. Default: `console.error`. */
  readonly log?: (entry: LogEntry) => void;
  /** The clock, in epoch ms. */
  readonly now?: () => number;
}

/** Options that have been checked and completed. */
export interface Settings extends ContactSettings {
  readonly stripe: Stripe | StripeKey;
  readonly site: string;
  readonly offers: ReadonlyMap<string, Offer>;
  readonly webhookSecrets: readonly string[];
  readonly store: Store;
  readonly successPath: string | undefined;
  readonly basePath: string;
  readonly origins: ReadonlySet<string>;
  readonly allowLive: boolean;
  /** Whether the key is a live one; `undefined` when only Stripe knows. */
  readonly live: boolean | undefined;
  readonly product: {readonly id: string} | {readonly name: string};
  readonly submitType: 'pay' | 'donate';
  readonly perAddress: readonly Limit[];
  readonly perReader: readonly Limit[];
  readonly global: readonly Limit[];
  readonly limiter: Limiter;
  readonly humanCheck: HumanCheck | undefined;
  readonly onSuspicious: (suspicion: Suspicion) => void;
  readonly events: EventOptions;
  readonly report: ReportOptions | undefined;
  readonly metricsToken: string | undefined;
  readonly trustedHops: number;
  readonly timeout: number;
  readonly log: (entry: LogEntry) => void;
  readonly now: () => number;
}

const minutes = 60_000;

const defaultLimits: readonly Limit[] = [
  {most: 5, within: 10 * minutes},
  {most: 20, within: 24 * 60 * minutes},
];

function expected(what: string, received: unknown): never {
  throw new TypeError(`createSupportServer: expected ${what} but received ${String(received)}`);
}

/** Whether an address is this machine's: the only place plain http may lead to. */
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

/** A key is never repeated in a message: messages end up in logs. */
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
  // A double's key is none of Stripe's.
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

/** A log that fails, or an alarm, must not cost a gift. */
function quietly<Heard>(hear: (heard: Heard) => void): (heard: Heard) => void {
  return heard => {
    try {
      hear(heard);
    } catch {
      // There is nowhere left to say so.
    }
  };
}

/** Whether this is the real thing, as far as the runtime says. */
function isProduction(): boolean {
  const {process} = globalThis as {process?: {env?: Readonly<Record<string, string | undefined>>}};
  return process?.env?.['NODE_ENV'] === 'production';
}

/** Checks and completes options. Throws on whatever would only fail at the first gift. */
export function checkOptions(options: SupportServerOptions): Settings {
  const {stripe, allowLive = false, basePath = '', successPath} = options;
  const {allowTest = !isProduction()} = options;
  const site = originOf('site', options.site);

  // Callers without types pass what they like.
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
    basePath,
    origins: new Set([site, ...(options.origins ?? []).map(o => originOf('origins', o))]),
    allowLive,
    live,
    product: options.product ? {id: options.product} : {name: options.productName ?? 'Support'},
    submitType: options.submitType ?? 'pay',
    perAddress: options.limits?.perAddress ?? defaultLimits,
    perReader: options.limits?.perReader ?? defaultLimits,
    global: options.limits?.global ?? [{most: 60, within: minutes}],
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
    log: quietly(options.log ?? (entry => console.error('reader-support', JSON.stringify(entry)))),
    now: options.now ?? Date.now,
  };
}
