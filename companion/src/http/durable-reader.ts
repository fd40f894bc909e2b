/** Echoes the reader record in a cookie, because some browsers delete what scripts have stored. */

import type {Context} from 'hono';
import {emptyState, type ReaderState, readState, writeState} from 'reader-support/core';
import {readBody} from './body.js';
import type {Env} from './address.js';
import type {SiteSettings} from './settings.js';
import {corsHeaders, requireAllowedOrigin} from './origin.js';
import {Problem} from './problem.js';

/** The cookie that holds the record as base64 of its JSON. The page's script can read it. */
export const readerCookie = 'support-reader';

/** The largest cookie that browsers keep, in bytes: name, value and attributes. */
const largestCookie = 4096;
/** The longest lifetime that browsers allow, in seconds. */
const longest = 400 * 86_400;
/** The largest record in bytes, with every list full. */
const largestRecord = 32 * 1024;

/** Encodes a record as ASCII JSON, so that `atob()` alone restores it. */
const encode = (state: ReaderState): string =>
  btoa(
    writeState(state).replace(
      /[^\x20-\x7e]/g,
      unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );

/** Reads the record from a `Cookie` header; an empty one when there is none or it is unreadable. */
export function readerOf(header: string | null): ReaderState {
  const value = new RegExp(`(?:^|;\\s*)${readerCookie}=([^;]*)`).exec(header ?? '')?.[1] ?? '';
  try {
    return readState(atob(value)).state;
  } catch {
    return emptyState;
  }
}

/** Yields ever smaller records: without articles, then views, the meter, and the snoozes that end first. */
function* everSmaller(state: ReaderState): Generator<ReaderState> {
  let {views, meter, closes} = state;
  yield state;
  yield (state = {...state, read: []});
  while (views.length) {
    views = views.slice(Math.ceil(views.length / 2));
    yield (state = {...state, views});
  }
  while (meter.length) {
    meter = [...meter].sort().slice(Math.ceil(meter.length / 2));
    yield (state = {...state, meter});
  }
  closes = [...closes].sort((a, b) => a.until - b.until);
  while (closes.length) {
    closes = closes.slice(Math.ceil(closes.length / 4));
    yield (state = {...state, closes});
  }
}

/** Returns `Set-Cookie` with as much of a record as fits; an empty record deletes the cookie. */
export function cookieFor(state: ReaderState, isSecure: boolean): string {
  const attributes = (age: number) =>
    `; Path=/; Max-Age=${age}; SameSite=Lax${isSecure ? '; Secure' : ''}`;
  const nothing = encode(emptyState);
  for (const smaller of everSmaller(state)) {
    const value = encode(smaller);
    if (value === nothing) break;
    const cookie = `${readerCookie}=${value}${attributes(longest)}`;
    if (cookie.length <= largestCookie) return cookie;
  }
  return `${readerCookie}=${attributes(0)}`;
}

/** Creates the route, which returns the posted record as a cookie. An empty record deletes the cookie. */
export function readerRoute({
  origins,
  site,
}: Pick<SiteSettings, 'origins' | 'site'>): (context: Context<Env>) => Promise<Response> {
  return async context => {
    const request = context.req.raw;
    requireAllowedOrigin(request, origins);
    const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
    if (type.trim().toLowerCase() !== 'application/json')
      throw new Problem(415, 'unsupported-media-type');
    const text = new TextDecoder().decode(await readBody(request, largestRecord));
    const {state, locked} = readState(text);
    // A newer version's record must not be shortened by this one; a broken one is not worth keeping.
    const version = versionOf(text);
    if (locked || version !== 1) throw new Problem(422, 'invalid-request');
    return new Response(null, {
      status: 204,
      headers: {
        ...corsHeaders(request, origins),
        'cache-control': 'no-store',
        'set-cookie': cookieFor(state, site.startsWith('https:')),
      },
    });
  };
}

function versionOf(text: string): unknown {
  try {
    return (Object(JSON.parse(text)) as {v?: unknown}).v;
  } catch {
    return undefined;
  }
}
