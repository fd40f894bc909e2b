/** Counts the amounts that readers chose, from the gifts in a database. */

import type {Frequency} from 'reader-support/core';
import type {Database} from '../database/database.js';

/** How many readers chose an amount, in minor units. */
export interface ChosenAmount {
  readonly frequency: Frequency;
  readonly currency: string;
  readonly minor: number;
  readonly gifts: number;
}

/**
 * Counts the amounts that were chosen between two times (epoch ms): those of single gifts, and those of
 * the first payments of recurring ones. Neither renewals nor what a changed subscription costs are
 * chosen at a form. Payments that are not paid, were refunded even in part or disputed do not count.
 */
export async function chosenAmounts(
  {query}: Database,
  from: number,
  to: number,
): Promise<readonly ChosenAmount[]> {
  return await query
    .selectFrom('gifts')
    .select(({fn}) => ['frequency', 'currency', 'minor', fn.countAll<number>().as('gifts')])
    .where('state', '=', 'paid')
    .where('renewal', '=', 0)
    .where('at', '>=', from)
    .where('at', '<=', to)
    .where(({not, exists, selectFrom}) =>
      not(
        exists(
          selectFrom('refunds')
            .select('refunds.id')
            .whereRef('refunds.gift', '=', 'gifts.id')
            .where(({or, eb}) =>
              or([eb('refunds.minor', '>', 0), eb('refunds.dispute', 'is not', null)]),
            ),
        ),
      ),
    )
    .where(({not, exists, selectFrom}) =>
      not(
        exists(
          selectFrom('gifts as earlier')
            .select('earlier.id')
            .whereRef('earlier.subscription', '=', 'gifts.subscription')
            .whereRef('earlier.at', '<', 'gifts.at')
            .where('earlier.state', '=', 'paid'),
        ),
      ),
    )
    .groupBy(['frequency', 'currency', 'minor'])
    .execute();
}
