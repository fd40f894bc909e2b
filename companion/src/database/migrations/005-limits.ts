/** Creates the table of attempts. */

import type {Kysely, Migration} from 'kysely';

/** The migration. */
export const limits: Migration = {
  async up({schema}: Kysely<unknown>): Promise<void> {
    await schema
      .createTable('limits')
      .addColumn('bucket', 'text', column => column.primaryKey())
      .addColumn('times', 'text', column => column.notNull())
      .addColumn('version', 'bigint', column => column.notNull())
      .addColumn('expires', 'bigint', column => column.notNull())
      .execute();
    await schema.createIndex('limits_by_expires').on('limits').column('expires').execute();
  },
};
