/** Declares the decision for one reader and article, and whether a shared cache may keep the page. */

import type {AccessVerdict} from 'reader-support/core';

/** A verdict of `judgeAccess()`, or one that the site makes itself: only `access` is required. */
export type GateDecision = Pick<AccessVerdict, 'access'> &
  Partial<Omit<AccessVerdict, 'access' | 'reason'>> & {readonly reason?: string};

/** Whether the gated part must stay on the server. `pending` counts as shut: nothing undecided is sent. */
export function isShut({access}: GateDecision): boolean {
  return access !== 'open' && access !== 'metered';
}

/** Reasons that apply to every reader. Any other reason is specific to one reader. */
const forEverybody = new Set(['live', 'public-service', 'sponsored', 'free-section']);

/** Whether the page is the same for every reader, so that a shared cache may keep it. */
export function isForEverybody({access, reason = ''}: GateDecision): boolean {
  return access === 'open' && forEverybody.has(reason);
}
