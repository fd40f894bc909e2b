/** Which items of a feed may not leave whole? */

import type {GateFeedOptions} from './gate-feed.js';

/** Whether a text is the address of a page: ids often are. */
export function isAddress(text: unknown): text is string {
  return typeof text === 'string' && /^https?:\/\/./i.test(text);
}

/** Whether the item at these addresses is gated. One that says of none is: nobody can tell. */
export function isItemGated(
  addresses: readonly string[],
  {isGated = () => true}: GateFeedOptions,
): boolean {
  return addresses.length === 0 || addresses.some(one => isGated(one));
}
