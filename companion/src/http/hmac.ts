/** Signs with HMAC-SHA256 by Web Crypto, which every runtime has. */

const utf8 = new TextEncoder();

/** Imports a secret as a key that signs and verifies. */
export async function hmacKey(secret: string | Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const bytes = typeof secret === 'string' ? utf8.encode(secret) : secret;
  const algorithm = {name: 'HMAC', hash: 'SHA-256'};
  return await crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify']);
}

/** Returns the 32 bytes of a text's HMAC. */
export async function hmac(
  secret: string | Uint8Array<ArrayBuffer>,
  text: string,
): Promise<ArrayBuffer> {
  return await crypto.subtle.sign('HMAC', await hmacKey(secret), utf8.encode(text));
}
