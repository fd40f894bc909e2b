/** Deletes page events when their retention ends. None of them is personal data. */

import type {Database} from '../database/database.js';
import {dayOf, eventRetention, type EventRetention} from './event-store.js';
import type {Upkeep} from '../database/retention-policy.js';

const day = 86_400_000;

/** Returns the upkeep of the event tables. */
export function eventUpkeep(
  {query}: Database,
  retention: EventRetention = eventRetention,
): readonly Upkeep[] {
  const tables = [
    ['event_keys', retention.keys],
    ['event_sums', retention.sums],
  ] as const;
  const kept = (days: number) => `${days} days after the day it counts for`;
  return [
    ...tables.map(([table, days]) => ({
      table,
      kept: kept(days),
      async sweep(now: number) {
        const {numDeletedRows} = await query
          .deleteFrom(table)
          .where('day', '<', dayOf(now - days * day))
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
    })),
    {
      table: 'exposures',
      // Otherwise a report could no longer tell the day and the arm of an old gift.
      kept: `${kept(retention.exposures)}, longer where a gift names it`,
      async sweep(now) {
        const {numDeletedRows} = await query
          .deleteFrom('exposures')
          .where('day', '<', dayOf(now - retention.exposures * day))
          .where(({and, eb, selectFrom}) =>
            and(
              (['exposure', 'holdback_exposure'] as const).map(column =>
                eb(
                  'id',
                  'not in',
                  selectFrom('gifts').select(column).where(column, 'is not', null).$castTo<{
                    exposure: string;
                  }>(),
                ),
              ),
            ),
          )
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
    },
  ];
}
