/** Finds the version of a campaign that this reader is in, and shows it. */

import {isOptedOut} from '../browser/analytics/is-opted-out.js';
import {newId} from '../browser/new-id.js';
import {enrolments, keep} from '../browser/storage/enrolments.js';
import {forcedArms} from '../browser/forced-arms.js';
import {page, type Enrolments} from '../browser/page.js';
import {knownState} from '../browser/storage/stored.js';
import {mayAsk, viewCadence, type SkipReason} from '../core/cadence/cadence.js';
import type {Campaign, CampaignsFile} from '../core/campaigns/campaign.js';
import {renamedInCampaigns, withNewWords} from '../core/campaigns/renamed-keys.js';
import type {Attribution} from '../core/money/checkout.js';
import type {Decision} from '../core/campaigns/decide.js';
import {
  assignArm,
  everyCampaign,
  holdbackOf,
  experimentKey,
  applyArm,
  type Experiment,
} from '../core/experiments/experiment.js';
import {hash} from '../core/experiments/hash.js';
import {SupportExposedEvent} from '../events/support-exposed-event.js';
import {SupportSkippedEvent} from '../events/support-skipped-event.js';
import {withOwn} from './page-campaigns.js';
import type {Showing, Versioned} from './page-view.js';
import {ownProperties} from '../core/own-properties.js';

/** What is to be shown, and what a gift is attributed to. */
export interface CampaignVersion {
  /** Nothing, when the arm shows nothing. */
  readonly campaign: Campaign | undefined;
  readonly attribution?: Pick<Attribution, 'experiment' | 'arm' | 'exposure'>;
  readonly arm?: string;
}

const day = 86_400_000;

/** How long an outside system may think, in ms. */
const timeoutMs = 400;

/** Whoever says so in the name is no reader. The companion looks more closely. */
const isRobot = (): boolean =>
  /bot|crawl|spider|slurp|headless.*lighthouse/i.test(navigator.userAgent);

/** One of 10,000, each as likely: what is left over of 2³² is drawn again. */
function randomBucket(): number {
  const number = parseInt(newId().slice(0, 8), 16);
  return number < 4_294_960_000 ? (number % 10_000) / 10_000 : randomBucket();
}

/** What the outside system says; nothing, when it fails, is late, or knows no such arm. */
async function askHook(
  {options: {assign, readerId}}: Showing,
  experiment: Experiment,
): Promise<string | undefined> {
  let timer: number | undefined;
  try {
    const timeout = new Promise<undefined>(resolve => {
      timer = window.setTimeout(resolve, timeoutMs);
    });
    const reader = ownProperties(readerId === undefined ? {} : {id: readerId});
    const arm = await Promise.race([assign?.(experiment, reader), timeout]);
    if (arm !== undefined && Object.hasOwn(experiment.arms, arm)) return arm;
  } catch (error) {
    console.warn('reader-support: assign failed', error);
  } finally {
    clearTimeout(timer);
  }
  return undefined;
}

/** Lets one tab after the other draw, where the browser can see to it: two would count one reader twice. */
async function oneTabAtATime<T>(act: () => T): Promise<T> {
  try {
    return await navigator.locks.request('support:experiments', act);
  } catch {
    // Not on plain http, nor in a frame without an origin.
    return act();
  }
}

interface AssignedArm {
  readonly arm: string;
  readonly exposure: string | undefined;
}

/** Puts the reader into an arm, or finds the one they are in, and counts them there once. */
async function assignToArm(
  showing: Showing,
  experiment: Experiment,
  isCounted: boolean,
): Promise<AssignedArm | undefined> {
  const {
    options: {assign},
    signal,
  } = showing;
  const isOutside = assign !== undefined && experiment.campaign !== everyCampaign;
  const {on = true} = experiment;
  const armOfHook = isOutside && on ? await askHook(showing, experiment) : undefined;
  if (signal.aborted || (isOutside && armOfHook === undefined)) return undefined;

  return oneTabAtATime(() =>
    signal.aborted ? undefined : enterArm(showing, experiment, armOfHook, isCounted),
  );
}

/** Finds or draws the reader's arm, keeps it, and tells of the exposure. Nothing in here waits. */
function enterArm(
  {options: {readerId}, campaign}: Showing,
  experiment: Experiment,
  armOfHook: string | undefined,
  isCounted: boolean,
): AssignedArm | undefined {
  const seed = experimentKey(experiment);
  const now = Date.now();
  const known: Enrolments = enrolments(now);
  const until = now + ((experiment.plan?.days ?? 28) + 30) * day;
  const bucketOf = (name: string): number =>
    readerId === undefined
      ? (known.points[name] ??= {point: randomBucket(), until}).point
      : hash(name, readerId);
  const before = known.arms[seed];
  const arm = armOfHook ?? assignArm(experiment, bucketOf, before?.arm).arm;
  if (arm === undefined) {
    keep(known);
    return undefined;
  }
  if (before?.arm === arm) return {arm, exposure: before.exposure};
  // Of readers who look for the appeal themselves only those are known who were counted before.
  if (!isCounted) return undefined;
  const exposure = page().full ? newId() : undefined;
  known.arms[seed] = {arm, until, ...(exposure && {exposure})};
  // Where it was allowed and yet not kept, the next page would count the reader again.
  if (!keep(known) && page().full) return undefined;
  const by = armOfHook !== undefined ? 'hook' : readerId === undefined ? 'draw' : 'reader';
  document.dispatchEvent(new SupportExposedEvent(campaign.id, seed, arm, exposure, by));
  return {arm, exposure};
}

