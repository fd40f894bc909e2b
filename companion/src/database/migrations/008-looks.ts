/** Adds the tables of what looks at an experiment found, and of what the newsroom was told of it. */

import type {Kysely, Migration} from 'kysely';

/** The migration. */
export const looks: Migration = {
  async up({schema}: Kysely<unknown>): Promise<void> {
    await schema
      .createTable('report_looks')
      .addColumn('experiment', 'text', column => column.notNull())
      .addColumn('arm', 'text', column => column.notNull())
      .addColumn('boundary', 'text', column => column.notNull())
      .addColumn('direction', 'text')
      .addColumn('day', 'text', column => column.notNull())
      .addColumn('through', 'text', column => column.notNull())
      .addColumn('difference', 'double precision', column => column.notNull())
      // An interval without a bound has none here.
      .addColumn('low', 'double precision')
      .addColumn('high', 'double precision')
      .addPrimaryKeyConstraint('report_looks_once', ['experiment', 'arm', 'boundary'])
      .execute();
    await schema
      .createTable('report_notices')
      .addColumn('experiment', 'text', column => column.notNull())
      .addColumn('kind', 'text', column => column.notNull())
      .addColumn('day', 'text', column => column.notNull())
      .addColumn('recipient', 'text', column => column.notNull())
      .addColumn('claimed', 'bigint', column => column.notNull())
      .addColumn('sent', 'bigint')
      .addPrimaryKeyConstraint('report_notices_once', ['experiment', 'kind', 'day', 'recipient'])
      .execute();
  },
};
