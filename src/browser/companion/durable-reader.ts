/** How does a browser that deletes what scripts have stored still know of a "not now"? */

import {keptWithoutConsent, mergeStates, writeState} from '../../core/cadence/reader-record.js';
import {emptyState, readState, type ReaderState} from '../../core/cadence/reader-state.js';
import {readerStore} from '../storage/reader-store.js';

/** The record in the companion's cookie; an empty one when there is none that can be read. */
export function cookieState(): ReaderState {
  try {
    const [, value = ''] = /(?:^|; )support-reader=([^;]*)/.exec(document.cookie) ?? [];
    return readState(atob(value)).state;
  } catch {
    // Not base64, or a sandboxed frame, where cookies may not be looked at.
    return emptyState;
  }
}

const nothing = writeState(emptyState);
/** What is put into the cookie: it travels with every request, so only what the reader asked for. */
const durable = (state: ReaderState): string => writeState(keptWithoutConsent(state));

/** Puts back what the browser has deleted: of two quiets the later counts. Answers what the cookie holds. */
export function recall(): ReaderState {
  const store = readerStore();
  const kept = cookieState();
  const known = store.read();
  const merged = mergeStates(known, kept);
  if (writeState(merged) !== writeState(known)) store.update(state => mergeStates(state, kept));
  return kept;
}

/**
 * Keeps the reader's record in a cookie too, by way of the companion's `/reader`, which must be on the
 * page's own host. Puts back at once what the browser has deleted, so call it before `start()`. Never throws.
 */
export function keepReader(url: string | URL, signal: AbortSignal): void {
  const store = readerStore();
  const kept = recall();

  let echoed = durable(kept);
  const echo = () => {
    const body = durable(store.read());
    if (body === echoed) return;
    const before = echoed;
    echoed = body;
    const request = {
      __proto__: null,
      method: 'PUT',
      body,
      headers: {'content-type': 'application/json'},
      credentials: 'same-origin',
      keepalive: true,
      cache: 'no-store',
    } as RequestInit;
    // What did not arrive is tried again with the next change, or on the next page.
    const failed = () => void (echoed = before);
    try {
      fetch(url, request).then(({ok}) => ok || failed(), failed);
    } catch {
      failed();
    }
  };
  // A record that is too large for a cookie is there in part; that is no reason to send it on every page.
  if (echoed === nothing) echo();
  for (const type of ['support-closed', 'support-reminded', 'support-supported', 'support-shown'])
    // Once everybody has heard it, the record is written.
    document.addEventListener(type, () => setTimeout(echo), {signal});
}
