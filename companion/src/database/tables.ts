/** Combines the tables that each part of the companion declares. */

import type {ArticleGiftTables} from '../gate/article-gift-tables.js';
import type {EventTables} from '../events/event-tables.js';
import type {GiftTables} from '../gifts/gift-tables.js';
import type {MailTables} from '../mail/mail-tables.js';
import type {PassTables} from '../passes/pass-tables.js';
import type {LimitTables} from '../limits/limit-tables.js';

/** Every table of the database, by name. */
export type Tables = GiftTables &
  MailTables &
  PassTables &
  EventTables &
  LimitTables &
  ArticleGiftTables;
