/** Waits until something may be laid over the page, or asked at all. */

import type {Trigger} from '../../core/campaigns/campaign.js';
import {isOverlaid, mayBeWalled} from './overlay.js';
import {requestTurn, type Turn} from './turn.js';
import {whenTriggered} from '../placement/when-triggered.js';

/** Resolves once no dialog or wall is open, however long a consent dialog stays. */
export async function whenUncovered(signal: AbortSignal, alsoWaitFor?: string): Promise<void> {
  while (!signal.aborted && (mayBeWalled() || isOverlaid(alsoWaitFor))) {
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}

/** Releases a turn: at once when nothing was shown, otherwise when that is closed or the page view ends. */
export function keepTurn(turn: Turn | undefined, signal: AbortSignal, isShown: boolean): void {
  const release = () => turn?.release();
  if (!isShown) return release();
  signal.addEventListener('abort', release);
  addEventListener('support-closed', release, {signal, once: true});
}

/** What to wait for. */
export interface Wait {
  readonly signal: AbortSignal;
  /** Whether a turn is needed, because the appeal lies over the page. */
  readonly isOverlay: boolean;
  readonly trigger?: Trigger | undefined;
  /** A selector of further elements to wait for. */
  readonly waitFor?: string | undefined;
}

/** Waits for the trigger, dialogs and a turn. Resolves with the turn, if one is needed and granted. */
export async function rightMoment({
  signal,
  isOverlay,
  trigger = isOverlay ? {seconds: 10, scroll: 50} : undefined,
  waitFor,
}: Wait): Promise<Turn | undefined> {
  if (trigger) await whenTriggered(trigger, signal);
  await whenUncovered(signal, waitFor);
  if (!isOverlay) return undefined;
  const turn = await requestTurn({priority: -1});
  // A dialog may have opened during the wait for the turn.
  await whenUncovered(signal, waitFor);
  return turn;
}
