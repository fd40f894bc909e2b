/** Finds problems in the experiments of a campaigns file, and in changes to running ones. */

import {isCurrency} from '../money/currencies.js';
import type {Offer} from '../money/offer.js';
import {experimentKey, applyArm, type Arm, type Experiment, type Overrides} from './experiment.js';

/** A problem and its path: `campaigns[0].offer.monthly.USD.presets[1]`. */
export interface CampaignProblem {
  readonly path: string;
  readonly problem: string;
  /** Whether the file may be published all the same. */
  readonly warning?: true;
}

/** What is asked of the campaign under test. */
interface TestedCampaign extends Overrides {
  readonly id: string;
}

/** How far a sum of weights may be from 1, so that thirds can be written with four digits. */
const slack = 1e-3;

interface Slice {
  readonly path: string;
  readonly experiment: Experiment;
}

const meet = (a: Experiment, b: Experiment): boolean =>
  a.layer?.name !== b.layer?.name ||
  !a.layer ||
  !b.layer ||
  (a.layer.from < b.layer.to && b.layer.from < a.layer.to);

function armProblems(arm: Arm, name: string, campaign: TestedCampaign | undefined): string[] {
  const problems: string[] = [];
  if (arm.weight === 0) problems.push('has a weight of 0: nobody would see it');
  if (arm.enabled === false && arm.overrides)
    problems.push('shows nothing, and yet changes something');
  if (name === 'control') {
    if (arm.overrides ?? arm.enabled === false) {
      problems.push('is the campaign as it is: expected only a weight');
    }
  } else if (!arm.overrides && arm.enabled !== false) problems.push('changes nothing');
  // Readers of the page in that language would see no difference.
  for (const language of Object.keys(campaign?.copies ?? {})) {
    if (arm.overrides?.copy && !Object.hasOwn(arm.overrides.copies ?? {}, language)) {
      problems.push(`changes the copy, but not the campaign's copies.${language}`);
    }
  }
  return problems;
}

function metricProblems({metric, plan}: Experiment): [string, string][] {
  const problems: [string, string][] = [];
  if (metric && !isCurrency(metric.currency)) {
    problems.push(['metric.currency', `${metric.currency} is no currency that can be charged`]);
  }
  for (const [currency, rate] of Object.entries(metric?.rates ?? {})) {
    if (!isCurrency(currency)) {
      problems.push([`metric.rates.${currency}`, 'is no currency that can be charged']);
    }
    if (rate <= 0) problems.push([`metric.rates.${currency}`, `${rate} is not above 0`]);
  }
  if (plan?.lift === 0) problems.push(['plan.lift', '0 can never be found']);
  return problems;
}

/** Contradictions that no schema can say: of weights, arms, layers and metrics. */
export function experimentProblems(
  experiments: readonly Experiment[],
  campaigns: readonly TestedCampaign[],
): CampaignProblem[] {
  const problems: CampaignProblem[] = [];
  const earlier: Slice[] = [];
  experiments.forEach((experiment: Experiment | undefined, i) => {
    // The parser has already reported values that are not experiments.
    if (!experiment) return;
    const path = `experiments[${i}]`;
    const fail = (key: string, problem: string) => problems.push({path: `${path}.${key}`, problem});
    const {id, arms, layer, on = true} = experiment;
    const campaign = campaigns.find(candidate => candidate.id === experiment.campaign);
    if (!campaign) fail('campaign', `there is no campaign ${experiment.campaign}`);
    if (id === 'holdback') fail('id', 'holdback is the name of the share that is asked nothing');
    if (earlier.some(other => other.experiment.id === id)) fail('id', `${id} is taken`);
    if (Object.keys(arms).length < 2) fail('arms', 'must be at least two');
    if (!Object.hasOwn(arms, 'control')) fail('arms', 'must have a control');
    const sum = Object.values(arms).reduce((total, {weight}) => total + weight, 0);
    if (Math.abs(sum - 1) > slack) {
      fail('arms', `have weights that add up to ${Number(sum.toFixed(6))}, not to 1`);
    }
    for (const [name, arm] of Object.entries(arms)) {
      for (const problem of armProblems(arm, name, campaign)) fail(`arms.${name}`, problem);
    }
    for (const [key, problem] of metricProblems(experiment)) fail(key, problem);
    if (layer && layer.to <= layer.from) fail('layer.to', 'is not above from');
    for (const other of on ? earlier : []) {
      if (other.experiment.on === false || !meet(experiment, other.experiment)) continue;
      const isLayered = layer && layer.name === other.experiment.layer?.name;
      if (isLayered) fail('layer', `overlaps that of ${other.path}`);
      else if (other.experiment.campaign === experiment.campaign) {
        fail('campaign', `is that of ${other.path} too: put both into one layer, in slices apart`);
      }
    }
    earlier.push({path, experiment});
  });
  return problems;
}

