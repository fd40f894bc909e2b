/** Is this really the search engine it says it is? Its address knows; its name can be anybody's. */

import {bytesOf, isInNetwork, parseNetwork, type Network} from './networks.js';

/** Looks names and addresses up. On Node: `reverse`, `resolve4` and `resolve6` of `node:dns/promises`. */
export interface Resolver {
  reverse(address: string): Promise<readonly string[]>;
  /** Every address of a name, of both kinds. */
  resolve(name: string): Promise<readonly string[]>;
}

/** Which crawlers may read everything. Without one of the two ways to verify, none may. */
export interface CrawlerRules {
  /** Domains that the engines' own hosts are named in: `googlebot.com`, `search.msn.com`. Needs a resolver. */
  readonly domains?: readonly string[];
  readonly resolver?: Resolver;
  /** Networks that the engines publish: `66.249.64.0/19`. */
  readonly networks?: readonly string[];
  /** How long an answer is remembered, in ms. Default: a day. */
  readonly remember?: number;
  /** How long we wait for an answer, in ms. Default: 1000. */
  readonly patience?: number;
}

const mostRemembered = 1000;

/** Makes the check. It fails closed: no answer, a late one or a broken one is a no. */
export function crawlerCheck(
  rules: CrawlerRules,
): (address: string | undefined, now: number) => Promise<boolean> {
  const {domains = [], resolver, remember = 86_400_000, patience = 1000} = rules;
  const networks: readonly Network[] = (rules.networks ?? []).map(parseNetwork);
  const known = new Map<string, {readonly isReal: boolean; readonly until: number}>();

  const isNamedSo = (name: string) => {
    const plain = name.toLowerCase().replace(/\.$/, '');
    return domains.some(domain => plain.endsWith(`.${domain.toLowerCase()}`));
  };

  /** The name of the address must be the engine's, and that name must lead back to the address. */
  async function lookUp(address: string, dns: Resolver): Promise<boolean> {
    const own = String(bytesOf(address));
    for (const name of (await dns.reverse(address)).filter(isNamedSo)) {
      // Anybody may give their address any name; only the engine can give its name an address.
      if ((await dns.resolve(name)).some(one => String(bytesOf(one)) === own)) return true;
    }
    return false;
  }

  return async (address, now) => {
    if (address === undefined || !bytesOf(address)) return false;
    if (networks.some(network => isInNetwork(address, network))) return true;
    if (!resolver || domains.length === 0) return false;
    const before = known.get(address);
    if (before && before.until > now) return before.isReal;
    let timer: unknown;
    const late = new Promise<undefined>(resolve => {
      timer = setTimeout(resolve, patience, undefined);
    });
    const found = await Promise.race([lookUp(address, resolver).catch(() => undefined), late]);
    clearTimeout(timer as number);
    // What could not be found out is asked again soon.
    const until = now + (found === undefined ? Math.min(remember, 60_000) : remember);
    if (known.size >= mostRemembered) known.delete(known.keys().next().value ?? '');
    known.set(address, {isReal: found === true, until});
    return found === true;
  };
}
