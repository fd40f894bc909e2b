/** Does one network send more than readers can? Counted in memory, for a minute, under a number that is nobody's name. */

import {networkOf} from '../address.js';

const minute = 60_000;

/** A number for a text, different in every process. */
function numberOf(text: string, salt: number): number {
  let hash = salt;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

/** Makes a check that is false once a network has had `most` in the present minute. */
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
