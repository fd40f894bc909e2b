/** Opens the database and the companion of a configuration for a command. */

import {
  createSupportServer,
  openDatabase,
  sqlStore,
  type SqlStore,
  type SupportServer,
  type SupportServerOptions,
} from '../companion.js';
import {loadNodemailer} from '../mail/index.js';
import type {Config} from './config.js';
import {refusalOf} from './refusal.js';

/** A companion with its store. */
export interface Opened {
  readonly companion: SupportServer;
  readonly store: SqlStore;
  close(): Promise<void>;
}

/** Opens the database and creates the companion. Rejects with a `Refusal` when either fails. */
export async function open(
  config: Config,
  log: NonNullable<SupportServerOptions['log']>,
): Promise<Opened> {
  // A reader's mail would come to nothing much later.
  if (typeof config.server.mail?.transport === 'string')
    await loadNodemailer().catch((error: unknown) => {
      throw refusalOf('the mailer cannot be loaded', error);
    });
  const database = await openDatabase(config.database).catch((error: unknown) => {
    throw refusalOf('the database cannot be opened', error);
  });
  const store = sqlStore(database);
  try {
    const companion = createSupportServer({...config.server, store, log});
    return {companion, store, close: () => database.close()};
  } catch (error) {
    await database.close();
    throw refusalOf('the companion cannot be made', error);
  }
}
