/** How does a meter hold without an account? As a signed list of hashed article keys in a cookie. */

import {jwtVerify, SignJWT} from 'jose';
import {longestPeriod} from '../../core/meter/meter-period.js';

const audience = 'support-meter';

/** Keys for signing, newest first; the older ones are still believed while they are being rolled. */
export type GateSecrets = readonly [string, ...string[]];

const bytes = (secret: string): Uint8Array => new TextEncoder().encode(secret);

/** Throws on a key that can be guessed. */
export function checkSecrets(secrets: readonly string[]): void {
  const short = secrets.find(secret => bytes(secret).length < 32);
  if (secrets.length === 0 || short !== undefined) {
    const received = short === undefined ? 'none' : `one of ${bytes(short).length}`;
    throw new TypeError(
      `createGate: expected \`secrets\` of at least 32 bytes each but received ${received}. Make one with: openssl rand -base64 32`,
    );
  }
}

/** Signs what may be told to a browser and read back: never an address or a name. */
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

/** What was signed with one of the keys for this purpose and has not expired; otherwise `undefined`. */
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

/** The token for what a meter has counted. */
export function signMeter(
  counted: readonly string[],
  now: number,
  secrets: GateSecrets,
): Promise<string> {
  return sign({m: counted}, audience, now + longestPeriod * 86_400_000, secrets);
}

/** What a token has counted; nothing where it was forged, changed or has expired. */
export async function readMeter(
  token: string | undefined,
  now: number,
  secrets: GateSecrets,
): Promise<readonly string[]> {
  const claims = token ? await verify(token, audience, now, secrets) : undefined;
  const counted = claims?.['m'];
  return Array.isArray(counted) ? counted.filter(one => typeof one === 'string') : [];
}
