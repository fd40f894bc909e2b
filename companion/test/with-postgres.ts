/** Runs a command with a PostgreSQL server beside it: `with-postgres.ts node --test …`. */

import {spawn} from 'node:child_process';
import {startPostgres} from './postgres.js';

const [command = '', ...args] = process.argv.slice(2);
const server = await startPostgres();
const child = spawn(command, args, {
  stdio: 'inherit',
  env: {...process.env, TEST_POSTGRES_URL: server.url},
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
const code = await new Promise<number>(resolve => {
  child.on('error', () => resolve(1));
  child.on('close', status => resolve(status ?? 1));
});
await server.stop();
process.exitCode = code;
