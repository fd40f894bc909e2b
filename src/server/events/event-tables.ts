/** Which tables hold what happened on the pages? */

import type {EventSum, Exposure} from './event-store.js';

export interface EventTables {
  /** Keys of groups that were counted lately. */
  readonly event_keys: {readonly key: string; readonly day: string};
  readonly event_sums: EventSum;
  readonly exposures: Exposure;
}
