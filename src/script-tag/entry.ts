/**
 * The script tag: decides on every page view, and loads the interface from beside itself only when
 * something is due.
 *
 *     <script type="module" src="/js/reader-support.js" data-campaigns="/support/campaigns.json"></script>
 */

import {page} from '../browser/page.js';
import {registerLocale} from '../browser/register-locale.js';
import {mayBeAsked} from '../page/may-be-asked.js';
import {open} from '../page/open.js';
import {requestTurn} from '../page/request-turn.js';
import {sessionOf, startWith, type StartOptions, type SupportSession} from '../page/start.js';
import {warn} from '../page/warn.js';

export {open, registerLocale, requestTurn};

declare const __VERSION__: string;
/** The name of the interface's file, which stands beside this one. */
declare const __INTERFACE__: string;

const load = (): Promise<typeof import('./interface.js')> => import('./interface.js');

/** Fetches pieces beside the interface, which is what asks for them again and misses them if they fail. */
const loadFor = (isOverlay?: boolean, isThemed?: boolean): ReturnType<typeof load> => {
  if (isOverlay) import('./overlay.js').catch(warn);
  if (isThemed) import('../themes/themes.js').catch(warn);
  return load();
};

const defineOthers = (): void => {
  load().then(it => it.defineOthers(), warn);
};

/** For pages that import this file instead of naming a campaigns file in its tag. */
export function start(options: StartOptions = {}): SupportSession {
  return startWith(options, loadFor, defineOthers);
}

type Tools = typeof import('./tools.js');

type Fetched<Call> = Call extends (...given: infer Given) => infer Result
  ? (...given: Given) => Promise<Result>
  : never;

/** One of npm's functions, fetched when it is called, so that it returns a promise. */
const fetched = <Name extends keyof Tools>(name: Name): Fetched<Tools[Name]> =>
  (async (...given: unknown[]) =>
    ((await import('./tools.js'))[name] as (...given: unknown[]) => unknown)(...given)) as Fetched<
    Tools[Name]
  >;

export const forecast: Fetched<Tools['forecast']> = fetched('forecast');
export const storageReport: Fetched<Tools['storageReport']> = fetched('storageReport');
export const toGa4: Fetched<Tools['toGa4']> = fetched('toGa4');
export const toPlausible: Fetched<Tools['toPlausible']> = fetched('toPlausible');
export const toSegment: Fetched<Tools['toSegment']> = fetched('toSegment');
export const toSnowplow: Fetched<Tools['toSnowplow']> = fetched('toSnowplow');

/** Counts what happens on the page, from now on: the interface keeps it until the rest has arrived. */
export const trackEvents: Fetched<Tools['trackEvents']> = options => {
  page().tells = 'later';
  return fetched('trackEvents')(options);
};

let begun: SupportSession | undefined;
let isStopped = false;

/**
 * The tag's own session, for pages that import this file beside its tag. It is here at once, also where the
 * tag begins only when the page has been parsed; `decision` is `undefined` until then.
 */
export const session: SupportSession = sessionOf(
  () => {
    isStopped = true;
    begun?.();
  },
  () => begun?.navigate(),
  () => begun?.decision,
);

/**
 * Fetches the interface beside the campaigns file rather than after it, where this reader might be asked.
 * What is fetched runs only when something is due.
 */
function preloadInterface(): void {
  if (!mayBeAsked()) return;
  const {href} = new URL(__INTERFACE__, import.meta.url);
  document.head.append(Object.assign(document.createElement('link'), {rel: 'modulepreload', href}));
}

function begin(): void {
  const shared = page();
  if (isStopped) return;
  if (shared.script) {
    console.info(`reader-support ${__VERSION__}: ${shared.script} already runs on this page`);
    return;
  }
  shared.script = __VERSION__;
  const others = document.querySelector('support-ask,support-thanks,support-paywall,support-meter');
  if (others) defineOthers();
  // By its attribute: behind a CDN that redirects, the address of this file is not the one in the tag.
  const tag = document.querySelector<HTMLScriptElement>('script[type=module][data-campaigns]');
  // Who imports this file without a tag calls `start()`.
  const isTag = [...document.scripts].some(({src}) => src === import.meta.url);
  if (isTag && !tag && !others && !document.querySelector('support-appeal,[data-support-open]')) {
    console.info('reader-support: no data-campaigns and no element. Did a tag manager drop it?');
  }
  begun = start({campaigns: tag?.dataset['campaigns']});
  // Campaigns in the page are decided upon at once, so there is nothing to wait beside.
  if (tag?.matches('[data-preload]:not([data-campaigns^="#"])')) preloadInterface();
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', begin);
else begin();
