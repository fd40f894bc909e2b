/** Declares the database tables of page events. */

import type {EventSum, Exposure} from './event-store.js';

export interface EventTables {
  /** Keys of groups that were counted recently. */
  readonly event_keys: {readonly key: string; readonly day: string};
  readonly event_sums: EventSum;
  readonly exposures: Exposure;
}

declare module '../database/tables.js' {
  interface Tables extends EventTables {}
}
