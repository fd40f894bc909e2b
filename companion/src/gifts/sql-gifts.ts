/** Stores webhook events and gifts in a database. */

import {CompiledQuery} from 'kysely';
import type {Gift, GiftFact, GiftRefund, Subscription} from 'reader-support/core';
import type {Database} from '../database/database.js';
import type {GiftRow, RefundRow, SubscriptionRow} from './gift-tables.js';
import {columnsOfSource, sourceOfColumns} from '../stripe/index.js';
import type {EventClaim, EventOutcome, FactOf, GiftStore} from './gift-store.js';

function rowOfGift(gift: Gift): GiftRow {
  const {id, rank, state, frequency, amount, source, subscription, customer, renewal, at} = gift;
  return {
    ...{id, rank, state, frequency, ...amount, ...columnsOfSource(source), at},
    subscription: subscription ?? null,
    customer: customer ?? null,
    renewal: renewal ? 1 : 0,
  };
}

/** Converts a row to a gift. */
export function giftOf(row: GiftRow): Gift {
  const {id, rank, state, frequency, minor, currency, subscription, customer, renewal, at} = row;
  return {
    kind: 'gift',
    ...{id, rank, state, frequency, amount: {minor, currency}, source: sourceOfColumns(row)},
    ...(subscription !== null && {subscription}),
    ...(customer !== null && {customer}),
    renewal: renewal === 1,
    at,
  };
}

function rowOfSubscription(subscription: Subscription): SubscriptionRow {
  const {id, rank, state, frequency, amount, source, customer, paidUntil, endsAt, endedAt, at} =
    subscription;
  return {
    ...{id, rank, state, frequency, ...amount, ...columnsOfSource(source), at},
    customer: customer ?? null,
    paid_until: paidUntil,
    ends_at: endsAt ?? null,
    ended_at: endedAt ?? null,
  };
}

/** Converts a row to a recurring gift. */
export function subscriptionOf(row: SubscriptionRow): Subscription {
  const {id, rank, state, frequency, minor, currency, customer, at} = row;
  return {
    kind: 'subscription',
    ...{id, rank, state, frequency, amount: {minor, currency}, source: sourceOfColumns(row)},
    ...(customer !== null && {customer}),
    paidUntil: row.paid_until,
    ...(row.ends_at !== null && {endsAt: row.ends_at}),
    ...(row.ended_at !== null && {endedAt: row.ended_at}),
    at,
  };
}

function rowOfRefund({id, rank, gift, amount, dispute, at}: GiftRefund): RefundRow {
  return {id, rank, gift, ...amount, dispute: dispute ?? null, at};
}

/** Converts a row to a refund. */
export function refundOf({id, rank, gift, minor, currency, dispute, at}: RefundRow): GiftRefund {
  const amount = {minor, currency};
  return {kind: 'refund', id, rank, gift, amount, ...(dispute !== null && {dispute}), at};
}

/** Creates the part of the store that webhooks write. */
export function sqlGifts(
  {query, together}: Database,
  now: () => number,
): GiftStore & Required<Pick<GiftStore, 'failed'>> {
  const writers = {
    gift: (gift: Gift) => {
      const {id, ...row} = rowOfGift(gift);
      return query
        .insertInto('gifts')
        .values({id, ...row})
        .onConflict(conflict =>
          conflict
            .column('id')
            .doUpdateSet(row)
            .where(({or, and, eb}) =>
              or([
                eb('gifts.rank', '<', row.rank),
                and([eb('gifts.rank', '=', row.rank), eb('gifts.at', '>', row.at)]),
              ]),
            ),
        );
    },
    subscription: (subscription: Subscription) => {
      const {id, ...row} = rowOfSubscription(subscription);
      return query
        .insertInto('subscriptions')
        .values({id, ...row})
        .onConflict(conflict =>
          conflict.column('id').doUpdateSet(row).where('subscriptions.rank', '<', row.rank),
        );
    },
    refund: (refund: GiftRefund) => {
      const {id, ...row} = rowOfRefund(refund);
      return query
        .insertInto('refunds')
        .values({id, ...row})
        .onConflict(conflict =>
          conflict.column('id').doUpdateSet(row).where('refunds.rank', '<', row.rank),
        );
    },
  };

  async function findAny(kind: GiftFact['kind'], id: string): Promise<GiftFact | undefined> {
    if (kind === 'gift') {
      const row = await query
        .selectFrom('gifts')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row && giftOf(row);
    }
    if (kind === 'subscription') {
      const all = query.selectFrom('subscriptions').selectAll();
      const row = await all.where('id', '=', id).executeTakeFirst();
      return row && subscriptionOf(row);
    }
    const row = await query
      .selectFrom('refunds')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    return row && refundOf(row);
  }

  const claimOf = ({id, type, created}: EventClaim, outcome: EventOutcome | null) =>
    query
      .insertInto('webhook_events')
      .values({id, type, created, received: now(), tries: 1, outcome, problem: null})
      .onConflict(conflict =>
        conflict
          .column('id')
          .doUpdateSet(({eb}) => ({
            tries: eb('webhook_events.tries', '+', 1),
            ...(outcome !== null && {outcome, problem: null}),
          }))
          // A finished event stays as it is and costs no write.
          .where('webhook_events.outcome', 'is', null),
      )
      .returning('tries');

  const compiledWrite = (fact: GiftFact) =>
    fact.kind === 'gift'
      ? writers.gift(fact).compile()
      : fact.kind === 'subscription'
        ? writers.subscription(fact).compile()
        : writers.refund(fact).compile();

  const settle: GiftStore['settle'] =
    together &&
    (async (event, fact, outcome) => {
      // Raw SQL costs half of the query builder and runs on every delivery. Only SQLite gets here.
      const look = 'select outcome from webhook_events where id = ?';
      const {
        rows: [entry],
      } = await query.executeQuery<{outcome: EventOutcome | null}>(
        CompiledQuery.raw(look, [event.id]),
      );
      if (entry && entry.outcome !== null) return 'done';
      const [result] = await together([
        claimOf(event, outcome).compile(),
        ...(fact ? [compiledWrite(fact)] : []),
      ]);
      const [row] = (result?.rows ?? []) as {tries: number}[];
      if (!row) return 'done';
      return row.tries === 1 ? 'new' : 'again';
    });

  return {
    ...(settle && {settle}),

    async claim(event) {
      const row = await claimOf(event, null).executeTakeFirst();
      if (!row) return 'done';
      return row.tries === 1 ? 'new' : 'again';
    },

    async done(eventId, outcome) {
      await query
        .updateTable('webhook_events')
        .set({outcome, problem: null})
        .where('id', '=', eventId)
        .execute();
    },

    async failed(eventId, problem) {
      await query
        .updateTable('webhook_events')
        .set({problem})
        .where('id', '=', eventId)
        .where('outcome', 'is', null)
        .execute();
    },

    async write(fact) {
      const {numInsertedOrUpdatedRows: written} =
        fact.kind === 'gift'
          ? await writers.gift(fact).executeTakeFirst()
          : fact.kind === 'subscription'
            ? await writers.subscription(fact).executeTakeFirst()
            : await writers.refund(fact).executeTakeFirst();
      return written === 1n;
    },

    find: async <Kind extends GiftFact['kind']>(kind: Kind, id: string) =>
      (await findAny(kind, id)) as FactOf<Kind> | undefined,
  };
}
