/** How does an empty or an older database become the one that this version needs? */

import {Migrator, type Kysely, type Migration} from 'kysely';
import {gifts} from './migrations/001-gifts.js';
import {reminders} from './migrations/002-reminders.js';
import {passes} from './migrations/003-passes.js';
import {events} from './migrations/004-events.js';
import {limits} from './migrations/005-limits.js';
import {giftLinksTable} from './migrations/006-gift-links.js';
import {holdback} from './migrations/007-holdback.js';

/**
 * Every migration, oldest first. Names are sorted as text, are never changed and never removed. One
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
};

/**
 * Brings a database up to date. Copies that start together take turns: PostgreSQL has an advisory
 * lock, SQLite's transaction is begun as a writer's. Rejects when a migration fails, and then
 * nothing of it is left; and when the database was made by a newer version.
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