/**
 * The decision, with the version in place of its campaign: a version may ask less often, or not at
 * all. Another campaign that has become due meanwhile waits for the next page.
 */
export function judgeAs(version: Campaign | undefined, {judge}: Showing): Decision {
  const decision = judge();
  if (!decision.ask) return decision;
  const {campaign, trace} = decision;
  const refuse = (reason: SkipReason, until = Infinity): Decision => ({
    ask: false,
    reason,
    until,
    trace: [...trace, {campaign: campaign.id, rule: 'experiment', input: null, outcome: reason}],
  });
  if (version?.id !== campaign.id) return refuse(version ? 'no-campaign' : 'held-back');
  const verdict = mayAsk(viewCadence(version.cadence), version.id, knownState(), Date.now());
  return verdict.ask ? {...decision, campaign: version} : refuse(verdict.reason, verdict.until);
}

/** Whether the weights are some: a page takes a file as it comes. */
const isSound = ({arms}: Experiment): boolean => {
  const sum = Object.values(arms).reduce((total, {weight}) => total + weight, 0);
  return sum > 0.99 && sum < 1.01 && Object.hasOwn(arms, 'control');
};

/**
 * Finds the version of the campaign that is due. A forced arm is shown and never counted; robots see
 * the control. `isManual`: the reader asked for the appeal, which shows their version and counts nothing.
 */
export async function findVersion(showing: Showing, isManual: boolean): Promise<CampaignVersion> {
  const {campaign, file} = showing;
  const {experiments = [], holdback = 0} = ownProperties(
    withNewWords(file, renamedInCampaigns) as CampaignsFile,
  );
  const forced = forcedArms();
  if (forced.size > 0) {
    const experiment = experiments.find(one => one.campaign === campaign.id && forced.has(one.id));
    const arm = forced.get(experiment?.id ?? '') ?? '';
    // One that is misspelt, or of another campaign, changes nothing.
    return experiment && Object.hasOwn(experiment.arms, arm)
      ? {campaign: applyArm(campaign, experiment.arms[arm]), arm}
      : {campaign};
  }
  // Who may not be counted takes no part: their gifts would be set against no reader.
  if (isRobot() || isOptedOut()) return {campaign};
  // Whether a reader is known again decides whether they are drawn again.
  await page().answered;
  if (showing.signal.aborted) return {campaign};
  try {
    if (holdback > 0) {
      // No attribution: every gift of the reader counts for it, see `placesOf()`.
      const held = await assignToArm(showing, holdbackOf(holdback), !isManual);
      if (held?.arm === 'held') return {campaign: isManual ? campaign : undefined};
    }
    for (const experiment of experiments) {
      if (experiment.campaign !== campaign.id || !isSound(experiment)) continue;
      const assigned = await assignToArm(showing, experiment, !isManual);
      if (!assigned) continue;
      const {arm, exposure} = assigned;
      const shown = applyArm(campaign, experiment.arms[arm]);
      const experimentName = experimentKey(experiment);
      return {
        // A reader who asks for the appeal gets it.
        campaign: shown ?? (isManual ? campaign : undefined),
        attribution: {experiment: experimentName, arm, ...(exposure && {exposure})},
        arm,
      };
    }
  } catch (error) {
    // A broken experiment must not take the appeal with it.
    console.warn('reader-support:', error);
  }
  return {campaign};
}

/** Shows the version that this reader is in, or nothing where that shows nothing. */
export async function runExperiments(
  showing: Showing,
  isManual: boolean,
  showNow: (showing: Versioned, isManual: boolean) => Promise<boolean>,
): Promise<boolean> {
  const {campaign: version, attribution, arm} = ownProperties(await findVersion(showing, isManual));
  if (showing.signal.aborted) return false;
  // An arm may say otherwise, the site's own element has the last word.
  const campaign = version && withOwn(version);
  const judge = () => judgeAs(campaign, showing);
  if (campaign) return showNow({...showing, campaign, attribution, arm, judge}, isManual);
  const decision = judge();
  if (!decision.ask) document.dispatchEvent(new SupportSkippedEvent(decision));
  return false;
}
