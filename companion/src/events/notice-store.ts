/** Keeps which notices the newsroom has been sent, so that each of its addresses gets each once. */

import type {Database} from '../database/database.js';
import {tokenHash} from '../database/secrets.js';
import type {ReportNotice} from './notices.js';

/** The part of the companion's store that keeps notices. Every method may reject. */
export interface NoticeStore {
  /**
   * Claims a notice for an address. Resolves with whether the caller shall send it. A claim ends
   * after 15 minutes, so that a process that stops before it has sent leaves nothing untold.
   */
  claim(notice: ReportNotice, address: string, now: number): Promise<boolean>;
  /** Records that a claimed notice was sent. */
  finish(notice: ReportNotice, address: string, now: number): Promise<void>;
  /** Takes a claim back, so that the notice is sent later. */
  release(notice: ReportNotice, address: string): Promise<void>;
}

const claimLength = 15 * 60_000;

/** Creates the part of the store that keeps notices. */
export function sqlNotices({query}: Database): NoticeStore {
  // An address may be a secret itself, as those of chat rooms are.
  const keyOf = async ({experiment, kind, day}: ReportNotice, address: string) => ({
    ...{experiment, kind, day, recipient: await tokenHash(address)},
  });
  return {
    async claim(notice, address, now) {
      const rows = await query
        .insertInto('report_notices')
        .values({...(await keyOf(notice, address)), claimed: now, sent: null})
        .onConflict(conflict =>
          conflict
            .columns(['experiment', 'kind', 'day', 'recipient'])
            .doUpdateSet({claimed: now})
            .where('report_notices.sent', 'is', null)
            .where('report_notices.claimed', '<=', now - claimLength),
        )
        .returning('kind')
        .execute();
      return rows.length > 0;
    },
    async finish(notice, address, now) {
      const key = await keyOf(notice, address);
      await query
        .updateTable('report_notices')
        .set({sent: now})
        .where(({and}) => and(key))
        .execute();
    },
    async release(notice, address) {
      const key = await keyOf(notice, address);
      await query
        .deleteFrom('report_notices')
        .where(({and}) => and(key))
        .where('sent', 'is', null)
        .execute();
    },
  };
}
