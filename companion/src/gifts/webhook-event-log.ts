/** Lists the webhook events that arrived, and those that could not be processed. */

import type {Database} from '../database/database.js';
import type {WebhookEventRow} from './gift-tables.js';

const hour = 3_600_000;

/** Which events to list. */
export interface EventsWanted {
  /** Only events that were unreadable, or were started over an hour ago and never finished. */
  readonly dead?: boolean;
  /** Default: 100. */
  readonly limit?: number;
}

/** Lists events, newest first. */
export async function listEvents(
  {query}: Database,
  now: number,
  {dead = false, limit = 100}: EventsWanted = {},
): Promise<WebhookEventRow[]> {
  return await query
    .selectFrom('webhook_events')
    .selectAll()
    .$if(dead, events =>
      events.where(({or, and, eb}) =>
        or([
          eb('outcome', '=', 'unreadable'),
          and([eb('outcome', 'is', null), eb('received', '<', now - hour)]),
        ]),
      ),
    )
    .orderBy('received', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
}
