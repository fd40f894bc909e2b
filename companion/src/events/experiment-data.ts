/** Adds up what the store knows about an experiment: its events, and the gifts attributed to it. */

import type {GiftFact} from 'reader-support/core';
import {ledger} from '../report/daily-sum.js';
import {countLines} from '../report/input-count.js';
import {readLine, type NumberedReturn, type Payment} from '../report/log-record.js';
import {
  columnOf,
  currencyProblem,
  fold,
  settleFacts,
  type Foldable,
  type Tally,
} from '../report/aggregate.js';
import type {Scale} from '../report/gift-value.js';
import type {EventStore, Exposure} from './event-store.js';
import type {LookStore} from './look-store.js';

/** The gifts of an experiment. */
export interface ExperimentData {
  readonly facts: readonly GiftFact[];
  /** The exposures of these gifts. Default: those of the store's events. */
  readonly exposures?: readonly Exposure[];
}

/** The part of a store that a report reads. */
export interface ExperimentSource {
  readonly events?: EventStore;
  ofExperiment?(experiment: string): Promise<ExperimentData>;
  /** Keeps what looks found. Without it a report is as of today. */
  readonly looks?: LookStore;
}

/** The earliest and the latest possible day. */
const always = ['0000-01-01', '9999-12-31'] as const;

/**
 * Adds up what a store knows about an experiment (`autumn-appeal@1`). Readers and funnel steps come from
 * the sums of events; gifts count on the day of their exposure.
 */
export async function countsOf(
  {events, ofExperiment}: ExperimentSource,
  experiment: string,
  scale: Scale,
): Promise<Tally> {
  const sums = ledger();
  for (const row of (await events?.sums(...always)) ?? []) {
    if (row.experiment !== experiment) continue;
    const column = row.name === 'exposure' ? 'readers' : columnOf[row.name];
    if (column) sums.add(row, {[column]: row.count});
  }
  const data = await ofExperiment?.(experiment);
  const exposures = data?.exposures ?? (await events?.exposures(experiment)) ?? [];
  const money: (Payment | NumberedReturn)[] = [];
  const rest: Foldable[] = exposures.map(({id, arm, day}) => ({
    ...{kind: 'event', key: id, name: 'exposure', experiment, arm, exposure: id},
    // The sums contain them already.
    ...{count: 0, at: Date.parse(day)},
  }));
  const counter = countLines();
  for (const [index, line] of (data?.facts ?? []).entries()) {
    const reading = readLine(line);
    if (!reading.isUnderstood) {
      counter.leaveOut(index + 1, reading.problem);
      continue;
    }
    counter.add();
    const {fact} = reading;
    if (fact?.kind === 'gift') money.push(fact);
    else if (fact?.kind === 'refund') money.push({...fact, line: index + 1});
    else if (fact) rest.push(fact);
  }
  const settled = settleFacts(money, (refund, payment) =>
    counter.takeBack(refund.line, currencyProblem(refund, payment)),
  );
  const {rows, leftOut} = fold([...rest, ...settled], name =>
    name === experiment ? scale : undefined,
  );
  for (const row of rows) sums.add(row, row);
  const input = counter.total();
  // Nothing is to be said of a store whose rows are all understood.
  return {rows: sums.rows(), leftOut, ...(input.leftOut > 0 && {input})};
}
