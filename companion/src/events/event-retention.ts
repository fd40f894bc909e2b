/** Deletes page events when their retention ends. None of them is personal data. */

import type {Database} from '../database/database.js';
import {utcDayOf, eventRetention, type EventRetention} from './event-store.js';
import type {RetentionPolicy} from '../database/retention-policy.js';

const day = 86_400_000;

/** Returns the upkeep of the event tables. */
export function eventUpkeep(
  {query}: Database,
  days: EventRetention = eventRetention,
): readonly RetentionPolicy[] {
  const tables = [
    ['event_keys', days.keys],
    ['event_sums', days.sums],
    ['report_looks', days.sums],
  ] as const;
  const daysAfter = (count: number) => `${count} days after the day it counts for`;
  return [
    ...tables.map(([table, count]) => ({
      table,
      retention: daysAfter(count),
      async deleteExpired(now: number) {
        const {numDeletedRows} = await query
          .deleteFrom(table)
          .where('day', '<', utcDayOf(now - count * day))
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
    })),
    {
      table: 'report_notices',
      retention: `${days.sums} days after it was last tried`,
      async deleteExpired(now) {
        const {numDeletedRows} = await query
          .deleteFrom('report_notices')
          .where('claimed', '<', now - days.sums * day)
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
    },
    {
      table: 'exposures',
      // Otherwise a report could no longer tell the day and the arm of an old gift.
      retention: `${daysAfter(days.exposures)}, longer where a gift names it`,
      async deleteExpired(now) {
        const {numDeletedRows} = await query
          .deleteFrom('exposures')
          .where('day', '<', utcDayOf(now - days.exposures * day))
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
