/** Decides on each page view which appeal is due, if any. Showing it is for `show-appeal.ts`. */

import {pageFacts} from '../browser/facts.js';
import {isDebugged} from '../browser/is-debugged.js';
import {page} from '../browser/page.js';
import {appeals, hasPlace, placedByHand} from '../browser/placement/place.js';
import {giveWordsBack} from '../browser/placement/restore.js';
import {withdraw} from '../browser/placement/withdraw.js';
import {knownState} from '../browser/storage/stored.js';
import type {Campaign, CampaignsFile} from '../core/campaigns/campaign.js';
import {decide, type Decision} from '../core/campaigns/decide.js';
import {SupportSkippedEvent} from '../events/support-skipped-event.js';
import {applyConsent} from './apply-consent.js';
import {openOnPress} from './open.js';
import type {PageView, StartOptions} from './page-view.js';
import {loadCampaigns, saneFile, withHandPlaced} from './page-campaigns.js';
import type * as Interface from './show-appeal.js';
import {warn} from './warn.js';

export type {Assign, StartOptions} from './page-view.js';

/** What `start()` began on this page. Calling it ends it, as `stop()` does; safe to call twice. */
export interface SupportSession {
  (): void;
  readonly stop: () => void;
  /** Decides afresh: call it when a single-page app has shown another page. */
  readonly navigate: () => void;
  /** What was decided last, with the reason and the trace; `undefined` until the first decision. */
  readonly decision: Decision | undefined;
}

/** Fetches what shows an appeal, and beside it what an overlay needs more. */
type FetchInterface = (isOverlay?: boolean) => Promise<typeof Interface>;

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
  const [{showAppeal}] = await Promise.all([fetchInterface(isOverlay), view.options.load?.()]);
  return !view.signal.aborted && showAppeal(view, campaigns, requestedCampaign);
}

/** `start()`, with a way to fetch what shows what is due. */
export function startWith(options: StartOptions, fetchInterface: FetchInterface): SupportSession {
  const shared = page();
  const isReturn = location.search.includes('support=success');
  const consentSetting = (file: CampaignsFile) => options.consent ?? file.consent ?? 'minimal';
  const ready = prepareFile(options, fetchInterface).then(file => {
    // Until a framework or a callback answers, no more than the minimum is kept.
    shared.full = consentSetting(file) === 'full';
    return file;
  });
  const session = new AbortController();
  let pageView: AbortController;
  let latest: Decision | undefined;

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
    const {prerendering} = document as {prerendering?: boolean};
    if (prerendering) {
      await new Promise(go => document.addEventListener('prerenderingchange', go, {once: true}));
    }
    const file = await ready;
    if (signal.aborted) return;
    // Whoever comes back from a payment is thanked, not asked.
    if (isReturn) {
      shared.asked = true;
      fetchInterface()
        .then(({thankReader}) => thankReader(options, file))
        .catch(warn);
    }
    const consent = consentSetting(file);
    // A framework is listened to as long as the session lasts, a callback is asked on each view.
    applyConsent(consent, typeof consent === 'function' ? signal : session.signal);
    const view = viewOf(file, signal);
    const decision = view.judge();
    const dueAppeal = decision.ask ? placedByHand(decision.campaign.id) : undefined;
    for (const appeal of appeals()) if (appeal !== dueAppeal) withdraw(appeal);
    if (decision.ask) await show(view, fetchInterface, [decision.campaign]);
    else document.dispatchEvent(new SupportSkippedEvent(decision));
  };

  /** Whatever goes wrong, a reader who may be asked has the words and the link of the page. */
  const runPageView = () =>
    void decideAndShow().catch((error: unknown) => {
      warn(error);
      // What was withdrawn is not due.
      for (const appeal of appeals()) if (!appeal.style.visibility) giveWordsBack(appeal);
    });

  const openManually = async (id = ''): Promise<boolean> => {
    const file = await ready;
    const view = viewOf(file, pageView.signal);
    return show(view, fetchInterface, withHandPlaced(file.campaigns), id);
  };

  const navigate = () => {
    if (session.signal.aborted) return;
    pageView.abort();
    shared.asked = false;
    runPageView();
  };

  const stop = () => {
    if (session.signal.aborted) return;
    session.abort();
    pageView.abort();
    shared.asked = false;
    shared.directed = (shared.directed ?? 1) - 1;
    if (shared.open === openManually) delete shared.open;
  };

  shared.directed = (shared.directed ?? 0) + 1;
  shared.open = openManually;
  shared.country = options.country;
  document.addEventListener('click', openOnPress, {signal: session.signal});
  runPageView();

  const callable = Object.assign(stop, {stop, navigate, decision: latest});
  return Object.defineProperty(callable, 'decision', {get: () => latest});
}

/**
 * Starts asking on this page: decides which appeal is due, if any, and shows it. Never throws.
 * In an app, call it once, call `navigate()` after each route change, and the returned function to end.
 */
export function start(options: StartOptions = {}): SupportSession {
  return startWith(options, () => import('./show-appeal.js'));
}
