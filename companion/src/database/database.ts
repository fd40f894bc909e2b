/** Opens the companion's database: an SQLite file, a PostgreSQL server, or a dialect that the caller passes. */

import {Kysely, sql, type Dialect} from 'kysely';
import type {PoolFigures} from '../http/metrics.js';
import {migrate} from './migrations.js';
import {postgresDialect} from './postgres.js';
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
  /** Returns how its connections are used. Present where there are several. */
  readonly pool?: () => PoolFigures;
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
  readonly pool?: () => PoolFigures;
}

/** How a database is opened. */
export interface OpenOptions {
  /** Opens a database that exists, for reading only: nothing is created or migrated. Default: false. */
  readonly readOnly?: boolean;
}

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
  const {kyselyDialect, dialect, hasTransactions = true, mostValues = 10_000} = ready;
  const {together, pool} = ready;
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
    ...(pool && {pool}),
    close: () => query.destroy(),
  };
}

async function dialectOf(url: string, readOnly: boolean): Promise<ReadyDialect> {
  if (/^postgres(ql)?:/.test(url))
    return {...(await postgresDialect(url, readOnly)), dialect: 'postgres'};
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
