/** Writes the companion's cookies and reads them back. */

/** A cookie of the companion. */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** In ms; 0 deletes the cookie. */
  readonly maxAge: number;
  /** Whether scripts of the page may read it. */
  readonly readable?: boolean;
}

/** Returns the value of a cookie; `undefined` for a name that occurs twice, since a subdomain can plant one. */
export function readCookie(request: Request, name: string): string | undefined {
  const pairs = (request.headers.get('cookie') ?? '')
    .split(';')
    .map(pair => pair.trim())
    .filter(pair => pair.startsWith(`${name}=`));
  const [pair] = pairs;
  return pairs.length === 1 ? pair?.slice(name.length + 1) : undefined;
}

/**
 * Returns the name of a cookie on this site. `__Host-` binds it to the exact host, the root path and
 * HTTPS, so that no other host of the domain can plant one. On plain http, which only localhost uses,
 * browsers would reject the prefix.
 */
export function cookieName(site: string, name: string): string {
  return site.startsWith('https:') ? `__Host-${name}` : name;
}

/** Returns the `Set-Cookie` header. Values are base64url and dots, or one digit, so nothing needs quoting. */
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
