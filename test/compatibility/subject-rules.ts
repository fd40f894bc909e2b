/**
 * Asks the rules as they are now what they make of stored data. The only file of these tests that
 * knows where the rules are and how their results are spelled.
 */

import {
  articleKeyOf,
  assignArm,
  clientReference,
  decide,
  defaultCadence,
  hash,
  holdbackOf,
  evaluateMeter,
  mayAsk,
  mergeStates,
  parseCampaigns,
  emptyState,
  snoozeAfter,
  readClientReference,
  readState,
  rebase,
  recordArticle,
  renamedInCampaigns,
  experimentKey,
  applyArm,
  withNewWords,
  writeState,
  type Attribution,
  type Campaign,
  type CampaignsFile,
  type Closing,
  type Experiment,
  type Facts,
  type Meter,
} from '../../src/core/index.js';
import {cadenceOver, oldQuietWords} from '../../src/core/cadence/given-cadence.js';

export {articleKeyOf, clientReference, hash, readClientReference};
export type {Attribution};

/** Whether a campaign may ask; if not, why and until when (epoch ms, `never` where time alone cannot end it). */
export type Answer =
  | {readonly ask: true; readonly campaign?: string}
  | {readonly ask: false; readonly reason: string; readonly until: number | 'never'};

const untilOf = (until: number): number | 'never' => (until === Infinity ? 'never' : until);

/** What `mayAsk` says of a campaign without a cadence of its own. */
export function mayAskFor(campaign: string, record: string | null, now: number): Answer {
  const verdict = mayAsk(defaultCadence, campaign, readState(record).state, now);
  if (verdict.ask) return {ask: true};
  return {ask: false, reason: verdict.reason, until: untilOf(verdict.until)};
}

/** What a page and its reader are like, in the words of 0.1.0. */
export interface PageFacts {
  readonly minutesEast?: number;
  readonly path?: string;
  readonly section?: string;
  readonly tags?: readonly string[];
  readonly language?: string;
  readonly country?: string;
  readonly device?: 'phone' | 'tablet' | 'desktop';
  readonly referrer?: string;
  readonly articles?: number;
  readonly signedIn?: boolean;
  readonly supporter?: boolean | 'pending';
  readonly sensitive?: boolean;
  readonly asked?: boolean;
}

/** What `decide` says, given campaigns as they stand in a file that nobody has parsed. */
export function decisionFor(
  campaigns: readonly unknown[],
  record: string | null,
  now: number,
  facts: PageFacts = {},
): Answer {
  const {state} = readState(record);
  const {minutesEast = 0, ...known} = facts;
  const all = {
    utcOffsetMinutes: minutesEast,
    path: '/',
    tags: [],
    language: 'en',
    device: 'desktop',
    referrer: '',
    articles: 0,
    signedIn: false,
    supporter: false,
    sensitive: false,
    asked: false,
    ...known,
    now,
  } as unknown as Facts;
  const decision = decide(campaigns as Campaign[], all, state);
  if (decision.ask) return {ask: true, campaign: decision.campaign.id};
  return {ask: false, reason: decision.reason, until: untilOf(decision.until)};
}

/** One way to close an appeal. */
export interface Ending {
  readonly reason: string;
  readonly choice?: string;
  readonly frequency?: string;
  readonly campaignEnds?: string;
}

/** How long the quiet after the next close lasts, given the closes of a record. */
export function quietAfterNext(
  campaign: {readonly id: string; readonly cadence?: object},
  record: string | null,
  ending: Ending,
  now: number,
  minutesEast: number,
): {readonly until: number; readonly articles?: number} {
  const cadence = cadenceOver(defaultCadence, campaign.cadence, oldQuietWords);
  const closing = {campaign: campaign.id, ...ending} as Closing;
  return snoozeAfter(cadence, readState(record).state, closing, now, minutesEast);
}

/** The record as it is written again; `locked` where it must not be. */
export function rewritten(record: string | null): string {
  const {state, locked} = readState(record);
  return locked ? 'locked' : writeState(state);
}

/** The record as it is written once a clock that ran ahead has been set right. */
export function setRight(record: string | null, now: number): string {
  return writeState(rebase(readState(record).state, now));
}

/** The record joined with another one, as a second tab or a cookie has it. */
export function joined(record: string | null, other: string | null): string {
  return writeState(mergeStates(readState(record).state, readState(other).state));
}

/** The record after one more article was read. */
export function withArticle(record: string | null, key: string, now: number): string {
  return writeState(recordArticle(readState(record).state, key, now));
}

/** A record of nothing. */
export const nothing: string = writeState(emptyState);

/** What a meter says of an article, given what a record has counted. */
export function meterFor(
  meter: object,
  record: string | null,
  article: {readonly key: string; readonly section?: string},
  now: number,
): {readonly access: string; readonly left: number | 'never'; readonly until: number | 'never'} {
  const reader = {now, utcOffsetMinutes: 60};
  const verdict = evaluateMeter(meter as Meter, readState(record).state.meter, article, reader);
  const {access, left, until} = verdict;
  return {access, left: untilOf(left), until: untilOf(until)};
}

/** The arm of a reader, or why there is none. `pointOf` gives the reader's place under a seed. */
export function armOf(
  experiment: object,
  pointOf: (seed: string) => number,
  known?: string,
): string {
  const assignment = assignArm(experiment as Experiment, pointOf, known);
  return assignment.arm ?? `(${assignment.reason})`;
}

/** The name that an experiment is stored, sent and drawn under. */
export function seed(experiment: object): string {
  return experimentKey(experiment as Experiment);
}

/** The holdback as an experiment, in the words of 0.1.0. */
export function holdback(share: number): object {
  const {arms, ...experiment} = holdbackOf(share);
  const inOldWords = Object.entries(arms).map(([name, {enabled, ...arm}]) => [
    name,
    enabled === undefined ? arm : {...arm, show: enabled},
  ]);
  // Without the empty prototype that what is read from a file has here: 0.1.0 stored plain objects.
  return structuredClone({...experiment, arms: Object.fromEntries(inOldWords) as object});
}

/** How the page reads an arm that says `set` and `show`. */
const renamedInArm = renamedInCampaigns.inside?.['experiments']?.entries?.inside?.['arms']?.entries;

/** A campaign as an arm shows it; `undefined` where it shows nothing. */
export function shownAs(campaign: unknown, arm: unknown): Partial<Campaign> | undefined {
  const known = withNewWords(arm, renamedInArm ?? {});
  return applyArm(campaign as Campaign, known as Experiment['arms'][string]);
}

/** What the parser keeps of a file, whatever it has to say about its words. */
export function parsed(text: string): {
  readonly file: CampaignsFile | undefined;
  readonly problems: readonly {readonly path: string; readonly problem: string}[];
} {
  const result = parseCampaigns(text);
  return {file: result.file, problems: result.ok ? [] : result.problems};
}
