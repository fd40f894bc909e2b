/** What would this reader see on each of the next days? */

import type {Facts} from './audience.js';
import type {Campaign} from './campaign.js';
import {decide, type Decision} from './decide.js';
import {recordView} from './reader-record.js';
import type {ReaderState} from './reader-state.js';

const day = 86_400_000;

/** One page view of the days to come. */
export interface ForecastDay {
  /** Epoch ms. */
  readonly at: number;
  readonly decision: Decision;
}

/**
 * Plays one page view a day at the hour it is now, the first of them now. An ask that is shown counts
 * as seen, and the reader does nothing about it.
 */
export function forecast(
  campaigns: readonly Campaign[],
  facts: Facts,
  state: ReaderState,
  days: number,
): ForecastDay[] {
  const views: ForecastDay[] = [];
  let then = state;
  for (let n = 0; n < days; n += 1) {
    const at = facts.now + n * day;
    const decision = decide(campaigns, {...facts, now: at, asked: false}, then);
    if (decision.ask) then = recordView(then, decision.campaign.id, at);
    views.push({at, decision});
  }
  return views;
}
