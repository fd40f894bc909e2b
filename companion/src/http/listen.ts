/** Serves the companion on Node. */

import type {AddressInfo} from 'node:net';
import {createAdaptorServer} from '@hono/node-server';
import type {RequestHandler} from './address.js';
import type {CurrentRequest} from './current-request.js';

/** Options of the server. */
export interface ListenOptions {
  /** The port; 0 picks a free one. Default: 8080. */
  readonly port?: number;
  /** The host. Default: `localhost`, which only this machine reaches. Behind a proxy elsewhere: `0.0.0.0`. */
  readonly host?: string;
  /** Called for every response, without address and path, because a path may contain a reader's token. */
  readonly answered?: (answer: Answered) => void;
}

/** A response, for a log. */
export interface Answered {
  readonly method: string;
  readonly status: number;
  /** How long the response took. */
  readonly ms: number;
  /** The name of the route, from a fixed list. */
  readonly route?: string;
  /** The id of the request, as in `X-Request-Id`. */
  readonly requestId?: string;
}

/** A running server. */
export interface Listening {
  /** The URL, with the actual port. */
  readonly url: string;
  /**
   * Stops accepting connections and resolves when current requests are answered, or after `timeoutMs` ms
   * (default: 10,000), when the remaining ones are aborted.
   */
  stop(timeoutMs?: number): Promise<void>;
}

/** How long a client may take to send its request, in ms. */
const slowest = 15_000;

/** Starts the server. Rejects when the port is in use. */
export async function listen(
  companion: RequestHandler,
  {port = 8080, host = 'localhost', answered}: ListenOptions = {},
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: async (request, env) => {
      const started = performance.now();
      let current: CurrentRequest | undefined;
      const response = await companion.fetch(request, {
        address: env.incoming.socket.remoteAddress,
        isMeasured: true,
        heard: named => (current = named),
      });
      answered?.({
        method: request.method,
        status: response.status,
        ms: Math.round(performance.now() - started),
        ...(current && {route: current.route, requestId: current.id}),
      });
      return response;
    },
    serverOptions: {requestTimeout: slowest, headersTimeout: slowest, keepAliveTimeout: 5000},
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const {port: taken, address, family} = server.address() as AddressInfo;
  const isEverywhere = address === '0.0.0.0' || address === '::' || host === 'localhost';
  const name = isEverywhere ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  return {
    url: `http://${name}:${taken}`,
    stop: (timeoutMs = 10_000) =>
      new Promise(resolve => {
        const cut = setTimeout(() => {
          if ('closeAllConnections' in server) server.closeAllConnections();
        }, timeoutMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        if ('closeIdleConnections' in server) server.closeIdleConnections();
      }),
  };
}
