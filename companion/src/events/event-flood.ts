/** Detects networks that send more requests than readers could, counting in memory for one minute. */

import {networkOf} from '../http/address.js';

const minute = 60_000;

/** Hashes a text to a number that differs in every process. */
function numberOf(text: string, salt: number): number {
  let hash = salt;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Creates a check that returns false once a network has sent `most` requests in the current minute. */
export function eventFlood(most: number): (address: string, now: number) => boolean {
  const [salt = 0] = crypto.getRandomValues(new Uint32Array(1));
  const counts = new Map<number, number>();
  let began = 0;
  return (address, now) => {
    const present = Math.floor(now / minute);
    if (present !== began) {
      counts.clear();
      began = present;
    }
    const key = numberOf(networkOf(address), salt);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count <= most;
  };
}
