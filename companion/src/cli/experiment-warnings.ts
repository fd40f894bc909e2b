/** Finds experiments that would teach little: nobody counts them, arms are the same, or far from equal. */

import {isDeepStrictEqual} from 'node:util';
import {
  applyArm,
  type CampaignProblem,
  type CampaignsFile,
  type Experiment,
} from 'reader-support/core';
import {countOf} from '../report/format.js';
import {plannedReadersOf, unevenFactor} from '../stats/planner.js';

/** Returns what a reader of an arm is shown, as plain values that can be compared. */
function shownBy(...args: Parameters<typeof applyArm>): unknown {
  return JSON.parse(JSON.stringify(applyArm(...args) ?? null));
}

/** From this share on the larger of two arms makes a test much longer. */
const largeShare = 0.8;

/** Warns of arms that are far larger or smaller than the control, with the readers that this takes. */
function splitWarnings({arms, plan = {}}: Experiment, path: string): CampaignProblem[] {
  const control = arms['control']?.weight ?? 0;
  return Object.entries(arms).flatMap(([arm, {weight}]): CampaignProblem[] => {
    const share = Math.max(weight, control) / (weight + control);
    // Weights are decimals: 0.8 to 0.2 is not beyond 80 to 20.
    if (arm === 'control' || !(share > largeShare + 1e-9) || share >= 1) return [];
    const [large, small] = [Math.round(share * 100), 100 - Math.round(share * 100)];
    const factor = unevenFactor(share);
    const {giftRate, lift, readers} = plan;
    // The file's own number may be for this split already.
    const wish = giftRate && lift ? {giftRate, lift} : readers === undefined ? {} : {readers};
    const equal = plannedReadersOf(wish, Object.keys(arms).length);
    const needs =
      equal === undefined
        ? `${factor.toFixed(1)} times as many readers as equal arms`
        : `about ${countOf(Math.ceil(equal * factor))} readers instead of ${countOf(Math.ceil(equal))}`;
    const problem = `is split ${large} to ${small} with control, which takes ${needs}, and more gifts before there is a verdict: equal arms learn fastest; to show the new version to few readers, use \`coverage\``;
    return [{path: `${path}.arms.${arm}.weight`, problem, warning: true}];
  });
}

/**
 * Warns of running experiments without a companion, of arms that show the same as another one, and of
 * arms that are far from equal.
 */
export function experimentWarnings(file: CampaignsFile): CampaignProblem[] {
  const {campaigns, companion, experiments = [], holdback = 0} = file;
  const problems: CampaignProblem[] = [];
  const isRunning = holdback > 0 || experiments.some(({on = true}) => on);
  if (isRunning && companion === undefined) {
    const problem =
      'is missing, so that nobody counts who sees which version, and a report has no readers: say where the companion is, or call `trackEvents()` on your pages';
    problems.push({path: 'companion', problem, warning: true});
  }
  for (const [index, experiment] of experiments.entries()) {
    const {campaign: id, on = true, arms} = experiment;
    const campaign = campaigns.find(candidate => candidate.id === id);
    if (!on || !campaign) continue;
    problems.push(...splitWarnings(experiment, `experiments[${index}]`));
    const names = Object.keys(arms).sort(
      (a, b) => Number(b === 'control') - Number(a === 'control'),
    );
    const shown = names.map(name => shownBy(campaign, arms[name]));
    for (const [i, name] of names.entries()) {
      const same = shown.findIndex((other, k) => k < i && isDeepStrictEqual(other, shown[i]));
      if (same < 0) continue;
      const problem = `shows readers the same as ${names[same] ?? ''}: the report can find no difference between them`;
      problems.push({path: `experiments[${index}].arms.${name}`, problem, warning: true});
    }
  }
  return problems;
}
