/** Asks all of the site's providers about a reader, and stops waiting after a while. */

import type {Entitlement, EntitlementAnswer} from 'reader-support/core';
import type {Connection} from '../http/address.js';

/** A provider that knows whether a reader may read everything: a pass, an institution, a partner. */
export interface EntitlementProvider {
  readonly id: string;
  /** The answer when the provider fails or takes too long. Default: `no`. */
  readonly onTimeout?: 'yes' | 'no';
  ask(
    request: Request,
    connection: Connection,
  ): EntitlementAnswer | boolean | Promise<EntitlementAnswer | boolean>;
}

function asAnswer(answer: EntitlementAnswer | boolean): EntitlementAnswer {
  return typeof answer === 'boolean' ? {state: answer ? 'yes' : 'no'} : answer;
}

/**
 * Asks every provider at once. Resolves on the first yes that counts, when all have answered, or after
 * `timeoutMs` ms: a provider that has not answered by then counts as failed.
 */
export function askProviders(
  providers: readonly EntitlementProvider[],
  request: Request,
  connection: Connection,
  now: number,
  timeoutMs: number,
): Promise<readonly Entitlement[]> {
  const answers = new Map<EntitlementProvider, EntitlementAnswer>();
  return new Promise(resolve => {
    const end = () => {
      clearTimeout(timer);
      resolve(
        providers.map(provider => ({
          provider: provider.id,
          answer: answers.get(provider) ?? {state: 'failed'},
          ...(provider.onTimeout ? {onTimeout: provider.onTimeout} : {}),
        })),
      );
    };
    const timer = setTimeout(end, timeoutMs);
    if (providers.length === 0) end();
    for (const provider of providers) {
      // A provider that throws synchronously is treated like one that rejects.
      void Promise.resolve()
        .then(async () => asAnswer(await provider.ask(request, connection)))
        .catch((): EntitlementAnswer => ({state: 'failed'}))
        .then(answer => {
          answers.set(provider, answer);
          const holds = answer.state === 'yes' && (answer.until ?? Infinity) > now;
          if (holds || answers.size === providers.length) end();
        });
    }
  });
}
