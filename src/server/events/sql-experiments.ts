/** How does a database find the gifts of an experiment? */

import type {Database} from '../store/database.js';
import type {ExperimentBooks} from './experiment-books.js';
import {giftOf, refundOf, subscriptionOf} from '../gifts/sql-gifts.js';

/** The part of the store that a report reads. */
export function sqlExperiments({query}: Database): {
  ofExperiment(experiment: string): Promise<ExperimentBooks>;
} {
  return {
    async ofExperiment(experiment) {
      const gifts = await query
        .selectFrom('gifts')
        .selectAll()
        .where('experiment', '=', experiment)
        .execute();
      const subscriptions = await query
        .selectFrom('subscriptions')
        .selectAll()
        .where('experiment', '=', experiment)
        .execute();
      const refunds = await query
        .selectFrom('refunds')
        .innerJoin('gifts', 'gifts.id', 'refunds.gift')
        .selectAll('refunds')
        .where('gifts.experiment', '=', experiment)
        .execute();
      const exposures = await query
        .selectFrom('exposures')
        .selectAll()
        .where('experiment', '=', experiment)
        .where('id', 'in', db =>
          db
            .selectFrom('gifts')
            .select('gifts.exposure')
            .where('gifts.experiment', '=', experiment)
            .where('gifts.exposure', 'is not', null)
            .$castTo<{exposure: string}>(),
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
