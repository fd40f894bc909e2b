/** Knows which request is being answered, so that each line of the log can name it. */

/** A request, as the log names it. */
export interface CurrentRequest {
  readonly id: string;
  /** The name of its route, from a fixed list. */
  readonly route: string;
}

interface Storage {
  run<T>(request: CurrentRequest, answer: () => T): T;
  getStore(): CurrentRequest | undefined;
}

/** The runtime's own storage: Node 20.16, Deno, Bun, and Workers with `nodejs_compat` have one. An import would need it. */
function openStorage(): Storage | undefined {
  const {process} = globalThis as {process?: {getBuiltinModule?(name: string): unknown}};
  const hooks = process?.getBuiltinModule?.('node:async_hooks') as
    {readonly AsyncLocalStorage?: new () => Storage} | undefined;
  return hooks?.AsyncLocalStorage && new hooks.AsyncLocalStorage();
}

const storage = openStorage();

/** Answers a request, and lets `currentRequest()` return it meanwhile. */
export function duringRequest<T>(request: CurrentRequest, answer: () => T): T {
  return storage ? storage.run(request, answer) : answer();
}

/** Returns the request that is being answered; `undefined` in a job, or where the runtime cannot tell. */
export function currentRequest(): CurrentRequest | undefined {
  return storage?.getStore();
}

/** Returns the id that a proxy gave the request, or a random one. A dot is not taken, because addresses have some. */
export function requestIdOf({headers}: Request): string {
  const given = headers.get('x-request-id') ?? '';
  return /^[\w-]{1,64}$/.test(given) ? given : crypto.randomUUID();
}
