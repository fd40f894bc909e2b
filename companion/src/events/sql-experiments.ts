/** Finds the gifts of an experiment in a database. */

import type {ExpressionBuilder} from 'kysely';
import {giftOf, refundOf, subscriptionOf} from '../gifts/index.js';
import type {Database} from '../database/database.js';
import type {Tables} from '../database/tables.js';
import type {ExperimentData} from './experiment-data.js';

/** Creates the part of the store that a report reads. */
export function sqlExperiments({query}: Database): {
  ofExperiment(experiment: string): Promise<ExperimentData>;
} {
  return {
    async ofExperiment(experiment) {
      // A range uses the index, and an experiment's name may contain the wildcards of a pattern.
      const [first, last] = [`${experiment}:`, `${experiment};`];
      const gift = ({and, or, eb}: ExpressionBuilder<Tables, 'gifts'>) =>
        or([
          eb('gifts.experiment', '=', experiment),
          and([eb('gifts.holdback', '>=', first), eb('gifts.holdback', '<', last)]),
        ]);
      const gifts = await query.selectFrom('gifts').selectAll().where(gift).execute();
      const subscriptions = await query
        .selectFrom('subscriptions')
        .selectAll()
        .where(({and, or, eb}) =>
          or([
            eb('experiment', '=', experiment),
            and([eb('holdback', '>=', first), eb('holdback', '<', last)]),
          ]),
        )
        .execute();
      const refunds = await query
        .selectFrom('refunds')
        .selectAll()
        .where('gift', 'in', db => db.selectFrom('gifts').select('gifts.id').where(gift))
        .execute();
      const exposures = await query
        .selectFrom('exposures')
        .selectAll()
        .where('experiment', '=', experiment)
        .where(({or, eb, selectFrom}) =>
          or([
            eb('id', 'in', selectFrom('gifts').select('gifts.exposure').where(gift)),
            eb('id', 'in', selectFrom('gifts').select('gifts.holdback_exposure').where(gift)),
          ]),
        )
        .execute();
      const facts = [
        ...gifts.map(giftOf),
        ...subscriptions.map(subscriptionOf),
        ...refunds.map(refundOf),
      ];
      return {facts, exposures};
    },
  };
}
