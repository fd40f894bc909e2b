/** Describes the tables of the database. */

/** Every table, by name. Each feature adds its own to this interface, in its file of tables. */
export interface Tables {
  /** Kysely's own: which migrations have run. */
  readonly kysely_migration: {readonly name: string; readonly timestamp: string};
}
