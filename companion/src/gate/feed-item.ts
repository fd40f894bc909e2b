/** Decides which items of a feed must be cut. */

import type {GateFeedOptions} from './feed-options.js';

/** Whether a text is the address of a page, as ids often are. */
export function isAddress(text: unknown): text is string {
  return typeof text === 'string' && /^https?:\/\/./i.test(text);
}

/** Whether the item at these addresses is gated. An item without addresses is, because it cannot be checked. */
export function isItemGated(
  addresses: readonly string[],
  {isGated = () => true}: GateFeedOptions,
): boolean {
  return addresses.length === 0 || addresses.some(address => isGated(address));
}
