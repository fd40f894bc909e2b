/** How does Cloudflare's D1 become one of the companion's databases? */

import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
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

/** D1 holds no transaction open for a caller, and pretending would lose what it promises. */
const noTransactions = (): Promise<never> =>
  Promise.reject(new Error('d1: expected a single statement but received a transaction'));

/** The companion's database on D1: `openDatabase(d1(env.DB))`. */
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
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => driver,
    createIntrospector: db => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return {dialect, flavour: 'sqlite', hasTransactions: false, mostValues: 100};
}
