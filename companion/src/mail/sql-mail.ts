/** Stores reminders and queued mail in a database. */

import {sql, type Kysely, type RawBuilder} from 'kysely';
import type {Database} from '../database/database.js';
import type {MailLimit, MailStore, NewMail, NewReminder} from './mail-store.js';
import type {MailKind, MailRow, ReminderRow} from './mail-tables.js';
import type {Tables} from '../database/tables.js';

/** Creates the part of the store that keeps mail. */
export function sqlMail({query, dialect, hasTransactions}: Database): MailStore {
  /**
   * Runs several statements in a transaction. Where the database has none, their order ensures that a
   * crash after any of them loses nothing, duplicates nothing, and mails nobody who refused.
   */
  const asOne = async <T>(work: (within: Kysely<Tables>) => Promise<T>): Promise<T> =>
    hasTransactions ? await query.transaction().execute(work) : await work(query);

  return {
    ask: async (mail, limit, now, reminder) =>
      await asOne(async within => {
        // Written in every case, so that the response time reveals nothing.
        await countRequest(within, mail, limit, now);
        const condition = isGranted(mail, reminder);
        let inserted = 0n;
        if (reminder) {
          const row = reminderRow(reminder, mail.addressHash, now);
          inserted += await insertWhere(within, 'reminders', row, condition);
        }
        inserted += await insertWhere(within, 'mails', mailRow(mail, now), condition);
        return inserted > 0n;
      }),

    reminder: async tokenHash =>
      await query
        .selectFrom('reminders')
        .selectAll()
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst(),

    confirm: async (reminder, mail, names, now) =>
      await asOne(async within => {
        const pending = within
          .selectFrom('reminders')
          .select('id')
          .where('id', '=', reminder)
          .where('state', '=', 'asked');
        // SQLite has a single writer, so it needs no row lock.
        const row = await (
          dialect === 'postgres' ? pending.forUpdate() : pending
        ).executeTakeFirst();
        if (!row) return false;
        // Concurrent confirmations use the same mail id.
        await within
          .insertInto('mails')
          .values(mailRow(mail, now))
          .onConflict(conflict => conflict.doNothing())
          .execute();
        await within
          .updateTable('reminders')
          .set({state: 'confirmed', confirmed_at: now, sealed: null})
          .where('id', '=', reminder)
          .where('state', '=', 'asked')
          .execute();
        const others = await stopReminders(within, now)
          .where('address_hash', 'in', [mail.addressHash, ...names])
          .where('id', '!=', reminder)
          .returning('id')
          .execute();
        await within
          .deleteFrom('mails')
          .where('reminder', 'in', [reminder, ...others.map(({id}) => id)])
          .where('id', '!=', mail.id)
          .where('state', '!=', 'sending')
          .execute();
        return true;
      }),

    async stop(reminder, now) {
      const row = await query
        .selectFrom('reminders')
        .select('address_hash')
        .where('id', '=', reminder)
        .executeTakeFirst();
      if (!row) return;
      await asOne(async within => {
        await refuseReminders(within, row.address_hash, now);
        await stopReminders(within, now).where('address_hash', '=', row.address_hash).execute();
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
          const {numDeletedRows} = await within
            .deleteFrom(table)
            .where('address_hash', 'in', addressHashes)
            .executeTakeFirst();
          erased += Number(numDeletedRows);
        }
        // The counters of an address are kept for at most a month and reveal nothing else.
        const keys = addressHashes.flatMap(hash =>
          (['confirm', 'remind', 'restore'] as const).map(kind => quotaKey(kind, hash)),
        );
        await within.deleteFrom('mail_quotas').where('key', 'in', keys).execute();
        const [currentHash] = addressHashes;
        if (erased && currentHash) await refuseReminders(within, currentHash, now);
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
      const {numUpdatedRows} = await query
        .updateTable('mails')
        .set({state: 'sending'})
        .where('id', '=', mail)
        .where('claim', '=', claim)
        .where('state', '=', 'claimed')
        .where('lease', '>', now)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
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
      const interrupted = query
        .updateTable('mails')
        .where('state', '=', 'sending')
        .where('lease', '<=', now);
      const unsure = await interrupted
        .set({state: 'unsure', claim: null, problem: 'interrupted', sealed: null})
        .where('kind', '=', 'remind')
        .executeTakeFirst();
      await interrupted
        .set({state: 'waiting', claim: null, lease: 0, problem: 'interrupted'})
        .where('kind', '!=', 'remind')
        .execute();
      return Number(unsure.numUpdatedRows);
    },
  };
}

/** The key of the counter for one kind of mail to one mailbox. */
const quotaKey = (kind: MailKind, addressHash: string): string => `${kind} ${addressHash}`;

/** Counts a request for mail to an address, and grants it unless the address has had too many. */
async function countRequest(
  within: Kysely<Tables>,
  {id, kind, addressHash, mailboxHash = addressHash}: NewMail,
  {gap, max, windowMs}: MailLimit,
  now: number,
): Promise<void> {
  const isNewWindow = sql`mail_quotas.since <= ${now - windowMs}`;
  const isAllowed = sql`mail_quotas.last_at <= ${now - gap}
    and (mail_quotas.times < ${max} or ${isNewWindow})`;
  await sql`
    insert into mail_quotas (key, tries, granted, last_at, since, times)
    values (${quotaKey(kind, mailboxHash)}, 1, ${id}, ${now}, ${now}, 1)
    on conflict (key) do update set
      tries = mail_quotas.tries + 1,
      granted = case when ${isAllowed} then ${id} else mail_quotas.granted end,
      last_at = case when ${isAllowed} then ${now} else mail_quotas.last_at end,
      times = case when ${isAllowed} then (case when ${isNewWindow} then 1 else mail_quotas.times + 1 end)
        else mail_quotas.times end,
      since = case when ${isAllowed} and ${isNewWindow} then ${now} else mail_quotas.since end
  `.execute(within);
}

/** The condition under which a request is granted: for reminders, also that the address has not refused them. */
function isGranted(
  {id, kind, addressHash, mailboxHash = addressHash}: NewMail,
  reminder?: NewReminder,
): RawBuilder<boolean> {
  const isRefused = sql`exists (select 1 from mail_refusals
    where address_hash in (${sql.join(reminder?.names ?? [''])}))`;
  return sql<boolean>`
    exists (select 1 from mail_quotas where key = ${quotaKey(kind, mailboxHash)} and granted = ${id})
    and (${reminder ? 1 : 0} = 0 or not ${isRefused})`;
}

/** Inserts a row if a condition holds, in one statement. Resolves with the number of inserted rows. */
async function insertWhere(
  within: Kysely<Tables>,
  table: 'mails' | 'reminders',
  row: MailRow | ReminderRow,
  condition: RawBuilder<boolean>,
): Promise<bigint> {
  const columns = Object.keys(row).map(name => sql.ref(name));
  const {numAffectedRows = 0n} = await sql`
    insert into ${sql.table(table)} (${sql.join(columns)})
    select ${sql.join(Object.values(row).map(typed))} where ${condition}`.execute(within);
  return numAffectedRows;
}

/** Casts a parameter of a `select`, because PostgreSQL cannot infer its type. */
function typed(value: string | number | null) {
  if (value === null) return sql`null`;
  return typeof value === 'number' ? sql`cast(${value} as bigint)` : sql`cast(${value} as text)`;
}

/** Ends the reminders that the caller selects, where they have not ended yet. */
const stopReminders = (within: Kysely<Tables>, now: number) =>
  within
    .updateTable('reminders')
    .set({state: 'stopped', ended_at: now, sealed: null})
    .where('state', 'in', ['asked', 'confirmed']);

/** Blocks reminders to an address for good. */
async function refuseReminders(
  within: Kysely<Tables>,
  addressHash: string,
  now: number,
): Promise<void> {
  await within
    .insertInto('mail_refusals')
    .values({address_hash: addressHash, at: now})
    .onConflict(conflict => conflict.doNothing())
    .execute();
}

const mailRow = (mail: NewMail, now: number): MailRow => ({
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

const reminderRow = (reminder: NewReminder, addressHash: string, now: number): ReminderRow => ({
  id: reminder.id,
  token_hash: reminder.tokenHash,
  address_hash: addressHash,
  sealed: reminder.sealed,
  locale: reminder.locale,
  page: reminder.page,
  choice: reminder.choice,
  due: reminder.due,
  minutes_east: reminder.minutesEast,
  state: 'asked',
  asked_at: now,
  confirmed_at: null,
  ended_at: null,
});
