/** How are addresses kept so that a copied database tells nobody who the readers are? */

import {CompactEncrypt, compactDecrypt} from 'jose';

/** Hashes and seals with the first secret, and still knows what older ones made. */
export interface Secrets {
  /** A name for an address (or anything else) that only the secret's holder can make: HMAC-SHA256. */
  hash(purpose: string, text: string): Promise<string>;
  /** The names that this and older secrets give. */
  hashes(purpose: string, text: string): Promise<string[]>;
  /** Encrypts a value: AES-256-GCM in a compact JWE. */
  seal(value: unknown): Promise<string>;
  /** The value; `undefined` when no secret opens it. */
  open(sealed: string): Promise<unknown>;
}

/** The least a secret has: 32 characters, as `openssl rand -base64 32` gives more of. */
export const shortestSecret = 32;

const utf8 = new TextEncoder();

const base64url = (bytes: ArrayBuffer | Uint8Array): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** A fresh token that nobody guesses: 256 bits. */
export function freshToken(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** What is kept of a token, so that a copied database opens nothing. */
export async function tokenHash(token: string): Promise<string> {
  return base64url(await crypto.subtle.digest('SHA-256', utf8.encode(token)));
}

/** Each purpose has a key of its own: HKDF-SHA256. */
async function derive(secret: string, purpose: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', utf8.encode(secret), 'HKDF', false, [
    'deriveBits',
  ]);
  const info = utf8.encode(`reader-support ${purpose}`);
  const algorithm = {name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info};
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256));
}

/** Opens the secrets, the present one first. */
export function openSecrets(secrets: readonly string[]): Secrets {
  const derived = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  const keyFor = (secret: string, purpose: string) => {
    const name = `${purpose} ${secret}`;
    const known = derived.get(name) ?? derive(secret, purpose);
    derived.set(name, known);
    return known;
  };
  async function hashWith(secret: string, purpose: string, text: string): Promise<string> {
    const hmac = {name: 'HMAC', hash: 'SHA-256'};
    const bytes = await keyFor(secret, `hash ${purpose}`);
    const key = await crypto.subtle.importKey('raw', bytes, hmac, false, ['sign']);
    return base64url(await crypto.subtle.sign('HMAC', key, utf8.encode(text)));
  }
  const [first = ''] = secrets;
  return {
    hash: (purpose, text) => hashWith(first, purpose, text),
    hashes: (purpose, text) => Promise.all(secrets.map(secret => hashWith(secret, purpose, text))),
    async seal(value) {
      return await new CompactEncrypt(utf8.encode(JSON.stringify(value)))
        .setProtectedHeader({alg: 'dir', enc: 'A256GCM'})
        .encrypt(await keyFor(first, 'seal'));
    },
    async open(sealed) {
      for (const secret of secrets) {
        try {
          const {plaintext} = await compactDecrypt(sealed, await keyFor(secret, 'seal'), {
            keyManagementAlgorithms: ['dir'],
            contentEncryptionAlgorithms: ['A256GCM'],
          });
          return JSON.parse(new TextDecoder().decode(plaintext)) as unknown;
        } catch {
          // Sealed with another one.
        }
      }
      return undefined;
    },
  };
}
