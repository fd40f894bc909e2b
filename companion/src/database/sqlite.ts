/** Connects Kysely to an SQLite file through libsql, batching concurrent writes into one commit. */

import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type DialectAdapter,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely';

/** The part of libsql that is used. */
interface File {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  close(): void;
}

interface Statement {
  readonly reader: boolean;
  all(parameters: unknown): unknown[];
  run(parameters: unknown): {readonly changes: number; readonly lastInsertRowid: number | bigint};
}

type Result = QueryResult<unknown>;

interface Prepared {
  readonly statement: Statement;
  /** Whether it returns rows. */
  readonly reader: boolean;
}

const mostPrepared = 200;

/** Statements that belong together and wait for the next shared transaction. */
interface Waiting {
  readonly queries: readonly CompiledQuery[];
  readonly resolve: (results: Result[]) => void;
  readonly reject: (error: unknown) => void;
}

const isRead = ({query, sql}: CompiledQuery) =>
  query.kind === 'SelectQueryNode' || /^\s*(select|pragma)\b/i.test(sql);

/**
 * One connection to a file. Concurrent writes share one transaction and resolve when it is on the disk,
 * because the disk takes its time for every commit, however many writes it contains.
 *
 * Every transaction starts with `begin immediate` through `exec`. A transaction that starts by reading
 * cannot write any more once another process has written. And a prepared statement of libsql 0.5 that
 * finds the file locked is never reset: later writes of the connection are confirmed, and are lost when
 * the statement is garbage-collected. `begin immediate` through `exec` meets the lock first.
 */
class FileDriver implements Driver {
  readonly #open: () => Promise<File>;
  #file: File | undefined;
  readonly #prepared = new Map<string, Prepared>();
  #waiting: Waiting[] = [];
  /** Settles with the current transaction; the next user of the connection awaits it. */
  #turn: Promise<void> | undefined;
  #endTurn: () => void = () => undefined;
  /** The owner of the current transaction, unless it is the shared one. */
  #owner: DatabaseConnection | undefined;

  constructor(open: () => Promise<File>) {
    this.#open = open;
  }

  async init(): Promise<void> {
    this.#file = await this.#open();
  }

  acquireConnection(): Promise<DatabaseConnection> {
    return Promise.resolve(new FileConnection(this));
  }

  async releaseConnection(): Promise<void> {
    // Connections are views of the one that stays open.
  }

