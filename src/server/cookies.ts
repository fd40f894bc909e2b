/** Which cookies does the companion set, and how are they read back? */

/** A cookie of ours. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Ms; 0 takes it away. */
  readonly maxAge: number;
  /** Whether scripts of the page may read it. */
  readonly readable?: boolean;
}

/** The value of the cookie with this name. Of two with one name, as a subdomain can plant one, neither counts. */
export function readCookie(request: Request, name: string): string | undefined {
  const found = (request.headers.get('cookie') ?? '')
    .split(';')
    .map(pair => pair.trim())
    .filter(pair => pair.startsWith(`${name}=`));
  const [only] = found;
  return found.length === 1 ? only?.slice(name.length + 1) : undefined;
}

/**
 * The name a cookie goes by on this site. `__Host-` binds it to the very host, the whole path and
 * https, so no other host of the domain can plant one. On plain http, which is this machine only,
 * browsers would drop it.
 */
export function cookieName(site: string, name: string): string {
  return site.startsWith('https:') ? `__Host-${name}` : name;
}

/** The `Set-Cookie` header. Values are base64url and dots, or one digit: nothing needs quoting. */
export function setCookie(site: string, {name, value, maxAge, readable}: Cookie): string {
  return [
    `${name}=${value}`,
    'Path=/',
    `Max-Age=${Math.max(0, Math.floor(maxAge / 1000))}`,
    'SameSite=Lax',
    ...(site.startsWith('https:') ? ['Secure'] : []),
    ...(readable ? [] : ['HttpOnly']),
  ].join('; ');
}
