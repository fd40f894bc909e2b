/** Keeps the reader's record in a cookie of the companion's, which browsers do not delete. */

import {keptWithoutConsent, writeState} from '../../core/cadence/reader-record.js';
import {emptyState, type ReaderState} from '../../core/cadence/reader-state.js';
import {ownProperties} from '../../core/own-properties.js';
import {isPreview} from '../is-debugged.js';
import {readerStore} from '../storage/reader-store.js';
import {recall} from './recall-reader.js';

const nothing = writeState(emptyState);
/** Returns what the cookie stores: only what the reader asked for, because it is sent with every request. */
const durable = (state: ReaderState): string => writeState(keptWithoutConsent(state));

/**
 * Also keeps the reader record in a cookie, through the companion's `/reader`, which must be on the page's
 * own host. Restores deleted records immediately, so call it before `start()`. `isLate`: the reader may
 * have acted since. Never throws.
 */
export function keepReader(url: string | URL, signal: AbortSignal, isLate = false): void {
  const store = readerStore();
  let echoed = durable(recall());
  const echo = () => {
    const body = durable(store.read());
    if (body === echoed || isPreview()) return;
    const before = echoed;
    echoed = body;
    const request = ownProperties<RequestInit>({
      method: 'PUT',
      body,
      headers: {'content-type': 'application/json'},
      credentials: 'same-origin',
      keepalive: true,
      cache: 'no-store',
    });
    // A failed request is retried with the next change, or on the next page.
    const failed = () => void (echoed = before);
    try {
      fetch(url, request).then(({ok}) => ok || failed(), failed);
    } catch {
      failed();
    }
  };
  // The cookie holds only part of a large record; that is no reason to send it on every page.
  if (echoed === nothing || isLate) echo();
  for (const type of ['support-closed', 'support-reminded', 'support-supported', 'support-shown'])
    // After all listeners have run, the record is written.
    document.addEventListener(type, () => setTimeout(echo), ownProperties({signal}));
}
