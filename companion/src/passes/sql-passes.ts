/** Stores passes in a database. */

import type {GiftFact} from 'reader-support/core';
import type {Database} from '../database/database.js';
import type {PassStore, Support} from './pass-store.js';
import type {SupportRow} from './pass-tables.js';

function supportOf(row: SupportRow): Support {
  const {id, ref, customer, address_hash: addressHash, at} = row;
  return {
    ...{id, ref, at},
    ...(customer !== null && {customer}),
    ...(addressHash !== null && {addressHash}),
  };
}

/** Finds the gifts that passes stand on. */
interface GiftFinder {
  find<Kind extends 'gift' | 'subscription'>(
    kind: Kind,
    id: string,
  ): Promise<Extract<GiftFact, {readonly kind: Kind}> | undefined>;
}

/** Creates the part of the store that keeps passes. */
export function sqlPasses({query}: Database, gifts: GiftFinder): PassStore {
  return {
    async add({ref, customer, addressHash, at}) {
      const {id} = await query
        .insertInto('supports')
        .values({
          id: crypto.randomUUID(),
          ref,
          customer: customer ?? null,
          address_hash: addressHash ?? null,
          at,
        })
        .onConflict(conflict =>
          conflict.column('ref').doUpdateSet(({fn, ref: column}) => ({
            customer: fn.coalesce(column('excluded.customer'), column('supports.customer')),
            address_hash: fn.coalesce(
              column('excluded.address_hash'),
              column('supports.address_hash'),
            ),
          })),
        )
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },

    async find(id) {
      const row = await query
        .selectFrom('supports')
        .selectAll()
        .where('id', '=', id)
        .executeTakeFirst();
      return row && supportOf(row);
    },

    async of(addressHashes) {
      const rows = await query
        .selectFrom('supports')
        .selectAll()
        .where('address_hash', 'in', addressHashes)
        .orderBy('at', 'desc')
        .limit(20)
        .execute();
      return rows.map(supportOf);
    },

    async facts(ref) {
      const isRecurring = ref.startsWith('sub_');
      const subscription = isRecurring ? await gifts.find('subscription', ref) : undefined;
      const row = await query
        .selectFrom('gifts')
        .selectAll()
        .where(isRecurring ? 'subscription' : 'id', '=', ref)
        .where('state', '=', 'paid')
        .orderBy('at', 'desc')
        .limit(1)
        .executeTakeFirst();
      const given = row
        ? await query
            .selectFrom('refunds')
            .select(['minor', 'dispute'])
            .where('gift', '=', row.id)
            .execute()
        : [];
      return {
        subscription,
        gift: row && {
          state: row.state,
          amount: {minor: row.minor, currency: row.currency},
          at: row.at,
          frequency: row.frequency,
        },
        refunded: given.reduce((sum, {minor}) => sum + minor, 0),
        lost: given.some(({dispute}) => dispute === 'lost'),
      };
    },

    async claim(session, now) {
      const {at} = await query
        .insertInto('pass_claims')
        .values({session, at: now})
        // Updates nothing, but makes `returning` answer the existing row.
        .onConflict(conflict =>
          conflict.column('session').doUpdateSet(({ref}) => ({at: ref('pass_claims.at')})),
        )
        .returning('at')
        .executeTakeFirstOrThrow();
      return at;
    },

    async addLink({tokenHash, support, expires}) {
      await query
        .insertInto('pass_links')
        .values({token_hash: tokenHash, support, expires, used_at: null})
        .execute();
    },

    async useLink(tokenHash, now) {
      const used = await query
        .updateTable('pass_links')
        .set({used_at: now})
        .where('token_hash', '=', tokenHash)
        .where('used_at', 'is', null)
        .where('expires', '>', now)
        .returning('support')
        .executeTakeFirst();
      return used?.support;
    },
  };
}
