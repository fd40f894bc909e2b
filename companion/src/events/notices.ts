/** Decides what the newsroom is told of an experiment. */

import {sentenceOf} from '../report/sentence.js';
import type {Results} from '../report/results.js';

/** What happened to an experiment. Each is told once. */
export interface ReportNotice {
  /**
   * `decided`: a boundary was crossed. `split-broken`: readers are not split as planned. `ended`: the
   * planned readers have come. `no-exposures`: a whole day passed without one.
   */
  readonly kind: 'decided' | 'split-broken' | 'ended' | 'no-exposures';
  /** `autumn-appeal@1`: the experiment and its version. */
  readonly experiment: string;
  /** The day that makes the notice one of its own: the last day with readers, for `no-exposures`. */
  readonly day: string;
  /** The report's sentence, or what is missing. */
  readonly text: string;
}

const dayLength = 86_400_000;

/** Returns what a look at a running experiment has to tell, at the time `now` (epoch ms). */
export function noticesOf(results: Results, now: number): ReportNotice[] {
  const {experiment, verdict, isEnd, isOff, from, to} = results;
  if (isOff || from === undefined || to === undefined) return [];
  const notice = (kind: ReportNotice['kind'], day: string, text: string): ReportNotice => ({
    ...{kind, experiment, day, text},
  });
  const {text} = sentenceOf(results);
  const {state} = verdict;
  // A day without readers is known to be one when it is over.
  const silent = now - Date.parse(to) >= 2 * dayLength;
  return [
    ...(state === 'broken-split' ? [notice('split-broken', '', text)] : []),
    ...(state === 'better' || state === 'worse' ? [notice('decided', '', text)] : []),
    ...(isEnd && state !== 'broken-split' ? [notice('ended', '', text)] : []),
    ...(silent && !isEnd
      ? [
          notice(
            'no-exposures',
            to,
            `${experiment} runs, but nobody was counted since ${to}: is the campaign due, the script on the pages, and the companion within their reach?`,
          ),
        ]
      : []),
  ];
}
