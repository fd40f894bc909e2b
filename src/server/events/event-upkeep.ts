/** How long is kept what happened on the pages? Nothing of it is about a person. */

import type {Database} from '../store/database.js';
import {dayOf, eventRetention, type EventRetention} from './event-store.js';
import type {Upkeep} from '../store/upkeep.js';

const day = 86_400_000;

/** The upkeep of the tables of events. */
export function eventUpkeep(
  {query}: Database,
  retention: EventRetention = eventRetention,
): readonly Upkeep[] {
  const tables = [
    ['event_keys', retention.keys],
    ['event_sums', retention.sums],
    ['exposures', retention.exposures],
  ] as const;
  return tables.map(([table, days]) => ({
    table,
    kept: `${days} days after the day it counts for`,
    async sweep(now) {
      const {numDeletedRows} = await query
        .deleteFrom(table)
        .where('day', '<', dayOf(now - days * day))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  }));
}
