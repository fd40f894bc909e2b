/** Records a close at once, for readers who leave before the full record code has loaded. */

import type {CloseReason} from '../../core/cadence/cadence.js';
import {storageKey} from './storage-key.js';
import {stored} from './stored.js';

/** The first snoozes of the default cadence, in days. */
const days = {
  later: 3,
  close: 14,
  'already-supporting': 28,
} as Readonly<Record<string, number>>;

/** Writes the close at once. Returns its time, by which it is replaced later. Never throws. */
export function noteClose(campaign: string, reason: CloseReason): number {
  const at = Date.now();
  const {state, locked} = stored();
  // An old library's `Array.prototype.toJSON` would break the record.
  if (!locked && !('toJSON' in [])) {
    const close = {campaign, reason, at, until: at + (days[reason] ?? 365) * 86_400_000};
    try {
      localStorage.setItem(
        storageKey,
        JSON.stringify({...state, closes: [...state.closes, close]}),
      );
    } catch {
      // Storage is full or blocked.
    }
  }
  return at;
}
