/** Stores the reader record as far as consent allows. Never throws. */

import {
  keptWithoutConsent,
  mergeStates,
  rebase,
  writeState,
} from '../../core/cadence/reader-record.js';
import {emptyState, type ReaderState} from '../../core/cadence/reader-state.js';
import {isPreview} from '../is-debugged.js';
import {page} from '../page.js';
import {storageKey} from './storage-key.js';
import {stored} from './stored.js';
import {ownProperties} from '../../core/own-properties.js';

export interface ReaderStore {
  /** Returns the current record, including other tabs' writes. */
  read(): ReaderState;
  /** Reads, changes and writes the record. Without storage or consent the rest lives as long as the page. */
  update(change: (state: ReaderState, now: number) => ReaderState): ReaderState;
  /** Calls the listener when another tab writes. Returns a function that stops it. */
  watch(listener: (state: ReaderState) => void): () => void;
  /** Sets whether views may be stored. If not, what may not be stored is deleted at once. */
  setConsent(full: boolean): void;
}

function read(): ReaderState {
  const {memory} = page();
  const {state} = stored();
  const record = memory ? mergeStates(memory, state) : state;
  // Stamps of a clock that ran ahead are corrected once; otherwise they would last until that day.
  const rebased = rebase(record, Date.now());
  if (rebased !== record) {
    if (memory) page().memory = rebased;
    write(rebased);
  }
  return rebased;
}

function write(state: ReaderState): void {
  // A preview leaves no trace; what a newer version of this library wrote must not be overwritten.
  if (isPreview() || stored().locked) return;
  const text = writeState(page().full ? state : keptWithoutConsent(state));
  try {
    if (text === writeState(emptyState)) localStorage.removeItem(storageKey);
    else if (text !== localStorage.getItem(storageKey)) localStorage.setItem(storageKey, text);
  } catch {
    // Storage is full or blocked: the record lives in memory.
  }
}

const store: ReaderStore = {
  read,
  update(change) {
    const shared = page();
    const state = ownProperties(change(read(), Date.now()));
    shared.memory = state;
    shared.read ??= read;
    write(state);
    return state;
  },
  watch(listener) {
    const onStorage = (event: StorageEvent) => {
      if (event.key !== storageKey && event.key !== null) return;
      // Another tab erased the record, so the part in memory is erased too.
      if (event.newValue === null) delete page().memory;
      listener(read());
    };
    addEventListener('storage', onStorage);
    return () => removeEventListener('storage', onStorage);
  },
  setConsent(full) {
    page().full = full;
    write(read());
  },
};

/** Creates the page's store. */
export function readerStore(): ReaderStore {
  return store;
}
