/** Creates the tables of webhooks and gifts. */

import type {CreateTableBuilder, Kysely, Migration} from 'kysely';

const sources = [
  'offer',
  'campaign',
  'experiment',
  'arm',
  'exposure',
  'placement',
  'page',
  'attempt',
];

/** Adds the columns that gifts and subscriptions share: the amount and its source. */
function withGift<Name extends string>(
  table: CreateTableBuilder<Name>,
): CreateTableBuilder<Name, string> {
  let wider: CreateTableBuilder<Name, string> = table
    .addColumn('id', 'text', column => column.primaryKey())
    .addColumn('rank', 'bigint', column => column.notNull())
    .addColumn('state', 'text', column => column.notNull())
    .addColumn('frequency', 'text', column => column.notNull())
    .addColumn('minor', 'bigint', column => column.notNull())
    .addColumn('currency', 'text', column => column.notNull())
    .addColumn('customer', 'text')
    .addColumn('at', 'bigint', column => column.notNull());
  for (const source of sources) wider = wider.addColumn(source, 'text');
  return wider;
}

/** The migration. */
export const gifts: Migration = {
  async up({schema}: Kysely<unknown>): Promise<void> {
    await schema
      .createTable('webhook_events')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('type', 'text', column => column.notNull())
      .addColumn('created', 'bigint', column => column.notNull())
      .addColumn('received', 'bigint', column => column.notNull())
      .addColumn('tries', 'integer', column => column.notNull())
      .addColumn('outcome', 'text')
      .addColumn('problem', 'text')
      .execute();
    await withGift(schema.createTable('gifts'))
      .addColumn('subscription', 'text')
      .addColumn('renewal', 'integer', column => column.notNull())
      .execute();
    await withGift(schema.createTable('subscriptions'))
      .addColumn('paid_until', 'bigint', column => column.notNull())
      .addColumn('ends_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .execute();
    await schema
      .createTable('refunds')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('rank', 'bigint', column => column.notNull())
      .addColumn('gift', 'text', column => column.notNull())
      .addColumn('minor', 'bigint', column => column.notNull())
      .addColumn('currency', 'text', column => column.notNull())
      .addColumn('dispute', 'text')
      .addColumn('at', 'bigint', column => column.notNull())
      .execute();

    const index = async (table: string, ...columns: string[]) =>
      await schema
        .createIndex(`${table}_by_${columns[0] ?? ''}`)
        .on(table)
        .columns(columns)
        .execute();
    await index('webhook_events', 'received');
    await index('gifts', 'subscription');
    await index('gifts', 'customer');
    await index('gifts', 'experiment', 'arm');
    await index('gifts', 'at');
    await index('subscriptions', 'customer');
    await index('refunds', 'gift');
  },
};
