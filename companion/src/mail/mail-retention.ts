/** Deletes reminders, mails and addresses when their retention ends, and exports or erases a person's. */

import type {Database} from '../database/database.js';
import type {MailStore} from './mail-store.js';
import type {RetentionPolicy} from '../database/retention-policy.js';

const day = 86_400_000;

const count = async (gone: Promise<{readonly numDeletedRows: bigint}>): Promise<number> =>
  Number((await gone).numDeletedRows);

/** Returns the upkeep of the mail tables. */
export function mailUpkeep(
  {query}: Database,
  mails: Pick<MailStore, 'erase'>,
  now: () => number,
): RetentionPolicy[] {
  return [
    {
      table: 'reminders',
      retention: '48 hours when nobody confirms it, else 30 days after it was sent or stopped',
      async deleteExpired(at) {
        const unconfirmed = await count(
          query
            .deleteFrom('reminders')
            .where('state', '=', 'asked')
            .where('asked_at', '<=', at - 2 * day)
            .executeTakeFirst(),
        );
        const ended = await count(
          query
            .deleteFrom('reminders')
            .where('state', 'in', ['sent', 'stopped'])
            .where('ended_at', '<=', at - 30 * day)
            .executeTakeFirst(),
        );
        // The reminder's mail was given up, so the reminder can never be sent.
        const abandoned = await count(
          query
            .deleteFrom('reminders')
            .where('state', '=', 'confirmed')
            .where('due', '<=', at - 34 * day)
            .executeTakeFirst(),
        );
        return unconfirmed + ended + abandoned;
      },
      async export({names}) {
        if (!names.length) return [];
        return await query
          .selectFrom('reminders')
          .select([
            'locale',
            'page',
            'choice',
            'due',
            'state',
            'asked_at',
            'confirmed_at',
            'ended_at',
          ])
          .where('address_hash', 'in', names)
          .orderBy('asked_at')
          .execute();
      },
      async erase({names}) {
        return names.length ? await mails.erase(names, now()) : 0;
      },
    },
    {
      table: 'mails',
      retention: 'until it is sent; 30 days without its address when it could not be',
      deleteExpired: at =>
        count(
          query
            .deleteFrom('mails')
            .where('state', 'in', ['unsure', 'failed'])
            .where('due', '<=', at - 30 * day)
            .executeTakeFirst(),
        ),
      async export({names}) {
        if (!names.length) return [];
        return await query
          .selectFrom('mails')
          .select(['kind', 'due', 'state', 'at'])
          .where('address_hash', 'in', names)
          .orderBy('at')
          .execute();
      },
    },
    {
      table: 'mail_quotas',
      retention: '31 days after the last mail',
      deleteExpired: at =>
        count(
          query
            .deleteFrom('mail_quotas')
            .where('last_at', '<=', at - 31 * day)
            .executeTakeFirst(),
        ),
    },
    {
      table: 'mail_refusals',
      retention: 'for good, as a hash: it keeps a promise',
      deleteExpired: () => Promise.resolve(0),
      async export({names}) {
        if (!names.length) return [];
        return await query
          .selectFrom('mail_refusals')
          .select('at')
          .where('address_hash', 'in', names)
          .execute();
      },
    },
  ];
}
