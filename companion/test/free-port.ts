/** Finds a free port for servers that must be told one, or that come back on the same one. */

import {createServer} from 'node:net';

/** Whether the port is free. */
const isFree = (port: number) =>
  new Promise<boolean>(resolve => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/**
 * A free port that stays free. Linux hands out ports from 32768 on to whoever listens on 0 or
 * connects, and other files of tests do both at this moment: below that, nobody gets one by chance.
 */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    if (await isFree(port)) return port;
  }
  throw new Error('expected a free port below 32000 but found none');
}
