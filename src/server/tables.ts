/** Which tables are there? Each part of the companion describes its own; this is all of them. */

import type {EventTables} from './event-tables.js';
import type {GiftTables} from './gift-tables.js';
import type {LimitTables} from './limit-tables.js';

/** Every table of the database, by name. */
export type Tables = GiftTables & EventTables & LimitTables;
