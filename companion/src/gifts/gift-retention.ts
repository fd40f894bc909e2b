/** Deletes webhook events and gifts when their retention ends, and erases a person from them. */

import type {Database} from '../database/database.js';
import type {RetentionPolicy} from '../database/retention-policy.js';

const day = 86_400_000;

/** Stripe retries deliveries for three days and returns events for thirty. */
const eventDays = 35;
/** What most bookkeeping laws require; the payments themselves are recorded at Stripe. */
const giftYears = 10;

/** The columns that are cleared when a person is erased. */
const forgotten = {customer: null, attempt: null, exposure: null, holdback_exposure: null} as const;

/** Returns the upkeep of the webhooks' tables. They hold no addresses: a person is a customer id. */
export function giftUpkeep({query}: Database): readonly RetentionPolicy[] {
  const old = (now: number) => now - giftYears * 365 * day;
  const afterYears = `${giftYears} years after`;
  return [
    {
      table: 'webhook_events',
      retention: `${eventDays} days after it was heard of`,
      async deleteExpired(now) {
        const {numDeletedRows} = await query
          .deleteFrom('webhook_events')
          .where('received', '<', now - eventDays * day)
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
    },
    {
      table: 'gifts',
      retention: `${afterYears} the payment`,
      async deleteExpired(now) {
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
      // The payment stays for bookkeeping; only its link to the person is cleared.
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
      retention: `${afterYears} its end`,
      async deleteExpired(now) {
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
      retention: `${afterYears} it was heard of`,
      async deleteExpired(now) {
        const {numDeletedRows} = await query
          .deleteFrom('refunds')
          .where('at', '<', old(now))
          .executeTakeFirst();
        return Number(numDeletedRows);
      },
    },
  ];
}
