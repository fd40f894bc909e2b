/** Keeps which notices the newsroom has been sent, so that each is sent once. */

import type {Database} from '../database/database.js';
import type {ReportNotice} from './notices.js';

/** The part of the companion's store that keeps notices. Every method may reject. */
export interface NoticeStore {
  /** Claims a notice. Resolves with whether the caller is the first and shall send it. */
  claim(notice: ReportNotice, now: number): Promise<boolean>;
  /** Takes a claim back, so that the notice is sent later. */
  release(notice: ReportNotice): Promise<void>;
}

/** Creates the part of the store that keeps notices. */
export function sqlNotices({query}: Database): NoticeStore {
  return {
    async claim({experiment, kind, day}, now) {
      const rows = await query
        .insertInto('report_notices')
        .values({experiment, kind, day, sent: now})
        .onConflict(conflict => conflict.columns(['experiment', 'kind', 'day']).doNothing())
        .returning('kind')
        .execute();
      return rows.length > 0;
    },
    async release({experiment, kind, day}) {
      await query
        .deleteFrom('report_notices')
        .where('experiment', '=', experiment)
        .where('kind', '=', kind)
        .where('day', '=', day)
        .execute();
    },
  };
}
