/** What does an object's id look like? */

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** A fresh id. Random, so that a store that outlives the double never meets one twice. */
export function freshId(prefix: string, length = 24): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return `${prefix}_${Array.from(bytes, byte => letters[byte % letters.length]).join('')}`;
}
