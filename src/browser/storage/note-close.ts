/** How is a close remembered of a reader who leaves before what remembers it well has been fetched? */

import type {CloseReason} from '../../core/cadence/cadence.js';
import {storageKey} from './storage-key.js';
import {stored} from './stored.js';

/** Days of quiet by the default cadence, of which the first are told here. */
const days = {
  later: 3,
  close: 14,
  'already-supporting': 28,
} as Readonly<Record<string, number>>;

/** Writes the close at once. Returns its time, by which it is replaced; never throws. */
export function noteClose(campaign: string, reason: CloseReason): number {
  const at = Date.now();
  const {state, locked} = stored();
  // Under an old library's `Array.prototype.toJSON` the record would be broken.
  if (!locked && !('toJSON' in [])) {
    const close = {campaign, reason, at, until: at + (days[reason] ?? 365) * 86_400_000};
    try {
      localStorage.setItem(
        storageKey,
        JSON.stringify({...state, closes: [...state.closes, close]}),
      );
    } catch {
      // Full or forbidden.
    }
  }
  return at;
}
