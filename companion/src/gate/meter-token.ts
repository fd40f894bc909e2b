/** Signs the meter as a list of hashed article keys in a cookie, so that it needs no account. */

import {jwtVerify, SignJWT} from 'jose';
import {longestPeriod} from 'reader-support/core';

const audience = 'support-meter';

/** Signing keys, newest first; older ones still verify while keys are rotated. */
export type GateSecrets = readonly [string, ...string[]];

const bytes = (secret: string): Uint8Array => new TextEncoder().encode(secret);

/** Throws a `TypeError` on a key that is too short. */
export function checkSecrets(secrets: readonly string[]): void {
  const short = secrets.find(secret => bytes(secret).length < 32);
  if (secrets.length === 0 || short !== undefined) {
    const received = short === undefined ? 'none' : `one of ${bytes(short).length}`;
    throw new TypeError(
      `createGate: expected \`secrets\` of at least 32 bytes each but received ${received}. Make one with: openssl rand -base64 32`,
    );
  }
}

/** Signs a payload that a browser may see and send back: never an address or a name. */
export async function sign(
  claims: Readonly<Record<string, unknown>>,
  kind: string,
  until: number,
  [secret]: GateSecrets,
): Promise<string> {
  return new SignJWT({...claims})
    .setProtectedHeader({alg: 'HS256'})
    .setAudience(kind)
    .setExpirationTime(Math.floor(until / 1000))
    .sign(bytes(secret));
}

/** Returns the payload if one of the keys signed it for this purpose and it has not expired. */
export async function verify(
  token: string,
  kind: string,
  now: number,
  secrets: GateSecrets,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  for (const secret of secrets) {
    try {
      const {payload} = await jwtVerify(token, bytes(secret), {
        audience: kind,
        algorithms: ['HS256'],
        currentDate: new Date(now),
        requiredClaims: ['exp'],
      });
      return payload;
    } catch {
      // Another key may fit.
    }
  }
  return undefined;
}

/** Returns the token for a meter's state. */
export function signMeter(
  articles: readonly string[],
  now: number,
  secrets: GateSecrets,
): Promise<string> {
  return sign({m: articles}, audience, now + longestPeriod * 86_400_000, secrets);
}

/** Reads the meter's state from a token; empty if it was forged, changed or has expired. */
export async function readMeter(
  token: string | undefined,
  now: number,
  secrets: GateSecrets,
): Promise<readonly string[]> {
  const claims = token ? await verify(token, audience, now, secrets) : undefined;
  const articles = claims?.['m'];
  return Array.isArray(articles) ? articles.filter(key => typeof key === 'string') : [];
}
