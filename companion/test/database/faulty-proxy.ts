/** Stands between a companion and its database, and stalls, resets or lies. */

import {connect, createServer, type AddressInfo, type Socket} from 'node:net';

/**
 * What happens to what passes. `stall`: nothing does, and connections stay open. `refuse`: connections are
 * closed at once. `lie`: what is asked arrives, and its answer is lost together with the connection.
 */
export type ProxyMode = 'pass' | 'stall' | 'refuse' | 'lie';

/** A proxy on a free port. */
export interface FaultyProxy {
  readonly port: number;
  mode: ProxyMode;
  /** Resets every connection. */
  reset(): void;
  stop(): Promise<void>;
}

/** Starts a proxy before a port of this machine. */
export async function startFaultyProxy(to: number): Promise<FaultyProxy> {
  const pairs = new Set<readonly [Socket, Socket]>();
  const proxy = {
    mode: 'pass' as ProxyMode,
    reset() {
      for (const pair of pairs) for (const socket of pair) socket.resetAndDestroy();
    },
  };
  const server = createServer(client => {
    if (proxy.mode === 'refuse') {
      client.resetAndDestroy();
      return;
    }
    const target = connect(to, '127.0.0.1');
    const pair = [client, target] as const;
    pairs.add(pair);
    for (const socket of pair) {
      socket.on('error', () => undefined);
      socket.on('close', () => {
        pairs.delete(pair);
        for (const other of pair) other.destroy();
      });
    }
    client.on('data', chunk => {
      if (proxy.mode !== 'stall') target.write(chunk);
    });
    target.on('data', chunk => {
      if (proxy.mode === 'lie') client.resetAndDestroy();
      else if (proxy.mode !== 'stall') client.write(chunk);
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(proxy, {
    port: (server.address() as AddressInfo).port,
    async stop() {
      proxy.reset();
      await new Promise(resolve => server.close(resolve));
    },
  });
}
