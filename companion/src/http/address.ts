/** Derives the caller's address from a request, and daily keys that do not reveal it. */

import type {CurrentRequest} from './current-request.js';
import {hmac} from './hmac.js';

/** What the runtime knows about the connection that the request does not contain. */
export interface Connection {
  /** The address of the peer: the reader's, or the nearest proxy's. */
  readonly address?: string | undefined;
  /** Whether the runtime never reads more of a body than `Content-Length`, as Node's parser guarantees. */
  readonly isMeasured?: boolean;
  /** Called with how the log names the request, before it is answered. */
  readonly heard?: (request: CurrentRequest) => void;
}

/** What Hono hands to a route here. */
export interface Env {
  readonly Bindings: Connection;
}

/** Something that answers requests as the companion does. */
export interface RequestHandler {
  fetch(request: Request, connection?: Connection): Promise<Response>;
}

/**
 * Returns the caller's address. Anyone can write `X-Forwarded-For`, so only the entries that the site's
 * own proxies (`trustedHops`) added are read, counted from the right.
 */
export function callerAddress(
  request: Request,
  connection: Connection | undefined,
  trustedHops: number,
): string | undefined {
  if (!trustedHops) return connection?.address;
  const hops = (request.headers.get('x-forwarded-for') ?? '').split(',').map(hop => hop.trim());
  return hops.at(-trustedHops) || connection?.address;
}

/** The headers in which proxies say for whom they ask. */
const forwarded = ['x-forwarded-for', 'forwarded', 'cf-connecting-ip', 'x-real-ip'];

/** Whether a proxy seems to stand in front of which the companion was told nothing: all readers then share its address. */
export function hasUntoldProxy({headers}: Request, trustedHops: number): boolean {
  return trustedHops === 0 && forwarded.some(name => headers.has(name));
}

/** Returns the network of an address, /24 or /64, so that a household or office counts as one caller. */
export function networkOf(address: string): string {
  const [network = ''] = networksOf(address);
  return network;
}

/** Returns the networks of an address, the smallest first: /24, or /64, /56 and /48, as providers hand them out. */
export function networksOf(address: string): readonly string[] {
  const plain = address.replace(/^\[|\](:\d+)?$/g, '').replace(/^::ffff:(?=\d+\.)/i, '');
  const v4 = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}(:\d+)?$/.exec(plain);
  if (v4?.[1]) return [v4[1]];
  const [head = '', tail] = (plain.split('%')[0] ?? '').toLowerCase().split('::');
  const groups = head ? head.split(':') : [];
  if (tail !== undefined) {
    const end = tail ? tail.split(':') : [];
    while (groups.length + end.length < 8) groups.push('0');
    groups.push(...end);
  }
  const parts = groups.slice(0, 4).map(group => group.replace(/^0+(?=.)/, ''));
  const [last = '0', ...before] = [...parts].reverse();
  const site = before.reverse().join(':');
  // The last two of the four digits are what a /56 leaves to a home.
  return [parts.join(':'), `${site}:${last.padStart(4, '0').slice(0, 2)}/56`, `${site}/48`];
}

/** Returns keys for the networks of an address, the smallest first: valid for one day, and no way back to the address. */
export async function callerKeys(
  secret: string,
  address: string,
  now: number,
): Promise<readonly string[]> {
  return await Promise.all(
    networksOf(address).map(network => dayKey(secret, `caller:${network}`, now)),
  );
}

/** Returns a key for a text that is valid for one day and cannot be turned back into the text. */
export async function dayKey(secret: string, what: string, now: number): Promise<string> {
  const day = Math.floor(now / 86_400_000);
  const mac = await hmac(secret, `${day}:${what}`);
  return btoa(String.fromCharCode(...new Uint8Array(mac, 0, 16)));
}
