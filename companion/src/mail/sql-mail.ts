/** Stores reminders and queued mail in a database. */

import {sql, type Kysely} from 'kysely';
import type {Database} from '../database/database.js';
import type {MailStore, NewMail} from './mail-store.js';
import type {MailRow, ReminderRow} from './mail-tables.js';
import type {Tables} from '../database/tables.js';

const rowOf = (mail: NewMail, now: number): MailRow => ({
  id: mail.id,
  kind: mail.kind,
  sealed: mail.sealed,
  address_hash: mail.addressHash,
  reminder: mail.reminder ?? null,
  due: mail.due,
  until: mail.until,
  tries: 0,
  state: 'waiting',
  claim: null,
  lease: 0,
  problem: null,
  at: now,
});

/** Creates the part of the store that keeps mail. */
export function sqlMail({query, dialect, hasTransactions}: Database): MailStore {
  /**
   * Runs several statements in a transaction. Where the database has none, their order ensures that a
   * crash after any of them loses nothing, duplicates nothing, and mails nobody who refused.
   */
  const asOne = async <T>(work: (within: Kysely<Tables>) => Promise<T>): Promise<T> =>
    hasTransactions ? await query.transaction().execute(work) : await work(query);

  const reminderRow = async (id: string) =>
    await query.selectFrom('reminders').selectAll().where('id', '=', id).executeTakeFirst();

  return {
    async ask(mail, {gap, max, windowMs}, now, reminder) {
      const key = `${mail.kind} ${mail.addressHash}`;
      const fresh = sql`mail_quotas.since <= ${now - windowMs}`;
      const may = sql`mail_quotas.last_at <= ${now - gap} and (mail_quotas.times < ${max} or ${fresh})`;
      return await asOne(async within => {
        // Written in every case, so that the response time reveals nothing.
        await sql`
          insert into mail_quotas (key, tries, granted, last_at, since, times)
          values (${key}, 1, ${mail.id}, ${now}, ${now}, 1)
          on conflict (key) do update set
            tries = mail_quotas.tries + 1,
            granted = case when ${may} then ${mail.id} else mail_quotas.granted end,
            last_at = case when ${may} then ${now} else mail_quotas.last_at end,
            times = case when ${may} then (case when ${fresh} then 1 else mail_quotas.times + 1 end)
              else mail_quotas.times end,
            since = case when ${may} and ${fresh} then ${now} else mail_quotas.since end
        `.execute(within);
        const isRefused = sql`exists (select 1 from mail_refusals
          where address_hash in (${sql.join(reminder?.names ?? [''])}))`;
        const granted = sql<boolean>`
          exists (select 1 from mail_quotas where key = ${key} and granted = ${mail.id})
          and (${reminder ? 1 : 0} = 0 or not ${isRefused})`;
        const rows = [
          ...(reminder
            ? [{table: 'reminders', row: reminderOf(reminder, mail.addressHash, now)}]
            : []),
          {table: 'mails', row: rowOf(mail, now)},
        ];
        let kept = 0n;
        for (const {table, row} of rows) {
          const columns = Object.keys(row);
          const {numAffectedRows = 0n} = await sql`
            insert into ${sql.table(table)} (${sql.join(columns.map(name => sql.ref(name)))})
            select ${sql.join(Object.values(row).map(typed))} where ${granted}`.execute(within);
          kept += numAffectedRows;
        }
        return kept > 0n;
      });
    },

    reminder: async tokenHash =>
      await query
        .selectFrom('reminders')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst(),

    confirm: async (reminder, mail, names, now) =>
      await asOne(async within => {
        const found = within
          .selectFrom('reminders')
          .select('id')
          .where('id', '=', reminder)
          .where('state', '=', 'asked');
        // SQLite has a single writer, so it needs no row lock.
        const asked = await (dialect === 'postgres' ? found.forUpdate() : found).executeTakeFirst();
        if (!asked) return false;
        // Concurrent confirmations use the same mail id.
        await within
          .insertInto('mails')
          .values(rowOf(mail, now))
          .onConflict(conflict => conflict.doNothing())
          .execute();
        await within
          .updateTable('reminders')
          .set({state: 'confirmed', confirmed_at: now, sealed: null})
          .where('id', '=', reminder)
          .where('state', '=', 'asked')
          .execute();
        const older = await within
          .updateTable('reminders')
          .set({state: 'stopped', ended_at: now, sealed: null})
          .where('address_hash', 'in', [mail.addressHash, ...names])
          .where('id', '!=', reminder)
          .where('state', 'in', ['asked', 'confirmed'])
          .returning('id')
          .execute();
        await within
          .deleteFrom('mails')
          .where('reminder', 'in', [reminder, ...older.map(({id}) => id)])
          .where('id', '!=', mail.id)
          .where('state', '!=', 'sending')
          .execute();
        return true;
      }),

    async stop(reminder, now) {
      const row = await reminderRow(reminder);
      if (!row) return;
      await asOne(async within => {
        await within
          .insertInto('mail_refusals')
          .values({address_hash: row.address_hash, at: now})
          .onConflict(conflict => conflict.doNothing())
          .execute();
        await within
          .updateTable('reminders')
          .set({state: 'stopped', ended_at: now, sealed: null})
          .where('address_hash', '=', row.address_hash)
          .where('state', 'in', ['asked', 'confirmed'])
          .execute();
        await within
          .deleteFrom('mails')
          .where('address_hash', '=', row.address_hash)
          .where('kind', 'in', ['confirm', 'remind'])
          .execute();
      });
    },

    erase: async (addressHashes, now) =>
      await asOne(async within => {
        let erased = 0;
        for (const table of ['mails', 'reminders'] as const) {
          const gone = await within
            .deleteFrom(table)
            .where('address_hash', 'in', addressHashes)
            .executeTakeFirst();
          erased += Number(gone.numDeletedRows);
        }
        const keys = addressHashes.flatMap(hash =>
          ['confirm', 'remind', 'restore'].map(kind => `${kind} ${hash}`),
        );
        // The counters of an address are kept for at most a month and reveal nothing else.
        await within.deleteFrom('mail_quotas').where('key', 'in', keys).execute();
        const [present] = addressHashes;
        if (erased && present)
          await within
            .insertInto('mail_refusals')
            .values({address_hash: present, at: now})
            .onConflict(conflict => conflict.doNothing())
            .execute();
        return erased;
      }),

    async claim(claim, now, lease, most) {
      const due = sql<boolean>`mails.due <= ${now}
        and (mails.state = 'waiting' or (mails.state = 'claimed' and mails.lease <= ${now}))`;
      // The condition is repeated because PostgreSQL re-checks only the outer one on a row that another
      // process has just changed.
      return await query
        .updateTable('mails')
        .set(({eb}) => ({state: 'claimed' as const, claim, lease, tries: eb('tries', '+', 1)}))
        .where(due)
        .where('id', 'in', inner =>
          inner.selectFrom('mails').select('mails.id').where(due).orderBy('mails.due').limit(most),
        )
        .returning(['id', 'kind', 'sealed', 'address_hash', 'reminder', 'due', 'until', 'tries'])
        .execute();
    },

    async begin(mail, claim, now) {
      const begun = await query
        .updateTable('mails')
        .set({state: 'sending'})
        .where('id', '=', mail)
        .where('claim', '=', claim)
        .where('state', '=', 'claimed')
        .where('lease', '>', now)
        .executeTakeFirst();
      return begun.numUpdatedRows === 1n;
    },

    sent: async (mail, now) =>
      await asOne(async within => {
        const row = await within
          .selectFrom('mails')
          .select(['kind', 'reminder'])
          .where('id', '=', mail)
          .executeTakeFirst();
        if (row?.kind === 'remind' && row.reminder !== null)
          await within
            .updateTable('reminders')
            .set({state: 'sent', ended_at: now})
            .where('id', '=', row.reminder)
            .where('state', '=', 'confirmed')
            .execute();
        await within.deleteFrom('mails').where('id', '=', mail).execute();
      }),

    async retry(mail, problem, due) {
      await query
        .updateTable('mails')
        .set({state: 'waiting', claim: null, lease: 0, problem, due})
        .where('id', '=', mail)
        // Unless another worker has treated it as interrupted in the meantime.
        .where('state', '=', 'sending')
        .execute();
    },

    async giveUp(mail, state, problem) {
      await query
        .updateTable('mails')
        .set({state, claim: null, problem, sealed: null})
        .where('id', '=', mail)
        .execute();
    },

    async settle(now) {
      const stuck = query
        .updateTable('mails')
        .where('state', '=', 'sending')
        .where('lease', '<=', now);
      const unsure = await stuck
        .set({state: 'unsure', claim: null, problem: 'interrupted', sealed: null})
        .where('kind', '=', 'remind')
        .executeTakeFirst();
      await stuck
        .set({state: 'waiting', claim: null, lease: 0, problem: 'interrupted'})
        .where('kind', '!=', 'remind')
        .execute();
      return Number(unsure.numUpdatedRows);
    },
  };
}

function reminderOf(
  reminder: Parameters<MailStore['ask']>[3] & object,
  addressHash: string,
  now: number,
): ReminderRow {
  const {id, tokenHash, sealed, locale, page, choice, due, minutesEast} = reminder;
  return {
    id,
    token_hash: tokenHash,
    address_hash: addressHash,
    sealed,
    ...{locale, page, choice, due},
    minutes_east: minutesEast,
    state: 'asked',
    asked_at: now,
    confirmed_at: null,
    ended_at: null,
  };
}

/** Casts a parameter of a `select`, because PostgreSQL cannot infer its type. */
function typed(value: string | number | null) {
  if (value === null) return sql`null`;
  return typeof value === 'number' ? sql`cast(${value} as bigint)` : sql`cast(${value} as text)`;
}
