/** Did Stripe send these bytes, just now? */

const utf8 = new TextEncoder();

/** How far the sender's clock may be from ours, in seconds, either way. */
export const clockTolerance = 300;

/** The keys made so far: there are as many as the operator has secrets. */
const keys = new Map<string, Promise<CryptoKey>>();

function keyOf(secret: string): Promise<CryptoKey> {
  let key = keys.get(secret);
  if (!key) {
    const algorithm = {name: 'HMAC', hash: 'SHA-256'};
    key = crypto.subtle.importKey('raw', utf8.encode(secret), algorithm, false, ['verify']);
    keys.set(secret, key);
  }
  return key;
}

/**
 * Verifies a `Stripe-Signature` header over the raw bytes of a body. Only `v1` signatures count,
 * any of several may fit any of several secrets (Stripe sends two while a secret is rolled).
 * The comparison is Web Crypto's and takes constant time. Never throws.
 * @see https://docs.stripe.com/webhooks#verify-manually
 */
export async function isSignedByStripe(
  body: Uint8Array<ArrayBuffer>,
  header: string | null,
  secrets: readonly string[],
  now: number,
): Promise<boolean> {
  if (!header || header.length > 4096) return false;
  const pairs = header.split(',').map(pair => pair.trim().split('='));
  const times = pairs.filter(([name]) => name === 't').map(([, value = '']) => value);
  const [time = ''] = times;
  if (times.length !== 1 || !/^\d{1,12}$/.test(time)) return false;
  if (Math.abs(now / 1000 - Number(time)) > clockTolerance) return false;

  const signatures = pairs
    .filter(pair => pair.length === 2 && pair[0] === 'v1' && /^[\da-f]{64}$/.test(pair[1] ?? ''))
    .slice(0, 16)
    .map(([, hex = '']) => Uint8Array.from(hex.match(/../g) ?? [], byte => parseInt(byte, 16)));
  if (!signatures.length) return false;

  const prefix = utf8.encode(`${time}.`);
  const signed = new Uint8Array(prefix.length + body.length);
  signed.set(prefix);
  signed.set(body, prefix.length);
  for (const secret of secrets) {
    const key = await keyOf(secret);
    for (const signature of signatures)
      if (await crypto.subtle.verify('HMAC', key, signature, signed)) return true;
  }
  return false;
}
