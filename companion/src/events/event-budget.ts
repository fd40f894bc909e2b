/** Limits what one network may send, counting in memory for one minute. */

import {networkOf} from '../http/address.js';

const minute = 60_000;

/** Creates a function that hashes a text to a number, another one in every process. */
export function numbering(): (text: string) => number {
  const [salt = 0] = crypto.getRandomValues(new Uint32Array(1));
  return text => {
    let hash = salt;
    for (let at = 0; at < text.length; at++)
      hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return hash >>> 0;
  };
}

/**
 * Creates a budget of `most` in a minute for each network. The function takes an amount from the
 * address's network, or takes nothing and returns false when less than that is left.
 */
export function eventBudget(
  most: number,
): (address: string, amount: number, now: number) => boolean {
  const numberOf = numbering();
  const amounts = new Map<number, number>();
  let began = 0;
  return (address, amount, now) => {
    const present = Math.floor(now / minute);
    if (present !== began) {
      amounts.clear();
      began = present;
    }
    const key = numberOf(networkOf(address));
    const spent = (amounts.get(key) ?? 0) + amount;
    if (spent > most) return false;
    amounts.set(key, spent);
    return true;
  };
}