  async #takeTurn(): Promise<void> {
    while (this.#turn) await this.#turn;
    this.#turn = new Promise(resolve => {
      this.#endTurn = () => {
        this.#turn = undefined;
        this.#owner = undefined;
        resolve();
      };
    });
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#takeTurn();
    try {
      this.#exec('begin immediate');
    } catch (error) {
      this.#endTurn();
      throw error;
    }
    this.#owner = connection;
  }

  commitTransaction(): Promise<void> {
    return new Promise(resolve => {
      // If this fails, Kysely rolls back, which ends the turn.
      this.#exec('commit');
      this.#endTurn();
      resolve();
    });
  }

  rollbackTransaction(): Promise<void> {
    return new Promise(resolve => {
      try {
        this.#exec('rollback');
      } finally {
        this.#endTurn();
      }
      resolve();
    });
  }

  async destroy(): Promise<void> {
    while (this.#turn) await this.#turn;
    this.#prepared.clear();
    this.#file?.close();
    this.#file = undefined;
  }

  #exec(sql: string): void {
    if (!this.#file) throw new Error('expected an open file but received a closed one');
    this.#file.exec(sql);
  }

  /** Caches prepared statements: the companion uses the same few dozen queries. */
  #prepare(sql: string): Prepared {
    if (!this.#file) throw new Error('expected an open file but received a closed one');
    let prepared = this.#prepared.get(sql);
    if (!prepared) {
      const statement = this.#file.prepare(sql);
      prepared = {statement, reader: statement.reader};
      if (this.#prepared.size < mostPrepared) this.#prepared.set(sql, prepared);
    }
    return prepared;
  }

  #perform({sql, parameters}: CompiledQuery): Result {
    const {statement, reader} = this.#prepare(sql);
    if (reader) return {rows: statement.all(parameters)};
    const {changes, lastInsertRowid} = statement.run(parameters);
    return {rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid)};
  }

  /** Runs a statement in its connection's own transaction, or alone. */
  async execute(connection: DatabaseConnection, query: CompiledQuery): Promise<Result> {
    if (connection === this.#owner) return this.#perform(query);
    if (isRead(query)) {
      while (this.#turn) await this.#turn;
      return this.#perform(query);
    }
    const [result] = await this.together([query]);
    return result ?? {rows: []};
  }

  /** Runs statements atomically, in one transaction with other current writes. */
  together(queries: readonly CompiledQuery[]): Promise<Result[]> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({queries, resolve, reject});
      if (this.#waiting.length === 1) setImmediate(() => void this.#writeTogether());
    });
  }

  #performAll(queries: readonly CompiledQuery[]): Result[] {
    if (queries.length === 1) return queries.map(query => this.#perform(query));
    this.#exec('savepoint together');
    try {
      const results = queries.map(query => this.#perform(query));
      this.#exec('release together');
      return results;
    } catch (error) {
      this.#exec('rollback to together; release together');
      throw error;
    }
  }

  async #writeTogether(): Promise<void> {
    await this.#takeTurn();
    const waiting = this.#waiting;
    this.#waiting = [];
    const answers: (() => void)[] = [];
    try {
      this.#exec('begin immediate');
      try {
        for (const {queries, resolve, reject} of waiting) {
          try {
            const results = this.#performAll(queries);
            answers.push(() => resolve(results));
          } catch (error) {
            // A failed group is rolled back alone.
            answers.push(() => reject(error));
          }
        }
        this.#exec('commit');
      } catch (error) {
        this.#exec('rollback');
        throw error;
      }
      for (const answer of answers) answer();
    } catch (error) {
      for (const {reject} of waiting) reject(error);
    } finally {
      this.#endTurn();
    }
  }
}

class FileConnection implements DatabaseConnection {
  readonly #driver: FileDriver;

  constructor(driver: FileDriver) {
    this.#driver = driver;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return (await this.#driver.execute(this, query)) as QueryResult<Row>;
  }

  async *streamQuery<Row>(query: CompiledQuery): AsyncIterableIterator<QueryResult<Row>> {
    yield await this.executeQuery<Row>(query);
  }
}

/** Declares that SQLite supports transactional schema changes, so that a failed migration leaves none. */
class FileAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** How long to wait for another process's lock on the file, in ms. Blocks the process meanwhile. */
const timeoutMs = 2000;

/** Runs statements atomically. */
export type Together = (queries: readonly CompiledQuery[]) => Promise<QueryResult<unknown>[]>;

/** How a file is opened. */
interface FileOptions {
  /** How long to wait for a lock, in ms. */
  readonly waitFor?: number;
  readonly readOnly?: boolean;
}

/**
 * Creates a dialect for an SQLite file, which is created when missing unless it is only read; `:memory:`
 * uses none.
 */
export function sqliteDialect(
  path: string,
  {waitFor = timeoutMs, readOnly = false}: FileOptions = {},
): {readonly kyselyDialect: Dialect; readonly together: Together} {
  const open = async (): Promise<File> => {
    const {default: Libsql} = await import('libsql');
    if (readOnly) {
      // libsql 0.5 ignores its option `readonly`; an address says it to SQLite itself.
      const address = `file:${path.replaceAll(/[%?#]/g, encodeURIComponent)}?mode=ro`;
      const file = new Libsql(address) as unknown as File;
      file.exec(`pragma busy_timeout = ${waitFor}`);
      return file;
    }
    const file = new Libsql(path) as unknown as File;
    // WAL lets readers run beside the writer; `synchronous = full` confirms commits only once on disk.
    file.exec(`
      pragma busy_timeout = ${waitFor};
      pragma journal_mode = wal;
      pragma synchronous = full;
      pragma foreign_keys = on;
    `);
    return file;
  };
  const driver = new FileDriver(open);
  const kyselyDialect: Dialect = {
    createDriver: () => driver,
    createAdapter: (): DialectAdapter => new FileAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: (query: Kysely<unknown>) => new SqliteIntrospector(query),
  };
  return {kyselyDialect, together: queries => driver.together(queries)};
}
