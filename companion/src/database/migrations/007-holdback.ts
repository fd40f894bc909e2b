/** Adds columns for the holdback beside the experiment, because a reader may be in both. */

import type {Kysely, Migration} from 'kysely';

/** The migration. */
export const holdback: Migration = {
  async up({schema}: Kysely<unknown>): Promise<void> {
    for (const table of ['gifts', 'subscriptions']) {
      // SQLite adds one column per statement.
      await schema.alterTable(table).addColumn('holdback', 'text').execute();
      await schema.alterTable(table).addColumn('holdback_exposure', 'text').execute();
    }
    await schema.createIndex('gifts_by_holdback').on('gifts').column('holdback').execute();
  },
};
