/** Verifies that Stripe signed a webhook body recently. */

import {hmacKey} from '../http/hmac.js';

const utf8 = new TextEncoder();

/** How far Stripe's clock may differ from ours in either direction, in seconds. */
export const clockTolerance = 300;

/** Whether one of the signatures matches these bytes under this secret. Compares in constant time. */
export type SignatureCheck = (
  secret: string,
  signed: Uint8Array<ArrayBuffer>,
  signatures: readonly Uint8Array<ArrayBuffer>[],
) => boolean | Promise<boolean>;

/** Imported keys by secret: as many as the operator has secrets. */
const keys = new Map<string, Promise<CryptoKey>>();

function keyOf(secret: string): Promise<CryptoKey> {
  const key = keys.get(secret) ?? hmacKey(secret);
  keys.set(secret, key);
  return key;
}

/** Checks with Web Crypto, which every runtime has. */
export const checkByWebCrypto: SignatureCheck = async (secret, signed, signatures) => {
  const key = await keyOf(secret);
  for (const signature of signatures)
    if (await crypto.subtle.verify('HMAC', key, signature, signed)) return true;
  return false;
};

/** The part of `node:crypto` that is used. */
interface NodeCrypto {
  createHmac(
    hash: string,
    secret: string,
  ): {update(data: Uint8Array): {digest(): Uint8Array<ArrayBuffer>}};
  timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean;
}

const {process} = globalThis as {process?: {getBuiltinModule?(name: string): unknown}};
const node = process?.getBuiltinModule?.('node:crypto') as NodeCrypto | undefined;

/** Checks with `node:crypto` where available: synchronously, while Web Crypto uses another thread. */
export const checkByNode: SignatureCheck | undefined =
  node &&
  ((secret, signed, signatures) => {
    const right = node.createHmac('sha256', secret).update(signed).digest();
    return signatures.some(
      signature => signature.length === right.length && node.timingSafeEqual(signature, right),
    );
  });

/**
 * Verifies a `Stripe-Signature` header over the raw bytes of a body. Only `v1` signatures count; any
 * of them may match any of the secrets (Stripe sends two while a secret is rotated).
 * Never throws.
 * @see https://docs.stripe.com/webhooks#verify-manually
 */
export async function isSignedByStripe(
  body: Uint8Array<ArrayBuffer>,
  header: string | null,
  secrets: readonly string[],
  now: number,
  check: SignatureCheck = checkByNode ?? checkByWebCrypto,
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
  for (const secret of secrets) if (await check(secret, signed, signatures)) return true;
  return false;
}
