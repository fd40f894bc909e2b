/** Where is the reader's record kept, and what may be kept at all? Never throws. */

import {
  keptWithoutConsent,
  mergeStates,
  rebase,
  writeState,
} from '../../core/cadence/reader-record.js';
import {emptyState, type ReaderState} from '../../core/cadence/reader-state.js';
import {page} from '../page.js';
import {storageKey} from './storage-key.js';
import {stored} from './stored.js';

export interface ReaderStore {
  /** The record as it is now, other tabs' writes included. */
  read(): ReaderState;
  /** Reads afresh, changes and writes. Without storage or consent the rest lives as long as the page. */
  update(change: (state: ReaderState, now: number) => ReaderState): ReaderState;
  /** Calls the listener when another tab has written. Returns a function that stops it. */
  watch(listener: (state: ReaderState) => void): () => void;
  /** Allows views to be kept, or takes that back: then what may not be kept is deleted at once. */
  allow(full: boolean): void;
}

function read(): ReaderState {
  const {memory} = page();
  const {state} = stored();
  const known = memory ? mergeStates(memory, state) : state;
  // What a clock that ran ahead has written is put right once, or it would last until that day comes.
  const now = rebase(known, Date.now());
  if (now !== known) {
    if (memory) page().memory = now;
    write(now);
  }
  return now;
}

function write(state: ReaderState): void {
  // Written by a newer version of this library: that one knows more.
  if (stored().locked) return;
  const text = writeState(page().full ? state : keptWithoutConsent(state));
  try {
    if (text === writeState(emptyState)) localStorage.removeItem(storageKey);
    else if (text !== localStorage.getItem(storageKey)) localStorage.setItem(storageKey, text);
  } catch {
    // Full or forbidden: the record lives in memory.
  }
}

const store: ReaderStore = {
  read,
  update(change) {
    const shared = page();
    const state = change(read(), Date.now());
    shared.memory = state;
    shared.read ??= read;
    write(state);
    return state;
  },
  watch(listener) {
    const heard = (event: StorageEvent) => {
      if (event.key !== storageKey && event.key !== null) return;
      // Another tab erased the record: what is remembered here goes with it.
      if (event.newValue === null) delete page().memory;
      listener(read());
    };
    addEventListener('storage', heard);
    return () => removeEventListener('storage', heard);
  },
  allow(full) {
    page().full = full;
    write(read());
  },
};

/** The page's store. */
export function readerStore(): ReaderStore {
  return store;
}
