/** Migrates an empty or older database to the schema of this version. */

import {Migrator, type Kysely, type Migration} from 'kysely';
import {gifts} from './migrations/001-gifts.js';
import {reminders} from './migrations/002-reminders.js';
import {passes} from './migrations/003-passes.js';
import {events} from './migrations/004-events.js';
import {limits} from './migrations/005-limits.js';
import {giftLinksTable} from './migrations/006-gift-links.js';
import {holdback} from './migrations/007-holdback.js';
import type {Tables} from './tables.js';
import {looks} from './migrations/008-looks.js';

/**
 * Every migration, oldest first. Names are sorted as text and are never changed or removed. A migration
 * that has run anywhere is never edited.
 */
export const migrations: Readonly<Record<string, Migration>> = {
  '001-gifts': gifts,
  '002-reminders': reminders,
  '003-passes': passes,
  '004-events': events,
  '005-limits': limits,
  '006-gift-links': giftLinksTable,
  '007-holdback': holdback,
  '008-looks': looks,
};

/** Returns the names of the migrations that a database has not had. */
export async function pendingMigrations(query: Kysely<Tables>): Promise<readonly string[]> {
  const tables = await query.introspection.getTables({withInternalKyselyTables: true});
  if (!tables.some(({name}) => name === 'kysely_migration')) return Object.keys(migrations);
  const done = await query.selectFrom('kysely_migration').select('name').execute();
  const names = new Set(done.map(({name}) => name));
  return Object.keys(migrations).filter(name => !names.has(name));
}

/**
 * Migrates a database. Processes that start together take turns: PostgreSQL through an advisory lock,
 * SQLite through its write lock. Rejects when a migration fails, which leaves no changes, and when the
 * database was created by a newer version.
 */
export async function migrate(query: Kysely<never>): Promise<void> {
  const migrator = new Migrator({
    db: query,
    provider: {getMigrations: () => Promise.resolve({...migrations})},
  });
  const {error, results = []} = await migrator.migrateToLatest();
  if (error === undefined) return;
  const failed = results.find(({status}) => status === 'Error')?.migrationName;
  if (failed !== undefined)
    throw new Error(`reader-support: migration ${failed} failed; nothing of it is left`, {
      cause: error,
    });
  if (error instanceof Error && error.message.startsWith('corrupted migrations'))
    throw new Error(
      'reader-support: expected a database of this version or an older one but received a newer one; run the newer version',
      {cause: error},
    );
  throw error as Error;
}
