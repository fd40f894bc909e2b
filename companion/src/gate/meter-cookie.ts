/** Reads and writes the cookie that holds the meter token. */

import {longestPeriod} from 'reader-support/core';

const name = 'support-meter';

/** Returns the meter token of a request. */
export function readCookie(request: Request): string | undefined {
  const all = request.headers.get('cookie') ?? '';
  const match = /(?:^|;\s*)(?:__Host-)?support-meter=([\w.-]+)/.exec(all);
  return match?.[1];
}

/** Returns the `Set-Cookie` header for a token. Scripts cannot read it. It is `Secure` except on localhost. */
export function meterCookie(token: string, {hostname}: URL): string {
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  const age = longestPeriod * 86_400;
  const plain = `${name}=${token}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax`;
  return isHere ? plain : `__Host-${plain}; Secure`;
}
