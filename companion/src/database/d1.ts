/** Adapts Cloudflare's D1 to the companion's database interface. */

import {
  SqliteAdapter,
  SqliteQueryCompiler,
  sql,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  type TableMetadata,
} from 'kysely';
import type {ReadyDialect} from './database.js';

/** The part of a D1 binding that is used. */
export interface D1 {
  prepare(sql: string): {
    bind(...values: unknown[]): {
      all(): Promise<{
        readonly results: readonly unknown[];
        readonly meta: {readonly changes?: number; readonly last_row_id?: number};
      }>;
    };
  };
}

class D1Connection implements DatabaseConnection {
  readonly #database: D1;

  constructor(database: D1) {
    this.#database = database;
  }

  async executeQuery<Row>({
    sql,
    parameters,
  }: {
    readonly sql: string;
    readonly parameters: readonly unknown[];
  }): Promise<QueryResult<Row>> {
    const {results, meta} = await this.#database
      .prepare(sql)
      .bind(...parameters)
      .all();
    return {
      rows: results as Row[],
      ...(meta.changes !== undefined && {numAffectedRows: BigInt(meta.changes)}),
    };
  }

  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    await Promise.reject(new Error('d1: expected a whole query but received one to stream'));
  }
}

/** Rejects every transaction: D1 has no interactive ones, and pretending would break their guarantees. */
const noTransactions = (): Promise<never> =>
  Promise.reject(new Error('d1: expected a single statement but received a transaction'));

/** Lists table names only, because D1 forbids reading the columns of its internal tables. */
class D1Introspector implements DatabaseIntrospector {
  readonly #db: Kysely<unknown>;

  constructor(db: Kysely<unknown>) {
    this.#db = db;
  }

  getSchemas(): Promise<[]> {
    return Promise.resolve([]);
  }

  async getTables(): Promise<TableMetadata[]> {
    const {rows} = await sql<{name: string}>`
      select name from sqlite_master where type = 'table' and name not glob '_cf_*'
    `.execute(this.#db);
    return rows.map(({name}) => ({name, columns: [], isView: false}));
  }

  async getMetadata(): Promise<{tables: TableMetadata[]}> {
    return {tables: await this.getTables()};
  }
}

/** Creates the dialect for D1: `openDatabase(d1(env.DB))`. */
export function d1(database: D1): ReadyDialect {
  const connection = new D1Connection(database);
  const driver: Driver = {
    init: () => Promise.resolve(),
    acquireConnection: () => Promise.resolve(connection),
    beginTransaction: noTransactions,
    commitTransaction: noTransactions,
    rollbackTransaction: noTransactions,
    releaseConnection: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
  };
  const kyselyDialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: db => new D1Introspector(db as Kysely<unknown>),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return {kyselyDialect, dialect: 'sqlite', hasTransactions: false, mostValues: 100};
}
