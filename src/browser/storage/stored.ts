/** Reads what this browser has stored about the reader. */

import {emptyState, readState, type ReaderState} from '../../core/cadence/reader-state.js';
import {page} from '../page.js';
import {storageKey} from './storage-key.js';
import {ownProperties} from '../../core/own-properties.js';

/** Reads the stored record; `locked` when it must not be written. Never throws. */
export function stored(): ReturnType<typeof readState> {
  try {
    return readState(localStorage.getItem(storageKey));
  } catch {
    // The getter itself throws in a sandboxed frame, or when the reader blocks storage.
    return {state: emptyState, locked: true};
  }
}

/** Returns the record, including what this page could not store. */
export function knownState(): ReaderState {
  const {read, views = []} = page();
  const state = read?.() ?? stored().state;
  return ownProperties({...state, views: [...state.views, ...views]});
}
