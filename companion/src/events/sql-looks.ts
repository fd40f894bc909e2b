/** Keeps what looks at experiments found in a database. */

import type {Database} from '../database/database.js';
import type {Look} from '../report/looks.js';
import type {LookStore} from './look-store.js';

/** Creates the part of the store that keeps looks. */
export function sqlLooks({query}: Database): LookStore {
  return {
    async add(looks) {
      if (looks.length === 0) return;
      const rows = looks.map(({low, high, direction = null, ...look}) => ({
        ...look,
        direction,
        low: Number.isFinite(low) ? low : null,
        high: Number.isFinite(high) ? high : null,
      }));
      await query
        .insertInto('report_looks')
        .values(rows)
        .onConflict(conflict => conflict.columns(['experiment', 'arm', 'boundary']).doNothing())
        .execute();
    },
    async of(experiment) {
      const rows = await query
        .selectFrom('report_looks')
        .selectAll()
        .where('experiment', '=', experiment)
        .orderBy('day')
        .orderBy('arm')
        .execute();
      return rows.map(({direction, low, high, boundary, ...look}) => ({
        ...look,
        boundary: boundary as Look['boundary'],
        ...(direction !== null && {direction: direction as 'better' | 'worse'}),
        low: low ?? -Infinity,
        high: high ?? Infinity,
      }));
    },
  };
}
