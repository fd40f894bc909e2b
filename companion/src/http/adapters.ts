/** Adapts the companion to Deno, Bun and Cloudflare Workers, which each report the caller's address differently. */

import type {RequestHandler} from './address.js';

type Handler<Rest extends unknown[]> = (request: Request, ...rest: Rest) => Promise<Response>;

/** What Deno passes about a connection. */
interface DenoInfo {
  readonly remoteAddr: {readonly transport: string; readonly hostname?: string};
}

/** The handler for `Deno.serve()`. */
export function forDeno(companion: RequestHandler): Handler<[DenoInfo]> {
  return (request, {remoteAddr}) => companion.fetch(request, {address: remoteAddr.hostname});
}

/** The part of Bun's server that is used. */
interface BunServer {
  requestIP(request: Request): {readonly address: string} | null;
}

/** The `fetch` for `Bun.serve()`. */
export function forBun(companion: RequestHandler): Handler<[BunServer]> {
  return (request, server) =>
    companion.fetch(request, {address: server.requestIP(request)?.address});
}

/** The default export of a Worker. */
export interface WorkerHandler<Env> {
  fetch(request: Request, env: Env): Promise<Response>;
  /** Runs every job once, on a cron trigger. */
  scheduled(event: unknown, env: Env): Promise<void>;
}

/** A companion that has jobs to do beside answering. */
interface WorkingCompanion extends RequestHandler {
  readonly jobs: readonly {run(): Promise<unknown>}[];
}

/**
 * Returns the default export of a Cloudflare Worker. The companion is created once per isolate, from the
 * Worker's bindings, at its first request.
 */
export function forWorkers<Env>(
  make: (env: Env) => WorkingCompanion | Promise<WorkingCompanion>,
): WorkerHandler<Env> {
  let made: Promise<WorkingCompanion> | undefined;

  async function companionOf(env: Env): Promise<WorkingCompanion> {
    made ??= Promise.resolve(make(env));
    try {
      return await made;
    } catch (error) {
      // The store may have been down when the isolate started: the next request tries again.
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
      // Thrown after every job has run, so that one failure does not stop the others.
      if (failures.length > 0) throw new AggregateError(failures, failures.join('; '));
    },
  };
}
