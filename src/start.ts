/** What is asked on this page, if anything: gathers the facts, decides, and mounts at most one ask. */

import {pageFacts, type KnownFacts} from './browser/facts.js';
import {watchConsent, type ConsentSetting} from './browser/consent-signal.js';
import {whenUncovered} from './browser/overlay.js';
import {page} from './browser/page.js';
import {hasPlace, placedByHand, putInPlace} from './browser/place.js';
import {readerStore} from './browser/reader-store.js';
import {requestTurn, type Turn} from './browser/turn.js';
import {whenOutOfView} from './browser/when-out-of-view.js';
import {whenTriggered} from './browser/when-triggered.js';
import {parseCampaigns, type Campaign, type CampaignsFile} from './core/campaign.js';
import {decide, type Decision} from './core/decide.js';
import {SupportSkippedEvent} from './events.js';

/** What `start()` needs to know. */
export interface StartOptions extends KnownFacts {
  /** The campaigns file: its value, or the address it is read from. */
  readonly campaigns?: CampaignsFile | string | URL;
  /** Defines the elements, when an ask is due: `() => import('reader-support/define/all')`. */
  readonly load?: () => Promise<unknown>;
  /** Where a press goes: an address of the companion, or a checkout hook. Campaigns may say otherwise. */
  readonly checkout?: unknown;
  /** Overrides the campaigns file's `consent`. */
  readonly consent?: ConsentSetting;
  /** The site's own id of the reader, if there is one. It travels with a gift and is never stored. */
  readonly readerId?: string;
}

/** Ends what `start()` began; safe to call twice. */
export interface Stop {
  (): void;
  readonly stop: () => void;
  /** Decides afresh: call it when a single-page app has shown another page. */
  readonly navigate: () => void;
}

/** What is expected of a defined `<support-appeal>`. */
interface Appeal extends HTMLElement {
  show(options?: {manual?: boolean}): unknown;
}

const isAppeal = (element: HTMLElement): element is Appeal => 'show' in element;

const overlayTrigger = {seconds: 10, scroll: 50};

async function fetchCampaigns(source: string | URL): Promise<unknown> {
  const text = String(source);
  if (text.startsWith('#')) return JSON.parse(document.querySelector(text)?.textContent ?? '');
  const response = await fetch(source, {credentials: 'same-origin'});
  if (!response.ok) throw new Error(`${text}: HTTP ${response.status}`);
  return response.json();
}

async function readCampaigns(source: StartOptions['campaigns']): Promise<CampaignsFile> {
  const value =
    typeof source === 'string' || source instanceof URL ? await fetchCampaigns(source) : source;
  if (value === undefined) return {campaigns: []};
  const parsed = parseCampaigns(value);
  if (!parsed.ok) {
    for (const {path, problem} of parsed.problems)
      console.warn(`reader-support: ${path}: ${problem}`);
  }
  return parsed.file ?? {campaigns: []};
}

/** Appeals put into the page by hand are campaigns too, after those of the file. */
function withHandPlaced(campaigns: readonly Campaign[]): Campaign[] {
  const all = [...campaigns];
  for (const element of document.querySelectorAll('support-appeal')) {
    const id = element.getAttribute('campaign') ?? 'default';
    const format = element.getAttribute('format');
    if (all.some(one => one.id === id)) continue;
    all.push({id, ...(format === 'bar' || format === 'dialog' ? {format} : {})});
  }
  return all;
}

/** Takes an appeal that is not due out of the page, without moving anything in view. */
function withdraw(element: HTMLElement): void {
  if (element.hasAttribute('open')) return;
  element.style.setProperty('visibility', 'hidden');
  whenOutOfView(element, () => {
    element.hidden = true;
    element.style.removeProperty('visibility');
  });
}

function restore(element: HTMLElement): void {
  element.hidden = false;
  element.style.removeProperty('visibility');
}

/**
 * Starts asking on this page: decides which appeal is due, if any, and shows it. Never throws.
 * In an app, call it once, call `navigate()` after each route change, and the returned function to end.
 */
