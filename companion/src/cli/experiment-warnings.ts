/** Finds experiments that would teach nothing: nobody counts them, or two arms are the same. */

import {isDeepStrictEqual} from 'node:util';
import {applyArm, type CampaignProblem, type CampaignsFile} from 'reader-support/core';

/** Returns what a reader of an arm is shown, as plain values that can be compared. */
function shownBy(...args: Parameters<typeof applyArm>): unknown {
  return JSON.parse(JSON.stringify(applyArm(...args) ?? null));
}

/** Warns of running experiments without a companion, and of arms that show the same as another one. */
export function experimentWarnings(file: CampaignsFile): CampaignProblem[] {
  const {campaigns, companion, experiments = [], holdback = 0} = file;
  const problems: CampaignProblem[] = [];
  const isRunning = holdback > 0 || experiments.some(({on = true}) => on);
  if (isRunning && companion === undefined) {
    const problem =
      'is missing, so that nobody counts who sees which version, and a report has no readers: say where the companion is, or call `trackEvents()` on your pages';
    problems.push({path: 'companion', problem, warning: true});
  }
  for (const [index, {campaign: id, on = true, arms}] of experiments.entries()) {
    const campaign = campaigns.find(candidate => candidate.id === id);
    if (!on || !campaign) continue;
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
