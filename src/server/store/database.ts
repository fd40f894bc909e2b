/** How does the companion get at its database, be it a file, a server, or what a runtime hands in? */

import {Kysely, PostgresDialect, type Dialect} from 'kysely';
import {migrate} from './migrations.js';
import {sqliteDialect, type Together} from './sqlite.js';
import type {Tables} from './tables.js';

/** An open database, up to date. */
export interface Database {
  /** Kysely, which knows every table. A transaction on SQLite begins as a writer's: keep it short. */
  readonly query: Kysely<Tables>;
  /** Which SQL it speaks, for the few places where that matters. */
  readonly flavour: 'sqlite' | 'postgres';
  /** Whether it can hold several statements together. Where it cannot, each stands for itself. */
  readonly hasTransactions: boolean;
  /** How many values one statement may have. */
  readonly mostValues: number;
  /** Runs statements all or none of which are kept, at the price of one. Where there is a cheap way to. */
  readonly together?: Together;
  /** Ends every connection. */
  close(): Promise<void>;
}

/** A Kysely dialect of the caller's making, such as one for Cloudflare's D1. */
export interface ReadyDialect {
  readonly dialect: Dialect;
  readonly flavour: Database['flavour'];
  /** Default: true. */
  readonly hasTransactions?: boolean;
  /** Default: 10,000, which every SQLite and PostgreSQL takes. */
  readonly mostValues?: number;
  readonly together?: Together;
}

/** How long a statement may wait for the server, or for a lock there, before it fails. Ms. */
const patience = 5000;
/**
 * Opens a database and brings it up to date: `postgres://…`, a path or `file:` URL of an SQLite file
 * (made when it is missing), `:memory:`, or a dialect. Rejects when it cannot be reached or migrated.
 * The drivers are imported here and when they are asked for, so a bundle for the edge holds neither.
 */
export async function openDatabase(from: string | ReadyDialect): Promise<Database> {
  const ready = typeof from === 'string' ? await dialectOf(from) : from;
  const {dialect, flavour, hasTransactions = true, mostValues = 10_000, together} = ready;
  const query = new Kysely<Tables>({dialect});
  try {
    await migrate(query as Kysely<never>);
  } catch (error) {
    await query.destroy();
    throw error;
  }
  return {
    ...{query, flavour, hasTransactions, mostValues},
    ...(together && {together}),
    close: () => query.destroy(),
  };
}

async function dialectOf(url: string): Promise<ReadyDialect> {
  if (/^postgres(ql)?:/.test(url)) return {dialect: await postgres(url), flavour: 'postgres'};
  // A path may hold a colon, and on Windows begins with a letter and one.
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
  return {...sqliteDialect(url.replace(/^file:(\/\/)?/, '')), flavour: 'sqlite'};
}

/** Sums and counts come from PostgreSQL as text, because they might not fit a number. Ours do. */
function toNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && !Number.isSafeInteger(number))
    throw new RangeError('expected a whole number below 2^53 but received a larger one');
  return number;
}

async function postgres(url: string): Promise<Dialect> {
  const {default: pg} = await import('pg');
  const numbers = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: patience,
    statement_timeout: patience,
    query_timeout: patience + 1000,
    idle_in_transaction_session_timeout: 2 * patience,
    application_name: 'reader-support',
    types: {
      getTypeParser: ((id, format) =>
        numbers.has(id) && format !== 'binary'
          ? toNumber
          : (pg.types.getTypeParser(id, format) as unknown)) as typeof pg.types.getTypeParser,
    },
  });
  // An idle connection that the server ends is replaced at the next query; unheard, it would end us.
  pool.on('error', () => undefined);
  return new PostgresDialect({pool});
}
