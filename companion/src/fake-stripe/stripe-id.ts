/** Generates ids of Stripe objects. */

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** Returns a new random id, so that a store that outlives the fake never sees one twice. */
export function freshId(prefix: string, length = 24): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return `${prefix}_${Array.from(bytes, byte => letters[byte % letters.length]).join('')}`;
}
