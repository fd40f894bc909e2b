/** Decides on each page view which appeal is due, if any. Showing it is for `show-appeal.ts`. */

import {pageFacts} from '../browser/facts.js';
import {isDebugged} from '../browser/is-debugged.js';
import {page} from '../browser/page.js';
import {addressOfPage} from '../browser/placement/article-clues.js';
import {appeals, hasPlace, placedByHand} from '../browser/placement/place.js';
import {watchArrivals} from '../browser/placement/watch-arrivals.js';
import {withdraw} from '../browser/placement/withdraw.js';
import {knownState} from '../browser/storage/stored.js';
import {whenActivated} from '../browser/when-activated.js';
import type {Campaign, CampaignsFile} from '../core/campaigns/campaign.js';
import {decide, type Decision} from '../core/campaigns/decide.js';
import {ownProperties} from '../core/own-properties.js';
import {SupportSkippedEvent} from '../events/support-skipped-event.js';
import {applyConsent} from './apply-consent.js';
import {followRoutes} from './follow-routes.js';
import {openOnPress} from './open.js';
import type {PageView, StartOptions} from './page-view.js';
import {loadCampaigns, saneFile, withHandPlaced} from './page-campaigns.js';
import type * as Interface from './show-appeal.js';
import {warn} from './warn.js';

export type {StartOptions} from './page-view.js';

/** What `start()` began on this page. Calling it ends it, as `stop()` does; safe to call twice. */
export interface SupportSession {
  (): void;
  readonly stop: () => void;
  /**
   * Decides afresh, for an app that knows when the next article is in the document. Routes are followed
   * without it, until the first call.
   */
  readonly navigate: () => void;
  /** What was decided last, with the reason and the trace; `undefined` until the first decision. */
  readonly decision: Decision | undefined;
}

/** Returns a session of its three parts. */
export function sessionOf(
  stop: () => void,
  navigate: () => void,
  get: () => Decision | undefined,
): SupportSession {
  const session = Object.assign(stop, {stop, navigate});
  return Object.defineProperty(session, 'decision', {get, enumerable: true}) as SupportSession;
}

/** Fetches what shows an appeal, and beside it what an overlay needs more, and the themes. */
type FetchInterface = (isOverlay?: boolean, isThemed?: boolean) => Promise<typeof Interface>;

/** Resolves with the campaigns file, or with one without campaigns where it cannot be read. */
async function prepareFile(
  options: StartOptions,
  fetchInterface: FetchInterface,
): Promise<CampaignsFile> {
  let file: CampaignsFile = {campaigns: []};
  try {
    const value = await loadCampaigns(options.campaigns);
    file = saneFile(value);
    page().currency = file.currency;
    if (isDebugged()) await (await fetchInterface()).explain(value, options);
    // From the companion: what the reader asked for, where the browser may have forgotten it.
    if (document.cookie.includes('support-reader=')) {
      (await import('../browser/companion/recall-reader.js')).recall();
    }
  } catch (error) {
    warn(error);
  }
  return file;
}

/** Decides for the page as it is now. */
function decidePage(file: CampaignsFile, options: StartOptions): Decision {
  const state = knownState();
  const campaigns = withHandPlaced(file.campaigns).filter(hasPlace);
  const decision = decide(campaigns, pageFacts(state, options), state);
  if (isDebugged()) console.info('reader-support', decision);
  return decision;
}

/** Shows the campaign that is due, or of several the one that the reader requested. */
async function show(
  view: PageView,
  fetchInterface: FetchInterface,
  campaigns: readonly Campaign[],
  requestedCampaign?: string,
): Promise<boolean> {
  const isOverlay =
    requestedCampaign !== undefined ||
    campaigns.some(({format = 'inline', trigger}) => trigger || format !== 'inline');
  // All at once: a chunk found late would cost a round trip.
  const [{showAppeal}] = await Promise.all([
    fetchInterface(
      isOverlay,
      campaigns.some(({theme}) => theme && theme !== 'default'),
    ),
    view.options.load?.(),
  ]);
  return !view.signal.aborted && showAppeal(view, campaigns, requestedCampaign);
}

/**
 * `start()`, with a way to fetch what shows what is due, and one to define the other elements where they
 * come into the page later.
 */
