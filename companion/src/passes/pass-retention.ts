/** Deletes rows of passes when their retention ends, and exports or erases a person's. */

import type {Database} from '../database/database.js';
import type {RetentionPolicy} from '../database/retention-policy.js';

const day = 86_400_000;

/** How long the claims of checkouts are kept: longer than the cookie of a claim is valid. */
export const claimsKept: number = 3 * day;

/** Returns the upkeep of the tables of passes. */
export function passUpkeep({query}: Database): RetentionPolicy[] {
  return [
    {
      table: 'supports',
      retention: '30 days after a recurring gift has ended, 400 days for a single gift',
      async deleteExpired(at) {
        const ended = query
          .selectFrom('subscriptions')
          .select('id')
          .where('state', '=', 'ended')
          .where('ended_at', '<=', at - 30 * day);
        const {numDeletedRows} = await query
          .deleteFrom('supports')
          .where(({or, and, eb}) =>
            or([
              eb('ref', 'in', ended),
              and([eb('ref', 'not like', 'sub%'), eb('at', '<=', at - 400 * day)]),
            ]),
          )
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
      async export({names, customers}) {
        if (!names.length && !customers.length) return [];
        return await query
          .selectFrom('supports')
          .select(['ref', 'customer', 'at'])
          .where(({or, eb}) =>
            or([
              ...(names.length ? [eb('address_hash', 'in', names)] : []),
              ...(customers.length ? [eb('customer', 'in', customers)] : []),
            ]),
          )
          .orderBy('at')
          .execute();
      },
      // The gift and issued passes continue; only the link to an address is erased.
      async erase({names}) {
        if (!names.length) return 0;
        const {numUpdatedRows} = await query
          .updateTable('supports')
          .set({address_hash: null})
          .where('address_hash', 'in', names)
          .executeTakeFirst();
        return Number(numUpdatedRows);
      },
    },
    {
      table: 'pass_links',
      retention: 'a day after it ran out',
      async deleteExpired(at) {
        const {numDeletedRows} = await query
          .deleteFrom('pass_links')
          .where('expires', '<=', at - day)
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
    },
    {
      table: 'pass_claims',
      retention: '3 days after the pass was fetched',
      async deleteExpired(at) {
        const {numDeletedRows} = await query
          .deleteFrom('pass_claims')
          .where('at', '<=', at - claimsKept)
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
    },
  ];
}
