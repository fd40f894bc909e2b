/** How does a browser remember a "not now" that a script wrote, after it has forgotten what scripts write? */

import type {Context} from 'hono';
import {writeState} from '../core/cadence/reader-record.js';
import {emptyState, readState, type ReaderState} from '../core/cadence/reader-state.js';
import {readBody} from './body.js';
import type {Env} from './checkout/checkout.js';
import type {Settings} from './options.js';
import {corsHeaders, refuseStrangers} from './origin.js';
import {Problem} from './problem.js';

/** The cookie that holds the record: base64 of its JSON, readable by the page's script. */
export const readerCookie = 'support-reader';

/** What a browser keeps of one cookie: name, value and attributes. */
const largestCookie = 4096;
/** As long as a browser keeps any. */
const longest = 400 * 86_400;
/** A record as scripts keep it, with every list full. */
const largestRecord = 32 * 1024;

/** Texts of ASCII only, so that `atob()` alone gives the JSON back. */
const encode = (state: ReaderState): string =>
  btoa(
    writeState(state).replace(
      /[^\x20-\x7e]/g,
      unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );

/** The record in a `Cookie` header; an empty one when there is none that can be read. */
export function readerOf(header: string | null): ReaderState {
  const value = new RegExp(`(?:^|;\\s*)${readerCookie}=([^;]*)`).exec(header ?? '')?.[1] ?? '';
  try {
    return readState(atob(value)).state;
  } catch {
    return emptyState;
  }
}

/** The record without what matters least: articles, then views, then the meter, then the quiets that end first. */
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

/** The `Set-Cookie` for a record, as much of it as fits; one that deletes it when nothing is left to remember. */
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

/** Makes the route: it hands the record it was sent back as a cookie. An empty record ends the cookie. */
export function readerRoute({
  origins,
  site,
}: Settings): (context: Context<Env>) => Promise<Response> {
  return async context => {
    const request = context.req.raw;
    refuseStrangers(request, origins);
    const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
    if (type.trim().toLowerCase() !== 'application/json') throw new Problem(415, 'refused');
    const text = new TextDecoder().decode(await readBody(request, largestRecord));
    const {state, locked} = readState(text);
    // A newer version's record is not ours to shorten; a broken one is nothing to remember.
    const version = versionOf(text);
    if (locked || version !== 1) throw new Problem(422, 'refused');
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
