/** Slows down who guesses a token of the newsroom, and tells the operator. */

import {callerAddress, networksOf, type Connection} from '../http/address.js';
import {Problem} from '../http/problem.js';
import type {SiteSettings} from '../http/settings.js';
import {slidingWindow} from './limiter.js';

const minute = 60_000;

/** So often may one network give a wrong token. */
const mostWrong = [{max: 10, windowMs: 10 * minute}];
/** The log has one line a minute, however many guesses there are. */
const logged = [{max: 1, windowMs: minute}];

/** Compares two texts in constant time. */
async function isSame(a: string, b: string): Promise<boolean> {
  const hash = async (text: string) =>
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  const [first, second] = [await hash(a), await hash(b)];
  return first.reduce((difference, byte, at) => difference | (byte ^ (second[at] ?? 0)), 0) === 0;
}

/** What is guessed. */
export type GuessedToken = 'report' | 'metrics';

type TokenCheck = (
  request: Request,
  connection: Connection,
  what: GuessedToken,
  given: string,
  token: string,
) => Promise<boolean>;

/**
 * Creates the check. Wrong tokens are counted by the caller's network, in this process alone: a /24, or a /48,
 * because whoever guesses may use every address that they rent.
 */
export function tokenCheck({
  log,
  now,
  onSuspicious,
  trustedHops,
}: Pick<SiteSettings, 'log' | 'now' | 'onSuspicious' | 'trustedHops'>): TokenCheck {
  const wrong = slidingWindow();
  const lines = slidingWindow();
  const shutUntil = new Map<string, number>();
  /** How many guesses the log has not told of yet. */
  let untold = 0;

  return async (request, connection, what, given, token) => {
    const time = now();
    const address = callerAddress(request, connection, trustedHops);
    const network = `${what}:${address === undefined ? '' : (networksOf(address).at(-1) ?? '')}`;
    const shutFor = (shutUntil.get(network) ?? 0) - time;
    if (shutFor > 0) throw tooMany(shutFor);
    shutUntil.delete(network);
    if (await isSame(given, token)) return true;
    untold += 1;
    if (!(await lines.take(what, logged, time))) {
      log({at: 'companion', problem: 'wrong-token', detail: {what, count: untold}});
      untold = 0;
    }
    const ms = await wrong.take(network, mostWrong, time);
    if (!ms) return false;
    if (shutUntil.size >= 10_000) shutUntil.clear();
    shutUntil.set(network, time + ms);
    onSuspicious({what, by: 'address'});
    throw tooMany(ms);
  };
}

const tooMany = (ms: number): Problem =>
  new Problem(429, 'rate-limited', {headers: {'retry-after': `${Math.ceil(ms / 1000)}`}});
