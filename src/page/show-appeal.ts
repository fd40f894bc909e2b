/** Shows an appeal that is due: waits for its moment and its turn, and finds its place. */

import {coverOf, wallOf} from '../browser/overlays/overlay.js';
import {page} from '../browser/page.js';
import type * as Moments from '../browser/overlays/right-moment.js';
import {bringIntoView} from '../browser/placement/bring-into-view.js';
import {hasPlace, placedByHand} from '../browser/placement/place.js';
import {putInPlace} from '../browser/placement/put-in-place.js';
import {giveWordsBack, restore} from '../browser/placement/restore.js';
import {isTheme} from '../core/campaigns/appearance.js';
import type {Campaign, CampaignsFile} from '../core/campaigns/campaign.js';
import type {Decision} from '../core/campaigns/decide.js';
import type {Arm, Overrides} from '../core/experiments/experiment.js';
import {ownProperties} from '../core/own-properties.js';
import {SupportSkippedEvent} from '../events/support-skipped-event.js';
import {fillAppeal} from './fill-appeal.js';
import {ownValue, withOwn} from './page-campaigns.js';
import type {PageView, StartOptions, Versioned} from './page-view.js';

export {giveWordsBack};

/** What is expected of a defined `<support-appeal>`. */
interface Appeal extends HTMLElement {
  /** Rejects when it cannot be drawn. */
  readonly updateComplete?: Promise<unknown>;
  show(options: {manual: boolean}): unknown;
}

/** What waits, and lies over the page: the loader has begun to fetch it, where it knew. */
const overlays = (): Promise<typeof Moments> => import('../browser/overlays/right-moment.js');

/** Whether an arm of the campaign overrides something in this way, as far as the file can be read. */
function mayOverride(
  {experiments}: CampaignsFile,
  campaign: string,
  test: (overrides: Overrides) => boolean,
): boolean {
  try {
    return !!experiments?.some(
      experiment =>
        experiment.campaign === campaign &&
        Object.values<Arm & {set?: Overrides}>(experiment.arms).some(({overrides, set}) =>
          // The second is the word of 0.1.0.
          test(overrides ?? set ?? {}),
        ),
    );
  } catch {
    return false;
  }
}

async function mount(showing: Versioned, isManual: boolean): Promise<boolean> {
  const {campaign, signal} = showing;
  const found = placedByHand(campaign.id);
  const element = (found ?? document.createElement('support-appeal')) as Appeal;
  if (!('show' in element)) {
    console.warn('reader-support: <support-appeal> is not ours');
    return false;
  }
  // Before it comes into the page, where sessions look at what comes.
  page().appeal = element;
  // What a site's script has said before the element was defined is taken over with the first update.
  if (found) await element.updateComplete;
  if (signal.aborted) return false;
  if (!fillAppeal(element, ownProperties({...showing}))) {
    console.warn('reader-support: no Payment Link for anything that is offered');
    document.dispatchEvent(
      new SupportSkippedEvent({ask: false, reason: 'nothing-to-sell', until: Infinity, trace: []}),
    );
    return false;
  }
  const {format = 'inline', place} = campaign;
  if (!found) {
    if (format !== 'inline') document.body.append(element);
    else if (!place || !putInPlace(element, place)) return false;
    // It leaves with the page view it was shown in.
    signal.addEventListener('abort', () => element.remove());
  }
  restore(element);
  page().asked = true;
  element.show({manual: isManual});
  await element.updateComplete;
  if (isManual && format === 'inline') bringIntoView(element);
  return true;
}

/**
 * Shows the one campaign that is due, or of several the one that the reader requested, if only in a
 * dialog. Resolves with whether anything is shown.
 */
export async function showAppeal(
  view: PageView,
  campaigns: readonly Campaign[],
  requestedCampaign?: string,
): Promise<boolean> {
  const isManual = requestedCampaign !== undefined;
  const found = campaigns.find(one => one.id === requestedCampaign) ??
    campaigns[0] ?? {id: 'default'};
  // What a site's script has said before the element was defined is taken over with the first update.
  await (placedByHand(found.id) as Appeal | undefined)?.updateComplete;
  if (view.signal.aborted) return false;
  const campaign = ownProperties<Campaign>(
    isManual && !hasPlace(found) ? {...found, format: 'dialog'} : withOwn(found),
  );
  const {id, theme} = campaign;
  // The element asks for it again, and misses it if it fails.
  if (isTheme(theme) || mayOverride(view.file, id, arm => isTheme(arm.theme)))
    import('../themes/themes.js').catch(() => undefined);
  const showing = {...view, campaign};
  const {companion, experiments, holdback} = view.file;
  // What is told begins a second after an appeal is seen. Where this does not arrive, nothing is counted.
  const connecting =
    companion &&
    import('./connect-companion.js').then(
      ({connectCompanion}) => connectCompanion(view.file),
      () => undefined,
    );
  if (!experiments && !holdback) return showNow(showing, isManual);
  // An exposure is told at once.
  const [{runExperiments}] = await Promise.all([
    import('./run-experiments.js'),
    // What the first imports of the second would be found a round trip later.
    import('../browser/storage/enrolments.js'),
    connecting,
    mayOverride(view.file, id, ({format = ''}) => /bar|dialog/.test(format)) && overlays(),
  ]);
  return runExperiments(showing, isManual, showNow);
}

/** Explains a campaigns file to a developer or an editor: `?support-debug`, `?support-arm`. */
export const explain = (value: unknown, options: StartOptions): Promise<void> =>
  import('./debug/explain-campaigns.js').then(it => it.explain(value, options));

/** Thanks a reader who comes back from a payment. */
export const thankReader = (options: StartOptions, file: CampaignsFile): Promise<void> =>
  import('./thank-reader.js').then(it => it.thankReader(options, file));

/** Waits for the trigger, for dialogs and for its turn, and mounts the appeal if it is still due. */
async function showNow(showing: Versioned, isManual: boolean): Promise<boolean> {
  const {file, signal, judge} = showing;
  const {id, format = 'inline', trigger} = showing.campaign;
  const placed = placedByHand(id);
  const waitFor = (placed && (ownValue(placed, 'waitFor') as string | undefined)) ?? file.waitFor;
  const isOverlay = format !== 'inline';
  if (isManual) {
    if (isOverlay) await overlays();
    return mount(showing, true);
  }
  const dispatch = (decision: Decision & {readonly ask: false}) =>
    void document.dispatchEvent(new SupportSkippedEvent(decision));
  let finishTurn: ((isShown: boolean) => void) | undefined;
  if (isOverlay || trigger || wallOf() || coverOf(waitFor)) {
    const {keepTurn, rightMoment, waitReporter} = await overlays();
    const report = waitReporter(id, signal, dispatch);
    const turn = await rightMoment({signal, isOverlay, trigger, waitFor, report});
    if (isOverlay && !turn) return false;
    finishTurn = isShown => keepTurn(turn, signal, isShown);
  }
  let isShown = false;
  try {
    // The reader may have closed an appeal in another tab since, or given.
    const decision = judge();
    if (signal.aborted) return false;
    if (decision.ask) isShown = await mount({...showing, campaign: decision.campaign}, false);
    else dispatch(decision);
  } finally {
    finishTurn?.(isShown);
  }
  return isShown;
}
