/** Signs and verifies pass tokens, which anyone with the public keys can verify. */

import {
  calculateJwkThumbprint,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
  type CryptoKey,
  type JWTPayload,
} from 'jose';

/** A P-256 key as a JSON Web Key. Without `d` it can verify passes but not sign them. */
export interface PassKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  /** The key's id. A token names the key that signed it. */
  readonly kid: string;
  readonly x: string;
  readonly y: string;
  readonly d?: string;
}

/** The purpose of a token: access, or fetching the pass of a payment. One is never accepted as the other. */
export type TokenKind = 'support-pass' | 'support-claim';

/** Signs with the first key and verifies with all. */
export interface PassTokens {
  /** Signs a token that is valid from `now` to `until`, epoch ms. */
  sign(
    kind: TokenKind,
    claims: Readonly<Record<string, unknown>>,
    now: number,
    until: number,
  ): Promise<string>;
  /**
   * Resolves with the claims of a valid token of this kind; `undefined` for anything else, and for one
   * that expired more than `lateBy` ms ago. Never rejects.
   */
  read(
    kind: TokenKind,
    token: string | undefined,
    now: number,
    lateBy?: number,
  ): Promise<JWTPayload | undefined>;
}

const algorithm = 'ES256';

/** The longest token that is accepted, because verifying a signature costs time. */
const longestToken = 2048;

/** How far the clocks of two processes may differ, in ms. */
const clockTolerance = 60_000;

/** Generates a key for signing passes. Keep it secret; all processes of the companion share it. */
export async function generatePassKey(): Promise<PassKey> {
  const {privateKey} = await generateKeyPair(algorithm, {extractable: true});
  const jwk = await exportJWK(privateKey);
  const kid = (await calculateJwkThumbprint(jwk)).slice(0, 12);
  const {x = '', y = '', d = ''} = jwk;
  return {kty: 'EC', crv: 'P-256', kid, x, y, d};
}

/** Returns the public parts of keys, for a gate that only verifies. */
export function publicPassKeys(keys: readonly PassKey[]): PassKey[] {
  return keys.map(({kty, crv, kid, x, y}) => ({kty, crv, kid, x, y}));
}

/** Creates an importer that imports each key once, on first use. */
function importer(keys: readonly PassKey[]): (kid: unknown) => Promise<CryptoKey> {
  const imported = new Map<string, Promise<CryptoKey>>();
  return async kid => {
    const key = keys.find(candidate => candidate.kid === kid);
    if (!key) throw new errors.JWKSNoMatchingKey();
    const importing = imported.get(key.kid) ?? importJWK({...key}, algorithm);
    imported.set(key.kid, importing);
    return await importing;
  };
}

/** Creates the signer and verifier for the tokens of one site. */
export function passTokens(keys: readonly PassKey[], site: string): PassTokens {
  const toSign = importer(keys);
  const toCheck = importer(publicPassKeys(keys));
  const seconds = (ms: number) => Math.floor(ms / 1000);
  return {
    async sign(kind, claims, now, until) {
      const kid = keys[0]?.kid ?? '';
      return await new SignJWT({...claims})
        .setProtectedHeader({alg: algorithm, typ: kind, kid})
        .setIssuer(site)
        .setAudience(site)
        .setIssuedAt(seconds(now))
        .setExpirationTime(seconds(until))
        .sign(await toSign(kid));
    },

    async read(kind, token, now, lateBy = 0) {
      if (!token || token.length > longestToken) return undefined;
      try {
        const {payload} = await jwtVerify(token, async ({kid}) => await toCheck(kid), {
          algorithms: [algorithm],
          typ: kind,
          issuer: site,
          audience: site,
          currentDate: new Date(now),
          requiredClaims: ['exp', 'iat'],
          clockTolerance: seconds(clockTolerance + lateBy),
        });
        return payload;
      } catch {
        return undefined;
      }
    },
  };
}