export function start(options: StartOptions = {}): Stop {
  const shared = page();
  const store = readerStore();
  const ended = new AbortController();
  let view = new AbortController();
  let mounted: HTMLElement | undefined;
  let turn: Turn | undefined;
  let file: CampaignsFile = {campaigns: []};

  const ready = readCampaigns(options.campaigns).then(
    read => {
      file = read;
      watchConsent(
        options.consent ?? file.consent ?? 'minimal',
        yes => store.allow(yes),
        ended.signal,
      );
    },
    (error: unknown) => console.warn(`reader-support: the campaigns could not be read`, error),
  );

  const judge = (campaigns: readonly Campaign[]): Decision => {
    const state = store.read();
    const decision = decide(campaigns.filter(hasPlace), pageFacts(state, options), state);
    if (new URLSearchParams(location.search).has('support-debug')) {
      console.info('reader-support', decision);
    }
    return decision;
  };

  const mount = async (campaign: Campaign, manual: boolean): Promise<boolean> => {
    await options.load?.();
    const found = placedByHand(campaign.id);
    const element = found ?? document.createElement('support-appeal');
    if (!isAppeal(element)) {
      console.warn('reader-support: <support-appeal> is not defined, or is somebody else’s');
      return false;
    }
    const {format = 'inline', place} = campaign;
    const values: Record<string, unknown> = {
      campaign: campaign.id,
      format,
      offer: campaign.offer ?? file.offer,
      currency: campaign.currency ?? file.currency,
      checkout: campaign.checkout ?? options.checkout ?? file.checkout,
      copy: copyFor(campaign),
      cadence: campaign.cadence,
      campaignEnds: campaign.schedule?.end,
      publication: file.publication,
      origins: file.origins,
      readerId: options.readerId,
    };
    for (const name of Object.keys(values)) {
      if (values[name] !== undefined) (element as unknown as typeof values)[name] = values[name];
    }
    if (!found) {
      if (format !== 'inline' || !place) document.body.append(element);
      else if (!putInPlace(element, place)) return false;
      mounted = element;
    }
    restore(element);
    shared.asked = true;
    element.show({manual});
    return true;
  };

  const copyFor = ({copy, copies}: Campaign): Campaign['copy'] => {
    const language = document.documentElement.lang;
    return copies?.[language] ?? copies?.[language.split('-')[0] ?? ''] ?? copy;
  };

  const skip = (decision: Decision & {ask: false}) => {
    document.dispatchEvent(
      new SupportSkippedEvent(decision.because, decision.until, decision.trace),
    );
  };

  const run = async () => {
    const {signal} = view;
    if ((document as {prerendering?: boolean}).prerendering) {
      await new Promise(resolve =>
        document.addEventListener('prerenderingchange', resolve, {once: true}),
      );
    }
    await ready;
    if (signal.aborted) return;
    const campaigns = withHandPlaced(file.campaigns);
    let decision = judge(campaigns);
    const due = decision.ask ? decision.campaign : undefined;
    for (const element of document.querySelectorAll<HTMLElement>('support-appeal')) {
      if (element !== (due && placedByHand(due.id))) withdraw(element);
    }
    if (!decision.ask) return skip(decision);

    const {format = 'inline', trigger = overlayTrigger} = decision.campaign;
    const isOverlay = format !== 'inline';
    if (isOverlay || decision.campaign.trigger) await whenTriggered(trigger, signal);
    await whenUncovered(signal, file.waitFor);
    if (isOverlay) {
      turn = await requestTurn({priority: -1});
      if (!turn) return;
      // A dialog may have opened while we waited in line.
      await whenUncovered(signal, file.waitFor);
    }
    // The reader may have closed an appeal in another tab, or given, since.
    decision = signal.aborted ? decision : judge(campaigns);
    const isMounted = !signal.aborted && decision.ask && (await mount(decision.campaign, false));
    if (!isMounted || signal.aborted) release();
    if (!signal.aborted && !decision.ask) skip(decision);
  };

  const release = () => {
    turn?.release();
    turn = undefined;
  };

  const clear = () => {
    view.abort();
    release();
    mounted?.remove();
    mounted = undefined;
    shared.asked = false;
  };

  const begin = () => {
    view = new AbortController();
    run().catch((error: unknown) => console.warn('reader-support:', error));
  };

  const openByReader = async (id?: string): Promise<boolean> => {
    await ready;
    const campaigns = withHandPlaced(file.campaigns);
    const campaign = campaigns.find(one => one.id === id) ?? campaigns[0] ?? {id: 'default'};
    if (mounted && mounted.getAttribute('campaign') !== campaign.id) clear();
    return mount(hasPlace(campaign) ? campaign : {...campaign, format: 'dialog'}, true);
  };

  const stop = () => {
    if (ended.signal.aborted) return;
    ended.abort();
    clear();
    shared.directed = (shared.directed ?? 1) - 1;
    if (shared.open === openByReader) delete shared.open;
  };

  shared.directed = (shared.directed ?? 0) + 1;
  shared.open = openByReader;
  addEventListener('support-closed', release, {signal: ended.signal});
  document.addEventListener('click', openOnPress, {signal: ended.signal});
  begin();

  return Object.assign(() => stop(), {
    stop,
    navigate() {
      if (ended.signal.aborted) return;
      clear();
      begin();
    },
  });
}

/** Any element with `data-support-open` is a way back to the appeal; its value may name a campaign. */
function openOnPress(event: Event): void {
  const pressed = event.target instanceof Element && event.target.closest('[data-support-open]');
  const {open} = page();
  if (!pressed || !open || event.defaultPrevented) return;
  event.preventDefault();
  void open(pressed.getAttribute('data-support-open') ?? '').then(isOpen => {
    // What could not be opened stays an ordinary link.
    if (!isOpen && pressed instanceof HTMLAnchorElement) location.assign(pressed.href);
  });
}

/** Shows the appeal on the reader's own wish, whatever the cadence says. Resolves with whether it could. */
export async function open(campaign?: string): Promise<boolean> {
  return (await page().open?.(campaign)) ?? false;
}
