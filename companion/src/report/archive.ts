/** Declares what is kept of an experiment that was decided: its verdict, and the arms as readers saw them. */

import {
  applyArm,
  experimentKey,
  type Campaign,
  type CampaignsFile,
  type Experiment,
} from 'reader-support/core';
import type {Results} from './results.js';
import {sentenceOf, type Sentence} from './sentence.js';

/** The difference of an arm from the control, per 1,000 readers in minor units. */
export interface KeptDifference {
  readonly arm: string;
  readonly value: number;
  /** `null` where there is no bound. */
  readonly low: number | null;
  readonly high: number | null;
}

/** How an experiment ended. All of it is JSON. */
export interface Conclusion {
  /** The form of this record. */
  readonly format: 1;
  /** `autumn-appeal@1`: the experiment and its version. */
  readonly experiment: string;
  readonly campaign: string;
  /** The arm that stayed. */
  readonly kept: string;
  /** The day of the decision, in UTC. */
  readonly day: string;
  /** What was learned, in the words of an editor. */
  readonly note?: string;
  readonly verdict: Sentence;
  readonly currency: string;
  /** The first and the last day with readers; absent where there were none. */
  readonly from?: string;
  readonly to?: string;
  readonly readers: number;
  readonly differences: readonly KeptDifference[];
  /** The campaign in each arm; `null` where an arm showed nothing. */
  readonly arms: Readonly<Record<string, Campaign | null>>;
  /** The parts of the campaigns file that draw the arms: the campaign as it was, and its experiment. */
  readonly file: CampaignsFile;
}

/** A decided experiment with its frozen report. */
export interface ArchivedReport {
  readonly conclusion: Conclusion;
  /** The page of the report on the day of the decision. */
  readonly page?: string;
}

/** What an editor decided. */
export interface Decision {
  readonly kept: string;
  readonly day: string;
  readonly note?: string | undefined;
}

/** Leaves of a file what its appeal's drawing needs. */
function partsOf(file: CampaignsFile, experiment: Experiment): CampaignsFile {
  const {publication, currency, offer, methods, manage, popular, checkout, campaigns} = file;
  const parts = {publication, currency, offer, methods, manage, popular, checkout};
  return JSON.parse(
    JSON.stringify({
      ...parts,
      campaigns: campaigns.filter(({id}) => id === experiment.campaign),
      experiments: [experiment],
    }),
  ) as CampaignsFile;
}

/** Returns the record of a decision. */
export function conclusionOf(
  results: Results,
  file: CampaignsFile,
  experiment: Experiment,
  {kept, day, note}: Decision,
): Conclusion {
  const campaign = file.campaigns.find(({id}) => id === experiment.campaign);
  const bound = (minor: number) => (Number.isFinite(minor) ? minor * 1000 : null);
  const {from, to, readers} = results;
  return {
    format: 1,
    ...{experiment: experimentKey(experiment), campaign: experiment.campaign, kept, day},
    ...(note !== undefined && {note}),
    ...{verdict: sentenceOf(results), currency: results.scale.currency},
    ...(from !== undefined && {from}),
    ...(to !== undefined && {to}),
    readers,
    differences: results.verdict.comparisons.map(({arm, difference, interval}) => ({
      ...{arm, value: difference * 1000},
      ...{low: bound(interval.low), high: bound(interval.high)},
    })),
    arms: Object.fromEntries(
      Object.entries(experiment.arms).map(([name, arm]) => [
        name,
        (campaign && applyArm(campaign, arm)) ?? null,
      ]),
    ),
    file: partsOf(file, experiment),
  };
}

/** Reads a record. Returns `undefined` where a value is none. */
export function readConclusion(value: unknown): Conclusion | undefined {
  const record = Object(value) as Partial<Record<keyof Conclusion, unknown>>;
  const {verdict, differences, note, readers} = record;
  const file = Object(record.file) as Partial<CampaignsFile>;
  const {text, word} = Object(verdict) as Partial<Sentence>;
  const areTexts = [
    ...[record.experiment, record.campaign, record.kept, record.day, record.currency],
    ...[text, word, note ?? ''],
  ].every(part => typeof part === 'string');
  const areNumbers =
    typeof readers === 'number' &&
    Array.isArray(differences) &&
    differences.every(difference => {
      const {arm, value: minor} = Object(difference) as Partial<KeptDifference>;
      return typeof arm === 'string' && Number.isFinite(minor);
    });
  const hasParts = Array.isArray(file.campaigns) && file.experiments?.length === 1;
  const hasArms = typeof record.arms === 'object' && record.arms !== null;
  const isRecord = record.format === 1 && hasArms && areTexts && areNumbers && hasParts;
  return isRecord ? (value as Conclusion) : undefined;
}

/**
 * Returns the file and the experiment that a report draws: those of the archive once the experiment has
 * ended, because the campaign then has the winner's words.
 */
export function drawnOf(
  file: CampaignsFile,
  experiment: Experiment,
  conclusion: Conclusion | undefined,
): {readonly file: CampaignsFile; readonly experiment: Experiment} {
  const [frozen] = conclusion?.file.experiments ?? [];
  if (!conclusion || !frozen || experiment.on !== false) return {file, experiment};
  return {file: conclusion.file, experiment: {...frozen, on: false}};
}
