/** Creates the tables of passes. */

import type {Kysely, Migration} from 'kysely';

/** The migration. */
export const passes: Migration = {
  async up({schema}: Kysely<unknown>): Promise<void> {
    await schema
      .createTable('supports')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('ref', 'text', column => column.notNull().unique())
      .addColumn('customer', 'text')
      .addColumn('address_hash', 'text')
      .addColumn('at', 'bigint', column => column.notNull())
      .execute();
    await schema
      .createTable('pass_links')
      .addColumn('token_hash', 'text', column => column.primaryKey())
      .addColumn('support', 'text', column => column.notNull())
      .addColumn('expires', 'bigint', column => column.notNull())
      .addColumn('used_at', 'bigint')
      .execute();
    await schema
      .createTable('pass_claims')
      .addColumn('session', 'text', column => column.primaryKey())
      .addColumn('at', 'bigint', column => column.notNull())
      .execute();

    await schema.createIndex('supports_by_address').on('supports').column('address_hash').execute();
    await schema.createIndex('supports_by_at').on('supports').column('at').execute();
    await schema.createIndex('pass_links_by_support').on('pass_links').column('support').execute();
    await schema.createIndex('pass_links_by_expires').on('pass_links').column('expires').execute();
    await schema.createIndex('pass_claims_by_at').on('pass_claims').column('at').execute();
  },
};
