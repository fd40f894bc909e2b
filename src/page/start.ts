/** What is asked on this page, if anything: gathers the facts and decides. Showing it is for `show-appeal.ts`. */

import {pageFacts} from '../browser/facts.js';
import {page} from '../browser/page.js';
import {appeals, campaignOf, hasPlace, placedByHand} from '../browser/placement/place.js';
import {knownState} from '../browser/storage/stored.js';
import {withdraw} from '../browser/placement/withdraw.js';
import type {Campaign, CampaignsFile} from '../core/campaigns/campaign.js';
import {decide, type Decision} from '../core/campaigns/decide.js';
import type {StartOptions} from './page-view.js';
import type * as Interface from './show-appeal.js';
import {SupportSkippedEvent} from '../events/support-skipped-event.js';

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

/** Tells a developer what went wrong; the page goes on. */
export const warn = (error: unknown): void => console.warn('reader-support:', error);

async function readCampaigns(
  source: StartOptions['campaigns'] = {campaigns: []},
): Promise<unknown> {
  if (typeof source !== 'string' && !(source instanceof URL)) return source;
  const address = String(source);
  if (address.startsWith('#'))
    return JSON.parse(document.querySelector(address)?.textContent ?? '');
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  return response.json();
}

/** Takes what looks like a campaign. The whole parser stays with the newsroom: `?support-debug` brings it. */
function saneFile(value: unknown): CampaignsFile {
  const file = Object(value) as CampaignsFile;
  const {campaigns} = file;
  const isSane = (one: unknown) => typeof (Object(one) as {id?: unknown}).id === 'string';
  return {...file, campaigns: Array.isArray(campaigns) ? campaigns.filter(isSane) : []};
}

/** Appeals put into the page by hand are campaigns too, after those of the file. */
function withHandPlaced(campaigns: readonly Campaign[]): Campaign[] {
  const all = [...campaigns];
  for (const appeal of appeals()) {
    const id = campaignOf(appeal);
    const format = appeal.getAttribute('format');
    if (all.some(one => one.id === id)) continue;
    all.push({id, format: format === 'bar' || format === 'dialog' ? format : 'inline'});
  }
  return all;
}

const isDebugged = (): boolean => /[?&]support-(debug|arm)/.test(location.search);

/** `start()`, with a way to fetch what shows what is due. */
export function startWith(
  options: StartOptions,
  fetchInterface: () => Promise<typeof Interface>,
): SupportSession {
  const shared = page();
  const ended = new AbortController();
  let view: AbortController;
  let latest: Decision | undefined;
  let file: CampaignsFile = {campaigns: []};
  const isBack = location.search.includes('support=success');

  const consentSetting = () => options.consent ?? file.consent ?? 'minimal';

  const ready = readCampaigns(options.campaigns)
    .then(async value => {
      file = saneFile(value);
      if (isDebugged()) await (await fetchInterface()).explain(value, options);
      // From the companion: what the reader asked for, where the browser may have forgotten it.
      if (document.cookie.includes('support-reader=')) {
        (await import('../browser/companion/recall-reader.js')).recall();
      }
    })
    .catch(warn)
    .then(() => {
      // Until a framework or a callback answers, no more than the minimum is kept.
      shared.full = consentSetting() === 'full';
    });

  /** Most page views neither may nor need write: only the others load what writes. */
  const updateRecord = () => {
    const setting = consentSetting();
    const {views, closes, supported} = knownState();
    // A stamp of a clock that ran ahead is put right, or it would last until that day comes.
    // And a reader who wants to be asked after ten more articles wants them counted.
    const isKept = [supported, ...closes].some(
      one => one && (one.at > Date.now() || 'articles' in one),
    );
    if (setting === 'minimal' && !views.length && !isKept) return;
    // A framework is listened to as long as the session lasts, a callback is asked on each view.
    const {signal} = typeof setting === 'function' ? view : ended;
    // What never came has found out nothing.
    shared.answered = import('./update-reader-record.js')
      .then(({updateReaderRecord}) => updateReaderRecord({setting, signal}))
      .catch(warn);
  };

  const judge = (): Decision => {
    const state = knownState();
    const campaigns = withHandPlaced(file.campaigns).filter(hasPlace);
    const decision = decide(campaigns, pageFacts(state, options), state);
    latest = decision;
    if (isDebugged()) console.info('reader-support', decision);
    return decision;
  };

  /** Shows the campaign that is due, or what the reader wishes of several. */
  const show = async (campaigns: Campaign[], requestedCampaign?: string): Promise<boolean> => {
    const {signal} = view;
    // Both at once: a chunk found late would cost a round trip.
    const [{showAppeal}] = await Promise.all([fetchInterface(), options.load?.()]);
    return (
      !signal.aborted && showAppeal({options, file, signal, judge}, campaigns, requestedCampaign)
    );
  };

  const run = async () => {
    view = new AbortController();
    const {signal} = view;
    const {prerendering} = document as {prerendering?: boolean};
    if (prerendering) {
      await new Promise(go => document.addEventListener('prerenderingchange', go, {once: true}));
    }
    await ready;
    if (signal.aborted) return;
    // Whoever comes back from a payment is thanked, not asked.
    if (isBack) {
      shared.asked = true;
      fetchInterface()
        .then(({thankReader}) => thankReader(options, file))
        .catch(warn);
    }
    updateRecord();
    const decision = judge();
    const due = decision.ask ? decision.campaign : undefined;
    const dueAppeal = due && placedByHand(due.id);
    for (const appeal of appeals()) if (appeal !== dueAppeal) withdraw(appeal);
    if (decision.ask) await show([decision.campaign]);
    else document.dispatchEvent(new SupportSkippedEvent(decision));
  };

  const openManually = (id = ''): Promise<boolean> =>
    ready.then(() => show(withHandPlaced(file.campaigns), id));

  const navigate = () => {
    if (ended.signal.aborted) return;
    view.abort();
    shared.asked = false;
    run().catch(warn);
  };

  const stop = () => {
    if (ended.signal.aborted) return;
    ended.abort();
    view.abort();
    shared.asked = false;
    shared.directed = (shared.directed ?? 1) - 1;
    if (shared.open === openManually) delete shared.open;
  };

  shared.directed = (shared.directed ?? 0) + 1;
  shared.open = openManually;
  document.addEventListener('click', openOnPress, {signal: ended.signal});
  run().catch(warn);

  const session = Object.assign(stop, {stop, navigate, decision: latest});
  return Object.defineProperty(session, 'decision', {get: () => latest});
}

/**
 * Starts asking on this page: decides which appeal is due, if any, and shows it. Never throws.
 * In an app, call it once, call `navigate()` after each route change, and the returned function to end.
 */
export function start(options: StartOptions = {}): SupportSession {
  return startWith(options, () => import('./show-appeal.js'));
}

/** Any element with `data-support-open` is a way back to the appeal; its value may name a campaign. */
function openOnPress(event: Event): void {
  const pressed = (event.target as Partial<Element>).closest?.('[data-support-open]');
  if (!pressed || event.defaultPrevented) return;
  event.preventDefault();
  void open(pressed.getAttribute('data-support-open') ?? '')
    .catch(warn)
    .then(isOpen => {
      // What could not be opened stays an ordinary link.
      if (!isOpen && pressed instanceof HTMLAnchorElement) location.assign(pressed.href);
    });
}

/** Shows the appeal on the reader's own wish, whatever the cadence says. Resolves with whether it could. */
export async function open(campaign?: string): Promise<boolean> {
  return (await page().open?.(campaign)) ?? false;
}
