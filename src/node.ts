/** How does a companion listen on Node? */

import type {AddressInfo} from 'node:net';
import {createAdaptorServer} from '@hono/node-server';
import type {SupportServer} from './server/index.js';

/** Where to listen, and what to hear about. */
export interface ListenOptions {
  /** 0 picks a free one. Default: 8080. */
  readonly port?: number;
  /** Default: `localhost`, which only this machine reaches. Behind a proxy of another machine: `0.0.0.0`. */
  readonly host?: string;
  /** Hears of every answer. There is no address in it, and no path: a path may hold a reader's token. */
  readonly answered?: (answer: Answered) => void;
}

/** One answer, for a log. */
export interface Answered {
  readonly method: string;
  readonly status: number;
  /** How long it took. */
  readonly ms: number;
}

/** A companion that listens. */
export interface Listening {
  /** With the port that was taken. */
  readonly url: string;
  /**
   * Takes no more connections and resolves when the requests under way are answered, or after
   * `patience` ms (default 10,000), when what is left is cut off.
   */
  stop(patience?: number): Promise<void>;
}

/** Ms that a client may take to send its request, slowly or not. */
const slowest = 15_000;

/** Starts to listen; rejects when the port is taken. */
export async function listen(
  companion: Pick<SupportServer, 'fetch'>,
  {port = 8080, host = 'localhost', answered}: ListenOptions = {},
): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: async (request, env) => {
      const started = performance.now();
      const response = await companion.fetch(request, {
        address: env.incoming.socket.remoteAddress,
      });
      answered?.({
        method: request.method,
        status: response.status,
        ms: Math.round(performance.now() - started),
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
    stop: (patience = 10_000) =>
      new Promise(resolve => {
        const cut = setTimeout(() => {
          if ('closeAllConnections' in server) server.closeAllConnections();
        }, patience);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        if ('closeIdleConnections' in server) server.closeIdleConnections();
      }),
  };
}
