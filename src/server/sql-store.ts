/** How does a database remember? The companion's `Store`, over SQLite or PostgreSQL. */

import {sql} from 'kysely';
import type {Database} from './database.js';
import {eventUpkeep} from './event-upkeep.js';
import type {EventStore} from './event-store.js';
import {giftUpkeep} from './gift-upkeep.js';
import type {WebhookEventRow} from './gift-tables.js';
import type {LimitStore} from './limit-store.js';
import {sqlEvents} from './sql-events.js';
import {sqlExperiments} from './sql-experiments.js';
import {sqlGifts} from './sql-gifts.js';
import {listEvents, type EventsWanted} from './sql-letters.js';
import {limitUpkeep, sqlLimits} from './sql-limits.js';
import type {Store} from './store.js';
import type {Upkeep} from './upkeep.js';

/** What a store may be told. */
export interface SqlStoreOptions {
  /** The clock, in epoch ms. */
  readonly now?: () => number;
}

/** A `Store` that keeps everything in a database. */
export interface SqlStore extends Store {
  readonly database: Database;
  readonly upkeep: readonly Upkeep[];
  readonly events: EventStore;
  readonly limits: LimitStore;
  failed(eventId: string, problem: string): Promise<void>;
  /** The events that were heard of, newest first: for people who look for what came to nothing. */
  webhookEvents(wanted?: EventsWanted): Promise<readonly WebhookEventRow[]>;
  ping(): Promise<void>;
}

/** Makes the companion's store over a database from `openDatabase()`. */
export function sqlStore(database: Database, {now = Date.now}: SqlStoreOptions = {}): SqlStore {
  return {
    database,
    ...sqlGifts(database, now),
    events: sqlEvents(database),
    ...sqlExperiments(database),
    limits: sqlLimits(database),
    upkeep: [...giftUpkeep(database), ...eventUpkeep(database), ...limitUpkeep(database)],
    webhookEvents: wanted => listEvents(database, now(), wanted),
    async ping() {
      await sql`select 1`.execute(database.query);
    },
  };
}
