/** Where is the reader's record kept, and what may be kept at all? Never throws. */

import {
  emptyState,
  keptWithoutConsent,
  mergeStates,
  readState,
  writeState,
  type ReaderState,
} from '../core/reader-state.js';
import {page} from './page.js';

/** The one key this library writes. */
export const storageKey = 'support:reader';

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

// The getter itself throws in a sandboxed frame or when a reader blocks storage.
function stored(): ReturnType<typeof readState> {
  try {
    return readState(localStorage.getItem(storageKey));
  } catch {
    return {state: emptyState, locked: true};
  }
}

function read(): ReaderState {
  const {memory} = page();
  const {state} = stored();
  return memory ? mergeStates(memory, state) : state;
}

function write(state: ReaderState): void {
  const before = stored();
  // Written by a newer version of this library: that one knows more.
  if (before.locked) return;
  const kept = page().full ? state : keptWithoutConsent(state);
  const text = writeState(kept);
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
    const state = change(read(), Date.now());
    page().memory = state;
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
