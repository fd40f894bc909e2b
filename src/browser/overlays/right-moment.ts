/** Waits until something may be laid over the page, or asked at all. */

import type {Trigger} from '../../core/campaigns/campaign.js';
import {isConsentDialogShown} from './consent-dialog.js';
import {coverOf, wallOf} from './overlay.js';
import type {ReportWait} from './report-wait.js';
import {requestTurn, type Turn} from './turn.js';
import {whenTriggered} from '../placement/when-triggered.js';
import {ownProperties} from '../../core/own-properties.js';

// Whoever waits also reports it, and fetches both at once.
export {waitReporter} from './report-wait.js';

/** Releases a turn: at once when nothing was shown, otherwise when that is closed or the page view ends. */
export function keepTurn(turn: Turn | undefined, signal: AbortSignal, isShown: boolean): void {
  const release = () => turn?.release();
  if (!isShown) return release();
  signal.addEventListener('abort', release);
  addEventListener('support-closed', release, ownProperties({signal, once: true}));
}

/** What to wait for. */
export interface Wait {
  readonly signal: AbortSignal;
  /** Whether a turn is needed, because the appeal lies over the page. */
  readonly isOverlay: boolean;
  readonly trigger?: Trigger | undefined;
  /** A selector of further elements to wait for. */
  readonly waitFor?: string | undefined;
  /** Is told what is waited for. */
  readonly report: ReportWait;
}

/** Resolves once no dialog or wall is open, however long a consent dialog stays. */
async function whenUncovered({signal, waitFor, report}: Wait): Promise<void> {
  while (!signal.aborted) {
    const wall = wallOf();
    const cover =
      wall ?? coverOf(waitFor) ?? (isConsentDialogShown() ? 'a consent framework' : undefined);
    if (!cover) return;
    report(wall ? 'waiting-for-paywall' : 'waiting-for-dialog', cover);
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}

/** Waits for the trigger, dialogs and a turn. Resolves with the turn, if one is needed and granted. */
export async function rightMoment(wait: Wait): Promise<Turn | undefined> {
  const {
    signal,
    isOverlay,
    trigger = isOverlay ? {seconds: 10, scroll: 50, exit: false} : undefined,
    report,
  } = ownProperties(wait);
  let turn: Turn | undefined;
  if (trigger) {
    report('waiting-for-trigger', trigger);
    await whenTriggered(trigger, signal);
  }
  await whenUncovered(wait);
  if (isOverlay && !signal.aborted) {
    report('waiting-for-turn');
    turn = await requestTurn({priority: -1});
    if (!turn) {
      report('no-turn');
      return undefined;
    }
    // A dialog may have opened during the wait for the turn.
    await whenUncovered(wait);
  }
  report();
  return turn;
}
