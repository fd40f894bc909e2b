/** Verifies that a request comes from the site's own pages, and answers CORS preflights. */

import {Problem} from './problem.js';

/**
 * Throws a `Problem` for a request that another site's page may have caused. Browsers send `Origin` with
 * every POST; where it is missing, `Sec-Fetch-Site` must say `same-origin`.
 */
export function requireAllowedOrigin(request: Request, origins: ReadonlySet<string>): void {
  const origin = request.headers.get('origin');
  const ours = origin
    ? origins.has(origin)
    : request.headers.get('sec-fetch-site') === 'same-origin';
  if (!ours) throw new Problem(403, 'origin-not-allowed');
}

/** Returns the CORS headers for an allowed page on another origin. Never a wildcard, never `null`. */
export function corsHeaders(
  request: Request,
  origins: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  const origin = request.headers.get('origin');
  return origin && origins.has(origin)
    ? {'access-control-allow-origin': origin, vary: 'Origin'}
    : {vary: 'Origin'};
}

/** Answers a preflight request. */
export function preflight(
  request: Request,
  origins: ReadonlySet<string>,
  methods: string,
): Response {
  requireAllowedOrigin(request, origins);
  return new Response(null, {
    status: 204,
    headers: {
      ...corsHeaders(request, origins),
      'access-control-allow-methods': methods,
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '600',
      'cache-control': 'no-store',
    },
  });
}