/** Serializes a value independent of the order of its keys. */
const inOrder = (value: unknown): string =>
  JSON.stringify(value, (_key, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );

/** Returns the parts of an experiment that readers can notice, as text. */
function lookOf(experiment: Experiment, file: Published): Record<string, string> {
  const campaign = file.campaigns.find(({id}) => id === experiment.campaign) ?? {id: ''};
  const {copy, copies, minArticles, offer = file.offer, format, cadence} = campaign;
  const {theme, accent, collapsed, frequencies, image} = campaign;
  const appearance = {theme, accent, collapsed, frequencies, image};
  const seen = {...appearance, copy, copies, minArticles, offer, format, cadence};
  const entries = Object.entries(experiment.arms).map(([name, arm]) => {
    const shown = applyArm({...seen} as TestedCampaign, arm);
    // Whether claims were reviewed is nothing that readers see.
    return [name, inOrder(shown ? {...shown, claims: undefined} : 'nothing')];
  });
  return Object.fromEntries(entries) as Record<string, string>;
}

interface Published {
  readonly campaigns: readonly TestedCampaign[];
  readonly experiments?: readonly Experiment[];
  readonly offer?: Offer;
}

/**
 * Finds changes to running experiments that require a new version: otherwise readers would move between
 * arms, or one arm would mean two things. What has ended may change, because the campaign takes the
 * winner's words, and may not begin again under its version.
 */
export function changeProblems(before: Published, after: Published): CampaignProblem[] {
  const problems: CampaignProblem[] = [];
  (after.experiments ?? []).forEach((experiment, i) => {
    const seed = experimentKey(experiment);
    const earlier = before.experiments?.find(other => experimentKey(other) === seed);
    if (!earlier || experiment.on === false) return;
    const fail = (key: string, what: string) =>
      problems.push({
        path: `experiments[${i}].${key}`,
        problem: `${what} under version ${experiment.version}: give it version ${experiment.version + 1}`,
      });
    if (earlier.on === false) fail('on', 'had ended');
    const weights = ({arms}: Experiment) =>
      JSON.stringify(Object.entries(arms).map(([name, {weight}]) => [name, weight]));
    if (weights(earlier) !== weights(experiment)) fail('arms', 'has other arms or weights');
    else {
      const looks = [lookOf(earlier, before), lookOf(experiment, after)];
      for (const name of Object.keys(experiment.arms)) {
        if (looks[0]?.[name] !== looks[1]?.[name]) fail(`arms.${name}`, 'shows something else');
      }
    }
    for (const key of ['campaign', 'layer', 'metric', 'plan'] as const) {
      if (inOrder(earlier[key] ?? null) !== inOrder(experiment[key] ?? null)) {
        fail(key, 'is not what it was');
      }
    }
    if ((experiment.coverage ?? 1) < (earlier.coverage ?? 1)) {
      fail('coverage', 'is lower than it was, which takes readers out of their arms');
    }
  });
  return problems;
}
