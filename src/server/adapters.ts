/** How do runtimes other than Node call the companion? Each tells the caller's address in a way of its own. */

import type {SupportServer} from './index.js';

type Handler<Rest extends unknown[]> = (request: Request, ...rest: Rest) => Promise<Response>;

/** What Deno says of a connection. */
interface DenoInfo {
  readonly remoteAddr: {readonly transport: string; readonly hostname?: string};
}

/** The handler for `Deno.serve()`. */
export function forDeno(companion: Pick<SupportServer, 'fetch'>): Handler<[DenoInfo]> {
  return (request, {remoteAddr}) => companion.fetch(request, {address: remoteAddr.hostname});
}

/** What Bun's server can be asked. */
interface BunServer {
  requestIP(request: Request): {readonly address: string} | null;
}

/** The `fetch` for `Bun.serve()`. */
export function forBun(companion: Pick<SupportServer, 'fetch'>): Handler<[BunServer]> {
  return (request, server) =>
    companion.fetch(request, {address: server.requestIP(request)?.address});
}

/** What a Worker exports. */
export interface WorkerHandler<Env> {
  fetch(request: Request, env: Env): Promise<Response>;
  /** A cron trigger: one turn of every job. */
  scheduled(event: unknown, env: Env): Promise<void>;
}

/**
 * What a Cloudflare Worker exports as default. The companion is made once per isolate, from the
 * Worker's bindings, at its first request.
 */
export function forWorkers<Env>(
  make: (env: Env) => SupportServer | Promise<SupportServer>,
): WorkerHandler<Env> {
  let made: Promise<SupportServer> | undefined;

  async function companionOf(env: Env): Promise<SupportServer> {
    made ??= Promise.resolve(make(env));
    try {
      return await made;
    } catch (error) {
      // A store that was down when the isolate began is asked again.
      made = undefined;
      throw error;
    }
  }

  return {
    async fetch(request, env) {
      const companion = await companionOf(env);
      // Cloudflare writes this header itself, over whatever a caller sent.
      const address = request.headers.get('cf-connecting-ip') ?? undefined;
      return await companion.fetch(request, {address});
    },
    async scheduled(_event, env) {
      const {jobs} = await companionOf(env);
      const failures: unknown[] = [];
      for (const {run} of jobs) await run().catch((error: unknown) => failures.push(error));
      // Told when every job has had its turn: one that fails keeps no other from its own.
      if (failures.length > 0) throw new AggregateError(failures, failures.join('; '));
    },
  };
}
