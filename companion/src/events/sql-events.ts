/** Counts page events in a database. */

import {sql, type Kysely, type Transaction} from 'kysely';
import type {Database} from '../database/database.js';
import {utcDayOf, eventCountsOf, type EventGroup, type EventStore} from './event-store.js';
import type {Tables} from '../database/tables.js';

/** Splits rows into statements: SQLite accepts 32,766 values each, D1 a hundred. */
function inParts<T>(rows: readonly T[], columns: number, mostValues: number): T[][] {
  const size = Math.max(1, Math.floor(mostValues / columns));
  const parts: T[][] = [];
  for (let at = 0; at < rows.length; at += size) parts.push(rows.slice(at, at + size));
  return parts;
}

/** Creates the part of the store that counts events. */
export function sqlEvents({query, dialect, hasTransactions, mostValues}: Database): EventStore {
  async function addWithin(
    db: Kysely<Tables> | Transaction<Tables>,
    groups: readonly EventGroup[],
    today: string,
  ): Promise<ReadonlySet<string>> {
    // Sorted for the reason given in `eventCountsOf()`.
    const keys = [...new Set(groups.map(({key}) => key))].sort();
    // Passed as one value: binding thousands of them would cost more than writing them.
    const list = JSON.stringify(keys);
    const {rows} = await (
      dialect === 'sqlite'
        ? sql<{key: string}>`
          insert into event_keys (key, day) select value, ${today} from json_each(${list}) where true
          on conflict do nothing returning key`
        : sql<{key: string}>`
          insert into event_keys (key, day) select value, ${today} from json_array_elements_text(${list}::json)
          on conflict do nothing returning key`
    ).execute(db);
    const known = new Set(rows.map(({key}) => key));
    const first = new Map(groups.map(group => [group.key, group]));
    const {sums, exposures} = eventCountsOf(
      [...first.values()].filter(({key}) => known.has(key)),
      today,
    );
    for (const part of inParts(sums, 7, mostValues)) {
      await db
        .insertInto('event_sums')
        .values(part)
        .onConflict(conflict =>
          conflict
            .columns(['day', 'name', 'campaign', 'experiment', 'arm', 'placement'])
            .doUpdateSet(({eb, ref}) => ({
              count: eb('event_sums.count', '+', ref('excluded.count')),
            })),
        )
        .execute();
    }
    for (const part of inParts(exposures, 4, mostValues)) {
      await db
        .insertInto('exposures')
        .values(part)
        .onConflict(conflict => conflict.column('id').doNothing())
        .execute();
    }
    return known;
  }

  return {
    async add(groups, now) {
      const today = utcDayOf(now);
      // Without transactions, a crash between two statements loses these counts. The keys are written
      // first, so that nothing is ever counted twice.
      if (!hasTransactions) return await addWithin(query, groups, today);
      return await query.transaction().execute(db => addWithin(db, groups, today));
    },

    async sums(since, until) {
      return await query
        .selectFrom('event_sums')
        .selectAll()
        .where('day', '>=', since)
        .where('day', '<=', until)
        .orderBy('day')
        .orderBy('name')
        .orderBy('campaign')
        .execute();
    },

    async exposures(experiment) {
      const all = query.selectFrom('exposures').selectAll();
      return await all.where('experiment', '=', experiment).orderBy('id').execute();
    },
  };
}
