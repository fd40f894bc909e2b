/** What proves a pass? A signed token that everybody with the public keys can check and nobody else can make. */

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

/** A key of the curve P-256 as a JSON Web Key. Without `d` it checks passes and cannot make any. */
export interface PassKey {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  /** Which key this is. A token names the one that signed it. */
  readonly kid: string;
  readonly x: string;
  readonly y: string;
  readonly d?: string;
}

/** What a token is for: to be let in, or to fetch a pass for a payment. One is never taken for the other. */
export type TokenKind = 'support-pass' | 'support-claim';

/** Signs with the first key, believes every one of them. */
export interface PassTokens {
  /** Makes a token that holds from `now` to `until`, epoch ms. */
  sign(
    kind: TokenKind,
    claims: Readonly<Record<string, unknown>>,
    now: number,
    until: number,
  ): Promise<string>;
  /**
   * What a genuine token of this kind says; `undefined` for anything else, and for one that ended
   * more than `lateBy` ms ago. Never rejects.
   */
  read(
    kind: TokenKind,
    token: string | undefined,
    now: number,
    lateBy?: number,
  ): Promise<JWTPayload | undefined>;
}

const algorithm = 'ES256';

/** Nothing of ours is longer, and a signature costs time to check. */
const longestToken = 2048;

/** Copies of the companion do not share a clock. Ms. */
const clockTolerance = 60_000;

/** Makes a key to sign passes with. Keep it secret; copies of the companion share it. */
export async function generatePassKey(): Promise<PassKey> {
  const {privateKey} = await generateKeyPair(algorithm, {extractable: true});
  const jwk = await exportJWK(privateKey);
  const kid = (await calculateJwkThumbprint(jwk)).slice(0, 12);
  const {x = '', y = '', d = ''} = jwk;
  return {kty: 'EC', crv: 'P-256', kid, x, y, d};
}

/** The same keys without their secret part: for a gate that only checks. */
export function publicPassKeys(keys: readonly PassKey[]): PassKey[] {
  return keys.map(({kty, crv, kid, x, y}) => ({kty, crv, kid, x, y}));
}

/** Imports a key once, when it is first needed. */
function importer(keys: readonly PassKey[]): (kid: unknown) => Promise<CryptoKey> {
  const imported = new Map<string, Promise<CryptoKey>>();
  return async kid => {
    const key = keys.find(one => one.kid === kid);
    if (!key) throw new errors.JWKSNoMatchingKey();
    const known = imported.get(key.kid) ?? importJWK({...key}, algorithm);
    imported.set(key.kid, known);
    return await known;
  };
}

/** Opens the keys for the tokens of one site. */
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