export function startWith(
  given: StartOptions,
  fetchInterface: FetchInterface,
  defineOthers?: () => unknown,
): SupportSession {
  const options = ownProperties({...given});
  const shared = page();
  const consentSetting = (file: CampaignsFile) => options.consent ?? file.consent ?? 'minimal';
  const ready = prepareFile(options, fetchInterface).then(file => {
    // Until a framework or a callback answers, no more than the minimum is kept.
    shared.full = consentSetting(file) === 'full';
    return file;
  });
  const session = new AbortController();
  let pageView: AbortController;
  let latest: Decision | undefined;
  /** What this view shows, or why it shows nothing; `undefined` until that is decided. */
  let outcome: string | undefined;
  /** The address of the view that began by itself last; `undefined` once the site says when one begins. */
  let followed: string | undefined = '';

  const viewOf = (file: CampaignsFile, signal: AbortSignal): PageView => {
    const judge = () => {
      latest = decidePage(file, options);
      return latest;
    };
    return {options, file, signal, judge};
  };

  const decideAndShow = async () => {
    pageView = new AbortController();
    const {signal} = pageView;
    outcome = undefined;
    routes.restart();
    await whenActivated();
    const file = await ready;
    if (signal.aborted) return;
    // Whoever comes back from a payment is thanked, not asked.
    if (location.search.includes('support=success')) {
      shared.asked = true;
      fetchInterface()
        .then(it => it.thankReader(options, file))
        .catch(warn);
    }
    const consent = consentSetting(file);
    // A framework is listened to as long as the session lasts, a callback is asked on each view.
    applyConsent(consent, typeof consent === 'function' ? signal : session.signal);
    await showDue(viewOf(file, signal));
  };

  /** Shows what is due in this view, and withdraws what is not. */
  const showDue = async (view: PageView) => {
    const before = outcome;
    const decision = view.judge();
    const dueAppeal = decision.ask ? placedByHand(decision.campaign.id) : undefined;
    for (const appeal of appeals()) if (appeal !== dueAppeal) withdraw(appeal);
    outcome = decision.ask ? `#${decision.campaign.id}` : decision.reason;
    if (outcome === before) return;
    if (decision.ask) await show(view, fetchInterface, [decision.campaign]);
    else document.dispatchEvent(new SupportSkippedEvent(decision));
  };

  /** Whatever goes wrong, a reader who may be asked has the words and the link of the page. */
  const giveUp = (error: unknown) => {
    warn(error);
    for (const appeal of appeals()) {
      // What was withdrawn is not due.
      if (appeal.style.visibility) continue;
      if (appeal.shadowRoot) {
        fetchInterface()
          .then(it => it.giveWordsBack(appeal))
          .catch(warn);
      } else appeal.hidden = false;
    }
  };

  const runPageView = () => void decideAndShow().catch(giveUp);

  /** Decides once more where appeals may have come and nothing asks yet. */
  const decideArrivals = () => {
    const {signal} = pageView;
    if (outcome === undefined || shared.asked) return;
    void ready.then(file => showDue(viewOf(file, signal))).catch(giveUp);
  };

  /** Decides or withdraws what comes later, before it is painted. */
  const receive = (elements: HTMLElement[]) => {
    routes.check();
    for (const element of elements) {
      if (element.localName !== 'support-appeal') defineOthers?.();
      else if (element !== shared.appeal && outcome !== undefined) {
        // A copy of a part of the page, as routers keep them, says what was so once.
        for (const state of ['open', 'closing']) element.removeAttribute(state);
        element.style.visibility = '';
        // An ask that has left with its part of the page is none.
        if (shared.appeal?.isConnected === false) {
          shared.asked = false;
          outcome = '';
        }
        if (routes.isChanging() || shared.asked) withdraw(element);
        else decideArrivals();
      }
    }
  };

  const openManually = async (id = ''): Promise<boolean> => {
    const file = await ready;
    const view = viewOf(file, pageView.signal);
    return show(view, fetchInterface, withHandPlaced(file.campaigns), id);
  };

  const beginView = () => {
    pageView.abort();
    shared.asked = false;
    runPageView();
  };

  const navigate = () => {
    if (session.signal.aborted) return;
    // The site's first word on a route that the session has noticed by itself: no second view.
    if (followed === addressOfPage()) {
      decideArrivals();
    } else beginView();
    followed = undefined;
  };

  const stop = () => {
    if (session.signal.aborted) return;
    session.abort();
    pageView.abort();
    arrivals?.disconnect();
    shared.asked = false;
    shared.directed = (shared.directed ?? 1) - 1;
    if (shared.open === openManually) delete shared.open;
  };

  const routes = followRoutes(session.signal, isOtherArticle => {
    if (isOtherArticle && followed !== undefined) {
      followed = addressOfPage();
      beginView();
    } else decideArrivals();
  });
  shared.directed = (shared.directed ?? 0) + 1;
  shared.open = openManually;
  shared.country = options.country;
  document.addEventListener('click', openOnPress, ownProperties({signal: session.signal}));
  runPageView();
  const arrivals = watchArrivals(receive);

  return sessionOf(stop, navigate, () => latest);
}

/**
 * Starts asking on this page: decides which appeal is due, if any, and shows it. Never throws.
 * In an app, call it once, and the returned function to end; it follows the app's routes.
 */
export function start(options: StartOptions = {}): SupportSession {
  return startWith(options, () => import('./show-appeal.js'));
}
