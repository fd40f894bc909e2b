/** Puts back from the companion's cookie what a browser has deleted of the reader's record. */

import {mergeStates, writeState} from '../../core/cadence/reader-record.js';
import {emptyState, readState, type ReaderState} from '../../core/cadence/reader-state.js';
import {readerStore} from '../storage/reader-store.js';

/** Reads the record in the companion's cookie; an empty one when there is none that can be read. */
export function cookieState(): ReaderState {
  try {
    const [, value = ''] = /(?:^|; )support-reader=([^;]*)/.exec(document.cookie) ?? [];
    return readState(atob(value)).state;
  } catch {
    // Not base64, or a sandboxed frame, where cookies may not be looked at.
    return emptyState;
  }
}

/** Puts back what is missing: of two snoozes the later counts. Returns what the cookie holds. */
export function recall(): ReaderState {
  const store = readerStore();
  const cookie = cookieState();
  const record = store.read();
  const merged = mergeStates(record, cookie);
  if (writeState(merged) !== writeState(record)) store.update(state => mergeStates(state, cookie));
  return cookie;
}
