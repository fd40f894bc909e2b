/** Hashes and encrypts addresses, so that a copied database does not reveal who the readers are. */

import {CompactEncrypt, compactDecrypt} from 'jose';
import {hmac} from '../http/hmac.js';

/** Hashes and encrypts with the first secret, and still recognizes what older ones produced. */
export interface Secrets {
  /** Returns the HMAC-SHA256 of a text, such as an address. */
  hash(purpose: string, text: string): Promise<string>;
  /** Returns the hashes under the current and older secrets. */
  hashes(purpose: string, text: string): Promise<string[]>;
  /** Encrypts a value: AES-256-GCM in a compact JWE. */
  seal(value: unknown): Promise<string>;
  /** Decrypts a value; `undefined` when no secret can. */
  open(sealed: string): Promise<unknown>;
}

/** The shortest allowed secret, in characters; `openssl rand -base64 32` prints 44. */
export const shortestSecret = 32;

const utf8 = new TextEncoder();

const base64url = (bytes: ArrayBuffer | Uint8Array): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** Returns a new random token of 256 bits. */
export function freshToken(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** Returns the hash that is stored of a token, so that a copied database contains no usable tokens. */
export async function tokenHash(token: string): Promise<string> {
  return base64url(await crypto.subtle.digest('SHA-256', utf8.encode(token)));
}

/** Derives a key for each purpose with HKDF-SHA256. */
async function derive(secret: string, purpose: string): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', utf8.encode(secret), 'HKDF', false, [
    'deriveBits',
  ]);
  const info = utf8.encode(`reader-support ${purpose}`);
  const algorithm = {name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info};
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, key, 256));
}

/** Opens the secrets, the current one first. */
export function openSecrets(secrets: readonly string[]): Secrets {
  const derived = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  const keyFor = (secret: string, purpose: string) => {
    const name = `${purpose} ${secret}`;
    const key = derived.get(name) ?? derive(secret, purpose);
    derived.set(name, key);
    return key;
  };
  async function hashWith(secret: string, purpose: string, text: string): Promise<string> {
    return base64url(await hmac(await keyFor(secret, `hash ${purpose}`), text));
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
          // Encrypted with another secret.
        }
      }
      return undefined;
    },
  };
}
