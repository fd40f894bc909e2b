/** Detects, without storage, whether this may not be the first page of a visit. */

import {stored} from './stored.js';

/**
 * Whether an earlier page of this visit may have asked without a record: storage is blocked, and the
 * reader came from another page of the site, in this tab or through a link that opened it.
 */
export function mayHaveAsked(referrer: string): boolean {
  const {navigation} = globalThis as {navigation?: {entries(): readonly unknown[]}};
  return (
    // The referrer of a frame is the page around it.
    self === top &&
    (referrer === location.hostname || (navigation?.entries().length ?? 0) > 1) &&
    stored().locked
  );
}
