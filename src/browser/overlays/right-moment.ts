/** When may something be laid over the page, or asked at all? Fetched by those who have to wait. */

import type {Trigger} from '../../core/campaigns/campaign.js';
import {isOverlaid, mayBeWalled} from './overlay.js';
import type {Turn} from './turn.js';
import {whenTriggered} from '../placement/when-triggered.js';

/** Resolves once the page is free of dialogs and walls. A consent dialog may stay open as long as it likes. */
export async function whenUncovered(signal: AbortSignal, alsoWaitFor?: string): Promise<void> {
  while (!signal.aborted && (mayBeWalled() || isOverlaid(alsoWaitFor))) {
    await new Promise(resolve => setTimeout(resolve, 250));
  }
}

/** Gives a turn back: at once when nothing was shown, else when that is closed or leaves with the page view. */
export function keepTurn(turn: Turn | undefined, signal: AbortSignal, isShown: boolean): void {
  const release = () => turn?.release();
  if (!isShown) return release();
  signal.addEventListener('abort', release);
  addEventListener('support-closed', release, {signal, once: true});
}

/** What to wait for. */
export interface Wait {
  readonly signal: AbortSignal;
  /** Whether a turn is needed, because what comes lies over the page. */
  readonly isOverlay: boolean;
  readonly trigger?: Trigger | undefined;
  /** A selector of what else must not be on screen. */
  readonly waitFor?: string | undefined;
}

/** Waits for the trigger, for dialogs and for a turn. Resolves with the turn, if there was to be one. */
export async function rightMoment({
  signal,
  isOverlay,
  trigger = isOverlay ? {seconds: 10, scroll: 50} : undefined,
  waitFor,
}: Wait): Promise<Turn | undefined> {
  if (trigger) await whenTriggered(trigger, signal);
  await whenUncovered(signal, waitFor);
  if (!isOverlay) return undefined;
  const {requestTurn} = await import('./turn.js');
  const turn = await requestTurn({priority: -1});
  // A dialog may have opened while we waited in line.
  await whenUncovered(signal, waitFor);
  return turn;
}
