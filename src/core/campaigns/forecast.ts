/** Forecasts what a reader would see on each of the next days. */

import type {Facts} from './audience.js';
import type {Campaign} from './campaign.js';
import {decide, type Decision} from './decide.js';
import {rebase, recordArticle, recordView} from '../cadence/reader-record.js';
import type {ReaderState} from '../cadence/reader-state.js';

const day = 86_400_000;

/** A page view on one of the days. */
export interface ForecastDay {
  /** Epoch ms. */
  readonly at: number;
  readonly decision: Decision;
  /** How many asks the reader has seen in these days, including this one. */
  readonly seen: number;
}

/**
 * Simulates one page view a day at the current time, starting now. A shown ask counts as seen, the
 * reader does not react, and each page is another article read.
 */
export function forecast(
  campaigns: readonly Campaign[],
  facts: Facts,
  state: ReaderState,
  days: number,
): ForecastDay[] {
  const views: ForecastDay[] = [];
  let then = rebase(state, facts.now);
  let seen = 0;
  for (let n = 0; n < days; n += 1) {
    const at = facts.now + n * day;
    const {articles} = facts;
    const thenFacts = {...facts, now: at, asked: false};
    const decision = decide(
      campaigns,
      articles === undefined ? thenFacts : {...thenFacts, articles: articles + n},
      then,
    );
    if (decision.ask) {
      seen += 1;
      then = recordView(then, decision.campaign.id, at);
    }
    then = recordArticle(then, `forecast-${n}`, at);
    views.push({at, decision, seen});
  }
  return views;
}
