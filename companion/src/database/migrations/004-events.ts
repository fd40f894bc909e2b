/** Creates the tables of page events. */

import type {Kysely, Migration} from 'kysely';

/** The migration. */
export const events: Migration = {
  async up({schema}: Kysely<unknown>): Promise<void> {
    await schema
      .createTable('event_keys')
      .addColumn('key', 'text', column => column.primaryKey())
      .addColumn('day', 'text', column => column.notNull())
      .execute();
    let sums = schema
      .createTable('event_sums')
      .addColumn('day', 'text', column => column.notNull());
    const names = ['name', 'campaign', 'experiment', 'arm', 'placement'] as const;
    for (const name of names) sums = sums.addColumn(name, 'text', column => column.notNull());
    await sums
      .addColumn('count', 'bigint', column => column.notNull())
      .addPrimaryKeyConstraint('event_sums_key', ['day', ...names] as never)
      .execute();
    await schema
      .createTable('exposures')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('experiment', 'text', column => column.notNull())
      .addColumn('arm', 'text', column => column.notNull())
      .addColumn('day', 'text', column => column.notNull())
      .execute();
    await schema.createIndex('event_keys_by_day').on('event_keys').column('day').execute();
    await schema.createIndex('exposures_by_day').on('exposures').column('day').execute();
    await schema
      .createIndex('exposures_by_experiment')
      .on('exposures')
      .columns(['experiment', 'id'])
      .execute();
  },
};
