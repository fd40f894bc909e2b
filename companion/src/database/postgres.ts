/** Connects to PostgreSQL so that connections may end, stall or break at any time and nothing else does. */

import {PostgresDialect, type Dialect, type PostgresPool, type PostgresPoolClient} from 'kysely';
import type {PoolFigures} from '../http/metrics.js';
import type {DatabaseError, Pool, PoolClient} from 'pg';
import {missingPackage} from './missing-package.js';

/** How long a statement may wait for the server or a lock before it fails, in ms. */
const timeoutMs = 5000;

/** Parses sums and counts, which PostgreSQL returns as text. Throws a `RangeError` above 2^53. */
function toNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && !Number.isSafeInteger(number))
    throw new RangeError('expected a whole number below 2^53 but received a larger one');
  return number;
}

/** Creates the dialect for a server: a pool of at most ten connections. */
export async function postgresDialect(
  url: string,
  readOnly: boolean,
): Promise<{readonly kyselyDialect: Dialect; readonly pool: () => PoolFigures}> {
  const {default: pg} = await import('pg').catch(missingPackage('pg', 'a PostgreSQL database'));
  const numbers = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    query_timeout: timeoutMs + 1000,
    idle_in_transaction_session_timeout: 2 * timeoutMs,
    keepAlive: true,
    application_name: 'reader-support',
    ...(readOnly && {options: '-c default_transaction_read_only=on'}),
    types: {
      getTypeParser: ((id, format) =>
        numbers.has(id) && format !== 'binary'
          ? toNumber
          : (pg.types.getTypeParser(id, format) as unknown)) as typeof pg.types.getTypeParser,
    },
  });
  // The pool replaces a closed idle connection; without a listener the error would end the process.
  pool.on('error', () => undefined);
  // The same for one in use: its statement fails, which is how its user hears of it.
  pool.on('connect', client => void client.on('error', () => undefined));
  return {
    kyselyDialect: new PostgresDialect({pool: dropBroken(pool)}),
    pool: () => ({
      used: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
  };
}

/** Whether the server itself refused a statement: its connection is sound. */
const isAnswer = (error: unknown): error is DatabaseError =>
  typeof (error as Partial<DatabaseError>).severity === 'string' &&
  // Class 57P ends the session: a shutdown, a crash, a database that is gone.
  !(error as DatabaseError).code?.startsWith('57P');

/**
 * Returns the pool without a fault of its own: it takes back a connection on which a statement has timed
 * out, and hands it to the next caller, who waits behind that statement for as long again.
 */
function dropBroken(pool: Pool): PostgresPool {
  return {
    async connect() {
      return droppedWhenBroken(await pool.connect());
    },
    end: () => pool.end(),
  };
}

function droppedWhenBroken(client: PoolClient): PostgresPoolClient {
  let broken: Error | undefined;
  const run = async (text: string, values: readonly unknown[]) => {
    // Not even a rollback would be answered.
    if (broken) throw broken;
    try {
      return await client.query(text, [...values]);
    } catch (error) {
      if (!isAnswer(error)) broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  };
  return {
    query: run as never,
    release: () => client.release(broken),
  };
}
