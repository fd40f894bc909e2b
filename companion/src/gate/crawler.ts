/** Verifies search engine crawlers by their address, because anyone can send their name. */

import {bytesOf, isInNetwork, parseNetwork, type Network} from './networks.js';

/** Resolves names and addresses. On Node: `reverse`, `resolve4` and `resolve6` of `node:dns/promises`. */
export interface Resolver {
  reverse(address: string): Promise<readonly string[]>;
  /** Resolves with every IPv4 and IPv6 address of a name. */
  resolve(name: string): Promise<readonly string[]>;
}

/** Which crawlers may read everything. Without `domains` or `networks`, none may. */
export interface CrawlerRules {
  /** Domains of the engines' own hosts: `googlebot.com`, `search.msn.com`. Requires a resolver. */
  readonly domains?: readonly string[];
  readonly resolver?: Resolver;
  /** Networks that the engines publish, such as `66.249.64.0/19`. */
  readonly networks?: readonly string[];
  /** How long a result is cached, in ms. Default: one day. */
  readonly remember?: number;
  /** How long to wait for an answer, in ms. Default: 1000. */
  readonly timeoutMs?: number;
}

const mostRemembered = 1000;

/** Creates the check. It fails closed: a missing, late or invalid answer means no. */
export function crawlerCheck(
  rules: CrawlerRules,
): (address: string | undefined, now: number) => Promise<boolean> {
  const {domains = [], resolver, remember = 86_400_000, timeoutMs = 1000} = rules;
  const networks: readonly Network[] = (rules.networks ?? []).map(parseNetwork);
  const results = new Map<string, {readonly isReal: boolean; readonly until: number}>();

  const isNamedSo = (name: string) => {
    const plain = name.toLowerCase().replace(/\.$/, '');
    return domains.some(domain => plain.endsWith(`.${domain.toLowerCase()}`));
  };

  /** Whether the address resolves to a name of the engine and that name resolves back to the address. */
  async function lookUp(address: string, dns: Resolver): Promise<boolean> {
    const own = String(bytesOf(address));
    for (const name of (await dns.reverse(address)).filter(isNamedSo)) {
      // Anyone can give their own address any name; only the engine can give its name an address.
      if ((await dns.resolve(name)).some(candidate => String(bytesOf(candidate)) === own))
        return true;
    }
    return false;
  }

  return async (address, now) => {
    if (address === undefined || !bytesOf(address)) return false;
    if (networks.some(network => isInNetwork(address, network))) return true;
    if (!resolver || domains.length === 0) return false;
    const before = results.get(address);
    if (before && before.until > now) return before.isReal;
    let timer: unknown;
    const timeout = new Promise<undefined>(resolve => {
      timer = setTimeout(resolve, timeoutMs, undefined);
    });
    const isReal = await Promise.race([lookUp(address, resolver).catch(() => undefined), timeout]);
    clearTimeout(timer as number);
    // A failed lookup is cached briefly.
    const until = now + (isReal === undefined ? Math.min(remember, 60_000) : remember);
    if (results.size >= mostRemembered) results.delete(results.keys().next().value ?? '');
    results.set(address, {isReal: isReal === true, until});
    return isReal === true;
  };
}
