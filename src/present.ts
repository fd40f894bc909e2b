/** How does an appeal that is due come onto the page: when, where, and after whom? */

import {isOverlaid, mayBeWalled} from './browser/overlay.js';
import {page} from './browser/page.js';
import {hasPlace, placedByHand} from './browser/place.js';
import {putInPlace} from './browser/put-in-place.js';
import {knownState} from './browser/stored.js';
import {restore} from './browser/restore.js';
import type {Turn} from './browser/turn.js';
import type {Campaign} from './core/campaign.js';
import type {Attribution} from './core/checkout.js';
import {SupportSkippedEvent} from './support-skipped-event.js';
import type {PageView} from './start.js';

/** What is expected of a defined `<support-appeal>`. */
interface Appeal extends HTMLElement {
  show(options: {manual: boolean}): unknown;
}

const isAppeal = (element: HTMLElement): element is Appeal => 'show' in element;

/** Copy for the language of the page. */
function copyOf({copy, copies = {}}: Campaign): Campaign['copy'] {
  const language = document.documentElement.lang;
  const [known] = [language, language.split('-', 1)[0] ?? ''].filter(one =>
    Object.hasOwn(copies, one),
  );
  return known === undefined ? copy : copies[known];
}

function mount(
  {options, file, campaign, signal, attribution, arm}: Versioned,
  isWished: boolean,
): boolean {
  const found = placedByHand(campaign.id);
  const element = found ?? document.createElement('support-appeal');
  if (!isAppeal(element)) {
    console.warn('reader-support: <support-appeal> is not defined, or is not ours');
    return false;
  }
  const {format = 'inline', place} = campaign;
  const values: Record<string, unknown> = {
    campaign: campaign.id,
    format,
    offer: campaign.offer ?? file.offer,
    currency: campaign.currency ?? file.currency,
    checkout: campaign.checkout ?? options.checkout ?? file.checkout,
    copy: copyOf(campaign),
    cadence: campaign.cadence,
    campaignEnds: campaign.schedule?.end,
    publication: file.publication,
    origins: file.origins,
    attribution,
    // Whoever counts reads them off the appeal.
    ...attribution,
    readerId: options.readerId,
    articles: knownState().read.length,
  };
  for (const name of Object.keys(values)) {
    if (values[name] !== undefined) (element as unknown as typeof values)[name] = values[name];
  }
  if (!found) {
    if (format !== 'inline') document.body.append(element);
    else if (!place || !putInPlace(element, place)) return false;
    // It leaves with the page view it was shown in.
    signal.addEventListener('abort', () => element.remove());
  }
  if (arm !== undefined) element.setAttribute('arm', arm);
  restore(element);
  page().asked = true;
  if (isWished && format === 'inline') {
    void import('./browser/bring-into-view.js').then(({bringIntoView}) => bringIntoView(element));
  }
  element.show({manual: isWished});
  return true;
}

/** One page view and what is to be shown in it. */
export interface Showing extends PageView {
  readonly campaign: Campaign;
}

/** What an experiment adds to what is shown. */
interface Versioned extends Showing {
  readonly attribution?: Attribution | undefined;
  readonly arm?: string | undefined;
}

/** Tells the companion, where the file names one. What is told begins a second after an appeal is seen. */
async function joined({file}: Showing): Promise<void> {
  if (!file.companion) return;
  try {
    (await import('./join.js')).join(file);
  } catch {
    // It did not arrive: nothing is counted.
  }
}

/** Shows the version that this reader is in, or nothing where that shows nothing. */
async function presentVersion(
  showing: Showing,
  isWished: boolean,
  joining: Promise<void>,
): Promise<boolean> {
  // An exposure is told at once.
  const [{enrol, judgeAs}] = await Promise.all([import('./enrol.js'), joining]);
  const {campaign, attribution, arm} = await enrol(showing, isWished);
  if (showing.signal.aborted) return false;
  const judge = () => judgeAs(campaign, showing);
  if (campaign) {
    return presentNow({...showing, campaign, attribution, arm, judge}, isWished);
  }
  const decision = judge();
  if (!decision.ask) document.dispatchEvent(new SupportSkippedEvent(decision));
  return false;
}

/**
 * Shows the one campaign that is due, or of several the one that the reader wishes for, if only in a
 * dialog. Resolves with whether anything is shown.
 */
export function present(
  view: PageView,
  campaigns: readonly Campaign[],
  wish?: string,
): Promise<boolean> {
  const {experiments, holdback} = view.file;
  const isWished = wish !== undefined;
  const found = campaigns.find(one => one.id === wish) ?? campaigns[0] ?? {id: 'default'};
  const campaign: Campaign = isWished && !hasPlace(found) ? {...found, format: 'dialog'} : found;
  const showing = {...view, campaign};
  const joining = joined(showing);
  return (experiments ?? holdback)
    ? presentVersion(showing, isWished, joining)
    : presentNow(showing, isWished);
}

/** Waits for the trigger, for dialogs and for its turn, and mounts the appeal if it is still due. */

async function presentNow(showing: Versioned, isWished: boolean): Promise<boolean> {
  if (isWished) return mount(showing, true);

  const {
    campaign: {format = 'inline', trigger},
    file: {waitFor},
    signal,
    judge,
  } = showing;
  const isOverlay = format !== 'inline';
  let turn: Turn | undefined;
  if (isOverlay || trigger || mayBeWalled() || isOverlaid(waitFor)) {
    const {rightMoment} = await import('./browser/right-moment.js');
    turn = await rightMoment({signal, isOverlay, trigger, waitFor});
    if (isOverlay && !turn) return false;
  }
  // The reader may have closed an appeal in another tab since, or given.
  const decision = judge();
  const isShown =
    !signal.aborted && decision.ask && mount({...showing, campaign: decision.campaign}, false);
  const release = () => turn?.release();
  if (isShown) {
    signal.addEventListener('abort', release);
    addEventListener('support-closed', release, {signal, once: true});
  } else release();
  if (!signal.aborted && !decision.ask) {
    document.dispatchEvent(new SupportSkippedEvent(decision));
  }
  return isShown;
}
