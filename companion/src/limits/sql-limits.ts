/** Counts attempts in a database. */

import type {Attempt} from './attempts.js';
import type {Database} from '../database/database.js';
import type {LimitStore} from './limit-store.js';
import type {RetentionPolicy} from '../database/retention-policy.js';

/** Creates the part of the store that counts attempts. Single statements only, so it also works on D1. */
export function sqlLimits({query}: Database): LimitStore {
  return {
    async read(bucket) {
      const row = await query
        .selectFrom('limits')
        .select(['times', 'version'])
        .where('bucket', '=', bucket)
        .executeTakeFirst();
      return row
        ? {times: JSON.parse(row.times) as Attempt[], version: row.version}
        : {times: [], version: 0};
    },

    async write(bucket, {times: list, version}, expires) {
      const times = JSON.stringify(list);
      const result = version
        ? await query
            .updateTable('limits')
            .set({times, version: version + 1, expires})
            .where('bucket', '=', bucket)
            .where('version', '=', version)
            .executeTakeFirst()
        : await query
            .insertInto('limits')
            .values({bucket, times, version: 1, expires})
            .onConflict(conflict => conflict.column('bucket').doNothing())
            .executeTakeFirst();
      const written =
        'numUpdatedRows' in result ? result.numUpdatedRows : result.numInsertedOrUpdatedRows;
      return Number(written) === 1;
    },
  };
}

/** Returns the upkeep of the table of attempts. */
export function limitUpkeep({query}: Database): readonly RetentionPolicy[] {
  return [
    {
      table: 'limits',
      retention: 'a day longer than its attempts count',
      async deleteExpired(now) {
        const {numDeletedRows} = await query
          .deleteFrom('limits')
          .where('expires', '<', now - 86_400_000)
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
    },
  ];
}
