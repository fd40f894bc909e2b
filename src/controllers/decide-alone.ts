/** Decides for an appeal on a page without `start()`. Fetched only there. */

import {pageFacts} from '../browser/facts.js';
import {wallOf} from '../browser/overlays/overlay.js';
import {keepTurn, rightMoment, waitReporter} from '../browser/overlays/right-moment.js';
import {page} from '../browser/page.js';
import {countedArticles} from '../browser/storage/counted-articles.js';
import {knownState} from '../browser/storage/stored.js';
import {whenActivated} from '../browser/when-activated.js';
import {decide, type Decision} from '../core/campaigns/decide.js';
import {SupportSkippedEvent} from '../events/support-skipped-event.js';
import type {DismissalController, DismissalHost} from './dismissal-controller.js';
import {ownProperties} from '../core/own-properties.js';

/** What is needed of an appeal that decides. */
export interface AppealHost extends DismissalHost {
  articles: number;
  readonly waitFor: string | undefined;
  show(): boolean;
}

function judge({campaign: id, cadence, campaignEnds: end}: AppealHost, isOpen: boolean): Decision {
  const state = knownState();
  const campaign = ownProperties({id, ...(cadence && {cadence}), ...(end && {schedule: {end}})});
  const facts = pageFacts(state);
  // An appeal that a server rendered open is the one ask of this page view.
  return decide([campaign], isOpen ? {...facts, asked: false} : facts, state);
}

/** Waits until the time of the appeal has come, then shows it or takes it out of the page. */
export async function decideAlone(
  host: AppealHost,
  dismissal: DismissalController,
  signal: AbortSignal,
  isManual: () => boolean,
): Promise<void> {
  const isOpen = host.open;
  await whenActivated();
  const isOverlay = host.format !== 'inline';
  const mustWait = judge(host, isOpen).ask && (isOverlay || wallOf() !== null);
  const report = waitReporter(
    host.campaign,
    signal,
    refusal => void document.dispatchEvent(new SupportSkippedEvent(refusal)),
  );
  const turn = mustWait
    ? await rightMoment({signal, isOverlay, waitFor: host.waitFor, report})
    : undefined;
  const isInTurn = !mustWait || !isOverlay || turn !== undefined;
  // The reader may have asked for it meanwhile.
  const mayDecide = isInTurn && !signal.aborted && !isManual();
  const decision = mayDecide ? judge(host, isOpen) : undefined;
  if (mayDecide) host.articles = countedArticles();
  const isShown = decision?.ask === true && host.show();
  keepTurn(turn, signal, isShown);
  // Another appeal may decide before this one is drawn.
  if (isShown) page().asked = true;
  await host.updateComplete;
  if (isShown || !decision) return;
  host.open = false;
  if (!decision.ask) document.dispatchEvent(new SupportSkippedEvent(decision));
  dismissal.dismiss();
}
