/** Asks the site's companion whether the reader may read everything. Never throws. */

import type {EntitlementAnswer} from '../../core/meter/access.js';
import {ownProperties} from '../../core/own-properties.js';

/** Requests `GET /access` with the reader's own cookies, unless the reader has no pass. */
export async function askAccess(
  address: string | undefined,
  signal: AbortSignal,
): Promise<EntitlementAnswer> {
  // The hint proves nothing; it only saves a request.
  if (!address || !/(^|; )support-hint=/.test(document.cookie)) return {state: 'no'};
  const request = ownProperties<RequestInit>({
    credentials: 'same-origin',
    cache: 'no-store',
    signal,
  });
  try {
    const response = await fetch(address, request);
    const {pass, until} = ownProperties(Object(await response.json())) as {
      pass?: unknown;
      until?: unknown;
    };
    if (!response.ok) return {state: 'failed'};
    if (pass !== true) return {state: 'no'};
    return {state: 'yes', ...(typeof until === 'number' && {until})};
  } catch {
    return {state: 'failed'};
  }
}
