/** Where nothing can be remembered from page to page: is this the first page of a visit? */

import {stored} from './stored.js';

/**
 * Whether an earlier page of this visit may have asked, and nobody could know: storage is blocked, and
 * the reader came from another page of the site, in this tab or from one that had a link.
 */
export function mayHaveAsked(referrer: string): boolean {
  const {navigation} = globalThis as {navigation?: {entries(): readonly unknown[]}};
  return (
    // The one who sent a frame is the page around it.
    self === top &&
    (referrer === location.hostname || (navigation?.entries().length ?? 0) > 1) &&
    stored().locked
  );
}
