/** Decides in the browser whether an article opens, where no server does. Fetched only there. */

import {askAccess} from '../browser/companion/ask-access.js';
import {articleAddress} from '../browser/placement/article-address.js';
import {cutArticle} from '../browser/placement/cut-article.js';
import {readerStore} from '../browser/storage/reader-store.js';
import {
  judgeAccess,
  type AccessVerdict,
  type Entitlement,
  type EntitlementAnswer,
} from '../core/meter/access.js';
import {countedKeyOf} from '../core/meter/article-key.js';
import {neverCounts, recordMetered, type Meter, type NeverCounts} from '../core/meter/meter.js';
import {ownProperties} from '../core/own-properties.js';

/**
 * What an access provider says of this reader and this article: a right (`true`, or an answer that says until
 * when), that the reader is registered, why the article does not count, or nothing.
 */
export type AccessProviderAnswer =
  boolean | '' | undefined | EntitlementAnswer | NeverCounts | 'registered';

/** Somebody of the site's own who may let a reader through the paywall: an account, a newsletter, a shared link, a library. */
export interface AccessProvider {
  /** Its name in verdicts. */
  readonly id: string;
  /** What holds when it fails, or takes longer than three seconds. Default: `no`. */
  readonly onTimeout?: 'yes' | 'no';
  /** Asks. The signal ends when nobody waits for the answer any more. */
  readonly ask: (signal: AbortSignal) => AccessProviderAnswer | Promise<AccessProviderAnswer>;
}

/** What a page says of its paywall. */
export interface PaywallHost extends HTMLElement {
  readonly meter: Meter;
  /** Id of the element that holds the article. */
  readonly for: string | undefined;
  readonly preview: number;
  readonly access: string | undefined;
  readonly signedIn: boolean;
  readonly accessProviders: readonly AccessProvider[] | undefined;
  /** Whether a server has decided already. */
  readonly server: boolean;
}

const meta = (name: string): string | undefined =>
  document.querySelector<HTMLMetaElement>(`meta[property="${name}"],meta[name="${name}"]`)?.content;

/** What holds when a provider does not answer. Honoured until 1.0: `whenSilent`. */
const onTimeoutOf = (provider: AccessProvider & {whenSilent?: 'yes' | 'no'}): 'yes' | 'no' =>
  ownProperties(provider).onTimeout ?? ownProperties(provider).whenSilent ?? 'no';

/**
 * Decides, counts the article where it opens, and takes its rest out of the page where it does not.
 * Decides again whenever something has changed, until the signal is aborted. Returns a function that
 * asks everybody afresh.
 */
export function runClientMeter(
  host: PaywallHost,
  onVerdict: (verdict: AccessVerdict) => void,
  signal: AbortSignal,
): () => void {
  const store = readerStore();
  let providers: readonly AccessProvider[] = [];
  let said = new Map<AccessProvider, AccessProviderAnswer>();
  let since = 0;
  let restore: (() => void) | undefined;
  const open = () => {
    restore?.();
    restore = undefined;
  };

  const judge = () => {
    const now = Date.now();
    const {meter: counted, supported} = store.read();
    const answers = [...said.values(), meta('support:free')];
    const article = {
      key: countedKeyOf(articleAddress(), counted),
      section: meta('article:section'),
      free: neverCounts.find(answer => answers.includes(answer)),
    };
    const reader = {
      now,
      utcOffsetMinutes: -new Date(now).getTimezoneOffset(),
      registered: host.signedIn || answers.includes('registered'),
    };
    const meter = ownProperties(host.meter);
    const verdict = judgeAccess({
      ...{meter, counted, article, since, ...reader},
      entitlements: [
        {
          provider: 'record',
          answer: supported ? {state: 'yes', until: supported.until} : {state: 'no'},
        },
        ...providers.map((provider): Entitlement => {
          const answer = said.get(provider) ?? {state: 'pending'};
          return {
            provider: provider.id,
            answer: typeof answer === 'object' ? answer : {state: answer === true ? 'yes' : 'no'},
            onTimeout: onTimeoutOf(provider),
          };
        }),
      ],
    });
    // A wall stays until it is known that it may go.
    if (verdict.access === 'pending' && restore) return;
    // A tab in the background is not read.
    if (verdict.access === 'metered' && document.visibilityState === 'visible')
      store.update(state => recordMetered(state, meter, article, reader));
    if (verdict.access === 'locked') {
      const root = document.getElementById(host.for ?? '');
      if (root) restore ??= cutArticle(root, host.preview, host);
    } else open();
    onVerdict(verdict);
  };

  const decide = () => {
    if (signal.aborted) return;
    try {
      judge();
    } catch (error) {
      // A meter that a site has set up wrong takes nobody's article away.
      console.warn('reader-support:', error);
      open();
    }
  };

  const ask = () => {
    since = Date.now();
    providers = [
      {id: 'pass', ask: stop => askAccess(host.access, stop)},
      ...(host.accessProviders ?? []),
    ];
    const round = (said = new Map<AccessProvider, AccessProviderAnswer>());
    for (const provider of providers)
      void Promise.resolve(signal)
        .then(signal => provider.ask(signal))
        .catch((): AccessProviderAnswer => ({state: 'failed'}))
        .then(answer => {
          round.set(provider, ownProperties(answer ?? false));
          decide();
        });
    // Nobody is kept waiting for whoever does not answer.
    setTimeout(decide, 3001);
    decide();
  };

  // A gift in this tab or another, and a page that comes back from the pay page.
  addEventListener('support-supported', ask, ownProperties({signal}));
  addEventListener('pageshow', event => event.persisted && ask(), ownProperties({signal}));
  document.addEventListener('visibilitychange', decide, ownProperties({signal}));
  signal.addEventListener('abort', store.watch(decide));
  signal.addEventListener('abort', open);
  ask();
  return ask;
}
