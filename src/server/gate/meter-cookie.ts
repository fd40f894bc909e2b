/** Under which name does a browser keep its meter token? */

import {longestPeriod} from '../../core/meter/meter-period.js';

const name = 'support-meter';

/** The token that came with a request. */
export function readCookie(request: Request): string | undefined {
  const all = request.headers.get('cookie') ?? '';
  const found = /(?:^|;\s*)(?:__Host-)?support-meter=([\w.-]+)/.exec(all);
  return found?.[1];
}

/** The cookie for a token. Scripts never see it. Only on this machine it travels without encryption. */
export function meterCookie(token: string, {hostname}: URL): string {
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  const age = longestPeriod * 86_400;
  const plain = `${name}=${token}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax`;
  return isHere ? plain : `__Host-${plain}; Secure`;
}
