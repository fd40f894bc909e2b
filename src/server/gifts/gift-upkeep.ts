/** How long are webhooks and gifts kept, and what do they hold about a person? */

import type {Database} from '../store/database.js';
import type {Upkeep} from '../store/upkeep.js';

const day = 86_400_000;

/** Stripe delivers for three days and can be asked for an event for thirty. */
const eventDays = 35;
/** What bookkeeping asks for in most places; the money itself is in Stripe's books. */
const giftYears = 10;

/** What is taken out of a row when a person is forgotten. */
const forgotten = {customer: null, attempt: null, exposure: null, holdback_exposure: null} as const;

/** The upkeep of the tables that webhooks write. None of them holds an address: a person is a customer's id. */
export function giftUpkeep({query}: Database): readonly Upkeep[] {
  const old = (now: number) => now - giftYears * 365 * day;
  const afterYears = `${giftYears} years after`;
  return [
    {
      table: 'webhook_events',
      kept: `${eventDays} days after it was heard of`,
      async sweep(now) {
        const {numDeletedRows} = await query
          .deleteFrom('webhook_events')
          .where('received', '<', now - eventDays * day)
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
    },
    {
      table: 'gifts',
      kept: `${afterYears} the payment`,
      async sweep(now) {
        const {numDeletedRows} = await query
          .deleteFrom('gifts')
          .where('at', '<', old(now))
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
      export: async ({customers}) =>
        customers.length
          ? await query.selectFrom('gifts').selectAll().where('customer', 'in', customers).execute()
          : [],
      // The payment stays, because it happened; whose it was is forgotten.
      async erase({customers}) {
        if (!customers.length) return 0;
        const {numUpdatedRows} = await query
          .updateTable('gifts')
          .set(forgotten)
          .where('customer', 'in', customers)
          .executeTakeFirst();
        return Number(numUpdatedRows);
      },
    },
    {
      table: 'subscriptions',
      kept: `${afterYears} its end`,
      async sweep(now) {
        const {numDeletedRows} = await query
          .deleteFrom('subscriptions')
          .where('ended_at', '<', old(now))
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
      export: async ({customers}) =>
        customers.length
          ? await query
              .selectFrom('subscriptions')
              .selectAll()
              .where('customer', 'in', customers)
              .execute()
          : [],
      async erase({customers}) {
        if (!customers.length) return 0;
        const {numUpdatedRows} = await query
          .updateTable('subscriptions')
          .set(forgotten)
          .where('customer', 'in', customers)
          .executeTakeFirst();
        return Number(numUpdatedRows);
      },
    },
    {
      table: 'refunds',
      kept: `${afterYears} it was heard of`,
      async sweep(now) {
        const {numDeletedRows} = await query
          .deleteFrom('refunds')
          .where('at', '<', old(now))
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
    },
  ];
}
