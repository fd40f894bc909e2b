/** Opens the companion's database: an SQLite file, a PostgreSQL server, or a dialect that the caller passes. */

import {Kysely, PostgresDialect, sql, type Dialect} from 'kysely';
import {missingPackage} from './missing-package.js';
import {migrate} from './migrations.js';
import {sqliteDialect, type Together} from './sqlite.js';
import type {Tables} from './tables.js';

/** An open, migrated database. */
export interface Database {
  /** Kysely with every table. On SQLite a transaction takes the write lock at once, so keep it short. */
  readonly query: Kysely<Tables>;
  /** The SQL dialect, for the few places where it matters. */
  readonly dialect: 'sqlite' | 'postgres';
  /** Whether it supports transactions. Otherwise each statement is committed alone. */
  readonly hasTransactions: boolean;
  /** The most values of one statement. */
  readonly mostValues: number;
  /** Runs statements atomically at the cost of one. Present where there is a cheap way. */
  readonly together?: Together;
  /** Closes every connection. */
  close(): Promise<void>;
}

/** A Kysely dialect that the caller passes, such as one for Cloudflare's D1. */
export interface ReadyDialect {
  readonly kyselyDialect: Dialect;
  readonly dialect: Database['dialect'];
  /** Default: true. */
  readonly hasTransactions?: boolean;
  /** Default: 10,000, which every SQLite and PostgreSQL accepts. */
  readonly mostValues?: number;
  readonly together?: Together;
}

/** How a database is opened. */
export interface OpenOptions {
  /** Opens a database that exists, for reading only: nothing is created or migrated. Default: false. */
  readonly readOnly?: boolean;
}

/** How long a statement may wait for the server or a lock before it fails, in ms. */
const timeoutMs = 5000;
/**
 * Opens and migrates a database: `postgres://…`, a path or `file:` URL of an SQLite file (created when
 * missing), `:memory:`, or a dialect. Rejects when it cannot be reached or migrated. The drivers are
 * imported on demand, so that bundles for edge runtimes contain neither.
 */
export async function openDatabase(
  from: string | ReadyDialect,
  {readOnly = false}: OpenOptions = {},
): Promise<Database> {
  const ready = typeof from === 'string' ? await dialectOf(from, readOnly) : from;
  const {kyselyDialect, dialect, hasTransactions = true, mostValues = 10_000, together} = ready;
  const query = new Kysely<Tables>({dialect: kyselyDialect});
  try {
    // Nothing is opened before the first statement.
    if (readOnly) await sql`select 1`.execute(query);
    else await migrate(query as Kysely<never>);
  } catch (error) {
    await query.destroy();
    throw error;
  }
  return {
    ...{query, dialect, hasTransactions, mostValues},
    ...(together && {together}),
    close: () => query.destroy(),
  };
}

async function dialectOf(url: string, readOnly: boolean): Promise<ReadyDialect> {
  if (/^postgres(ql)?:/.test(url))
    return {kyselyDialect: await postgres(url, readOnly), dialect: 'postgres'};
  // A path may contain a colon; on Windows it starts with a drive letter and one.
  if (/^(?!file:)[a-z][a-z\d+.-]+:\/\//i.test(url)) {
    const [scheme] = url.split(':');
    throw new TypeError(
      `openDatabase: expected postgres://…, file:… or a path but received ${scheme ?? ''}://…`,
    );
  }
  if (!url)
    throw new TypeError(
      'openDatabase: expected postgres://…, file:… or a path but received nothing',
    );
  return {...sqliteDialect(url.replace(/^file:(\/\/)?/, ''), {readOnly}), dialect: 'sqlite'};
}

/** Parses sums and counts, which PostgreSQL returns as text. Throws a `RangeError` above 2^53. */
function toNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && !Number.isSafeInteger(number))
    throw new RangeError('expected a whole number below 2^53 but received a larger one');
  return number;
}

async function postgres(url: string, readOnly: boolean): Promise<Dialect> {
  const {default: pg} = await import('pg').catch(missingPackage('pg', 'a PostgreSQL database'));
  const numbers = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: timeoutMs,
    statement_timeout: timeoutMs,
    query_timeout: timeoutMs + 1000,
    idle_in_transaction_session_timeout: 2 * timeoutMs,
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
  return new PostgresDialect({pool});
}
