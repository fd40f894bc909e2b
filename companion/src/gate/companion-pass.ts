/** Asks the companion whether the reader holds a valid pass. */

import {decodeJwt} from 'jose';
import {readCookie} from '../http/cookies.js';
import type {EntitlementProvider} from './access-decision.js';

/** The site's companion as an entitlement provider. */
export interface CompanionPass extends EntitlementProvider {
  /** Resolves with the subject of the reader's pass if the companion confirms it; never a name or an address. */
  supporter(request: Request): Promise<string | undefined>;
}

/**
 * Asks the companion's `GET /access` with the reader's own cookies. `ask` is `fetch`, or the
 * companion's own where it runs in the same process: `request => companion.fetch(request)`.
 */
export function companionPass(
  access: string | URL,
  ask: (request: Request) => Promise<Response> = request => fetch(request),
): CompanionPass {
  const look = async (request: Request) => {
    const headers = {cookie: request.headers.get('cookie') ?? ''};
    // Most readers have no pass cookie, so the companion need not be asked.
    if (!/(^|;\s*)(__Host-)?support-pass=/.test(headers.cookie)) return {pass: false};
    const response = await ask(new Request(access, {headers}));
    if (!response.ok)
      throw new Error(`expected the companion to answer but received ${response.status}`);
    return (await response.json()) as {pass?: unknown; until?: unknown};
  };
  return {
    id: 'pass',
    async ask(request) {
      const {pass, until} = await look(request);
      if (pass !== true) return {state: 'no'};
      return {state: 'yes', ...(typeof until === 'number' ? {until} : {})};
    },
    async supporter(request) {
      if ((await look(request)).pass !== true) return undefined;
      const token =
        readCookie(request, '__Host-support-pass') ?? readCookie(request, 'support-pass');
      return token ? decodeJwt(token).sub : undefined;
    },
  };
}
