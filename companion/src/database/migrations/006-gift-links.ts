/** Creates the table of articles that supporters gave away. */

import type {Kysely, Migration} from 'kysely';

/** The migration. */
export const giftLinksTable: Migration = {
  async up({schema}: Kysely<unknown>): Promise<void> {
    await schema
      .createTable('article_gifts')
      .addColumn('supporter', 'text', column => column.notNull())
      .addColumn('month', 'text', column => column.notNull())
      .addColumn('slot', 'integer', column => column.notNull())
      .addColumn('article', 'text', column => column.notNull())
      .addColumn('ends', 'bigint', column => column.notNull())
      .addPrimaryKeyConstraint('article_gifts_by_slot', ['supporter', 'month', 'slot'])
      .addUniqueConstraint('article_gifts_once', ['supporter', 'month', 'article'])
      .execute();
    await schema.createIndex('article_gifts_by_ends').on('article_gifts').column('ends').execute();
  },
};
