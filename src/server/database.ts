/** How does the companion get at its database, be it a file, a server, or what a runtime hands in? */

import {
  CompiledQuery,
  Kysely,
  PostgresDialect,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type SqliteDatabase,
} from 'kysely';
import {migrate} from './migrations.js';
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
}

/** How long a statement may wait for the server, or for a lock there, before it fails. Ms. */
const patience = 5000;
/** The same for a file, which another process may be writing. Everything waits meanwhile, so not for long. */
const patienceWithFile = 2000;

/**
 * Opens a database and brings it up to date: `postgres://…`, a path or `file:` URL of an SQLite file
 * (made when it is missing), `:memory:`, or a dialect. Rejects when it cannot be reached or migrated.
 * The drivers are imported here and when they are asked for, so a bundle for the edge holds neither.
 */
export async function openDatabase(from: string | ReadyDialect): Promise<Database> {
  const ready = typeof from === 'string' ? await dialectOf(from) : from;
  const {dialect, flavour, hasTransactions = true, mostValues = 10_000} = ready;
  const query = new Kysely<Tables>({dialect});
  try {
    await migrate(query as Kysely<never>);
  } catch (error) {
    await query.destroy();
    throw error;
  }
  return {query, flavour, hasTransactions, mostValues, close: () => query.destroy()};
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
  return {dialect: await sqlite(url.replace(/^file:(\/\/)?/, '')), flavour: 'sqlite'};
}

async function sqlite(path: string): Promise<Dialect> {
  const {default: Libsql} = await import('libsql');
  return new OneWriterDialect({
    database: () => {
      const file = new Libsql(path) as unknown as SqliteDatabase & {exec(sql: string): void};
      // Readers beside the writer; a commit is on the disk before it is answered for.
      file.exec(`
        pragma busy_timeout = ${patienceWithFile};
        pragma journal_mode = wal;
        pragma synchronous = full;
        pragma foreign_keys = on;
      `);
      return Promise.resolve(file);
    },
  });
}

/**
 * SQLite for several processes on one file. A transaction that begins by reading cannot become a
 * writer's once another process has written: it fails at once, however patient. So all begin as
 * writers, and then the schema may be changed in one too.
 */
class OneWriterDialect extends SqliteDialect {
  readonly #config: ConstructorParameters<typeof SqliteDialect>[0];

  constructor(config: ConstructorParameters<typeof SqliteDialect>[0]) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new OneWriterDriver(this.#config);
  }

  override createAdapter(): DialectAdapter {
    return new OneWriterAdapter();
  }
}

class OneWriterDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class OneWriterAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
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
