/** Implements the companion's `Store` on SQLite and PostgreSQL. */

import {sql} from 'kysely';
import type {Database} from './database/database.js';
import {articleGiftUpkeep} from './gate/sql-gift-ledger.js';
import {eventUpkeep} from './events/event-retention.js';
import type {EventStore} from './events/event-store.js';
import {giftUpkeep} from './gifts/gift-retention.js';
import {mailUpkeep} from './mail/mail-retention.js';
import type {MailStore} from './mail/mail-store.js';
import {passUpkeep} from './passes/pass-retention.js';
import type {PassStore} from './passes/pass-store.js';
import {sqlMail} from './mail/sql-mail.js';
import {sqlPasses} from './passes/sql-passes.js';
import type {WebhookEventRow} from './gifts/gift-tables.js';
import type {LimitStore} from './limits/limit-store.js';
import {sqlEvents} from './events/sql-events.js';
import {sqlExperiments} from './events/sql-experiments.js';
import type {LookStore} from './events/look-store.js';
import {sqlNotices, type NoticeStore} from './events/notice-store.js';
import {sqlLooks} from './events/sql-looks.js';
import {chosenAmounts, type ChosenAmount} from './gifts/sql-chosen-amounts.js';
import {sqlGifts} from './gifts/sql-gifts.js';
import {listEvents, type EventsWanted} from './gifts/webhook-event-log.js';
import {limitUpkeep, sqlLimits} from './limits/sql-limits.js';
import type {Store} from './config/store.js';
import type {RetentionPolicy} from './database/retention-policy.js';

/** Options of the store. */
export interface SqlStoreOptions {
  /** The clock, in epoch ms. */
  readonly now?: () => number;
}

/** A `Store` in a database. */
export interface SqlStore extends Store {
  readonly database: Database;
  readonly upkeep: readonly RetentionPolicy[];
  readonly mail: MailStore;
  readonly passes: PassStore;
  readonly events: EventStore;
  readonly looks: LookStore;
  readonly notices: NoticeStore;
  readonly limits: LimitStore;
  failed(eventId: string, problem: string): Promise<void>;
  /** Lists the received webhook events, newest first, for finding those that failed. */
  webhookEvents(wanted?: EventsWanted): Promise<readonly WebhookEventRow[]>;
  /** Counts the amounts that readers chose between two times (epoch ms), unless they were refunded or disputed. */
  chosenAmounts(from: number, to: number): Promise<readonly ChosenAmount[]>;
  ping(): Promise<void>;
}

/** Creates the companion's store on a database from `openDatabase()`. */
export function sqlStore(database: Database, {now = Date.now}: SqlStoreOptions = {}): SqlStore {
  const gifts = sqlGifts(database, now);
  const mail = sqlMail(database);
  return {
    database,
    ...(database.pool && {pool: database.pool}),
    ...gifts,
    mail,
    passes: sqlPasses(database, gifts),
    events: sqlEvents(database),
    ...sqlExperiments(database),
    looks: sqlLooks(database),
    notices: sqlNotices(database),
    limits: sqlLimits(database),
    upkeep: [
      ...giftUpkeep(database),
      ...mailUpkeep(database, mail, now),
      ...passUpkeep(database),
      ...eventUpkeep(database),
      ...limitUpkeep(database),
      ...articleGiftUpkeep(database),
    ],
    webhookEvents: wanted => listEvents(database, now(), wanted),
    chosenAmounts: (from, to) => chosenAmounts(database, from, to),
    async ping() {
      await sql`select 1`.execute(database.query);
    },
  };
}
