/** Tells what an appeal that is due waits for. */

import type {Decision} from '../../core/campaigns/decide.js';
import type {SkipReason} from '../../core/cadence/cadence.js';
import {isDebugged} from '../is-debugged.js';

/** Is told what is waited for, with the element or the setting that says so; without a reason: for nothing more. */
export type ReportWait = (reason?: SkipReason, input?: unknown) => void;

/** How long a wait may take before the page is told of it, in ms. */
const patience = 5000;

/**
 * Returns what reports the waits of a campaign: to a developer at once, and to `dispatch` those of some seconds.
 * An appeal that gets no turn waits no longer, which is told at once.
 */
export function waitReporter(
  campaign: string,
  signal: AbortSignal,
  dispatch: (decision: Decision & {readonly ask: false}) => void,
): ReportWait {
  let latest: unknown;
  let timer: number | undefined;
  signal.addEventListener('abort', () => clearTimeout(timer));
  return (reason, input = null) => {
    if (reason === latest) return;
    latest = reason;
    clearTimeout(timer);
    if (!reason) return;
    const trace = [{campaign, rule: 'moment', input, outcome: reason}];
    const decision = {ask: false, reason, until: Infinity, trace} as const;
    if (isDebugged()) console.info('reader-support', decision);
    timer = window.setTimeout(dispatch, reason === 'no-turn' ? 0 : patience, decision);
  };
}
