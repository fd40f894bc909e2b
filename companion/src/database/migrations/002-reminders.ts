/** Creates the tables of reminders and queued mail. */

import type {Kysely, Migration} from 'kysely';

/** The migration. */
export const reminders: Migration = {
  async up({schema}: Kysely<unknown>): Promise<void> {
    await schema
      .createTable('mails')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('kind', 'text', column => column.notNull())
      .addColumn('sealed', 'text')
      .addColumn('address_hash', 'text', column => column.notNull())
      .addColumn('reminder', 'text')
      .addColumn('due', 'bigint', column => column.notNull())
      .addColumn('until', 'bigint', column => column.notNull())
      .addColumn('tries', 'integer', column => column.notNull())
      .addColumn('state', 'text', column => column.notNull())
      .addColumn('claim', 'text')
      .addColumn('lease', 'bigint', column => column.notNull())
      .addColumn('problem', 'text')
      .addColumn('at', 'bigint', column => column.notNull())
      .execute();
    await schema
      .createTable('reminders')
      .addColumn('id', 'text', column => column.primaryKey())
      .addColumn('token_hash', 'text', column => column.notNull().unique())
      .addColumn('address_hash', 'text', column => column.notNull())
      .addColumn('sealed', 'text')
      .addColumn('locale', 'text', column => column.notNull())
      .addColumn('page', 'text', column => column.notNull())
      .addColumn('choice', 'text', column => column.notNull())
      .addColumn('due', 'bigint', column => column.notNull())
      .addColumn('minutes_east', 'integer', column => column.notNull())
      .addColumn('state', 'text', column => column.notNull())
      .addColumn('asked_at', 'bigint', column => column.notNull())
      .addColumn('confirmed_at', 'bigint')
      .addColumn('ended_at', 'bigint')
      .execute();
    await schema
      .createTable('mail_quotas')
      .addColumn('key', 'text', column => column.primaryKey())
      .addColumn('tries', 'bigint', column => column.notNull())
      .addColumn('granted', 'text', column => column.notNull())
      .addColumn('last_at', 'bigint', column => column.notNull())
      .addColumn('since', 'bigint', column => column.notNull())
      .addColumn('times', 'integer', column => column.notNull())
      .execute();
    await schema
      .createTable('mail_refusals')
      .addColumn('address_hash', 'text', column => column.primaryKey())
      .addColumn('at', 'bigint', column => column.notNull())
      .execute();

    await schema.createIndex('mails_by_due').on('mails').columns(['state', 'due']).execute();
    for (const table of ['mails', 'reminders'])
      await schema.createIndex(`${table}_by_address`).on(table).column('address_hash').execute();
    await schema.createIndex('mails_by_reminder').on('mails').column('reminder').execute();
    await schema.createIndex('reminders_by_asked').on('reminders').column('asked_at').execute();
    await schema.createIndex('mail_quotas_by_last').on('mail_quotas').column('last_at').execute();
  },
};
