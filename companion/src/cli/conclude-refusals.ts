/** Refuses to end an experiment where that would lose something, or go against its verdict. */

import {isDeepStrictEqual} from 'node:util';
import {applyArm, experimentKey, type CampaignsFile, type Experiment} from 'reader-support/core';
import type {Conclusion} from '../report/archive.js';
import type {Results} from '../report/results.js';
import {sentenceOf} from '../report/sentence.js';
import {Refusal} from './refusal.js';

/** What an editor decided. */
export interface Decision {
  readonly keep: string;
  readonly anyway?: true;
}

/** What is known before the numbers are read. */
export interface Before {
  readonly file: CampaignsFile;
  readonly experiment: Experiment;
  /** How the archive says that it ended. */
  readonly past: Conclusion | undefined;
  readonly archive: string;
}

/** Throws a `Refusal` when an experiment cannot end this way, whatever the numbers say. */
export function refuseDecision(
  {file, experiment, past, archive}: Before,
  {keep, anyway}: Decision,
): void {
  const key = experimentKey(experiment);
  const {arms, campaign: id, on = true} = experiment;
  if (past) {
    throw new Refusal(
      on
        ? `${archive}/${key} says that ${key} ended on ${past.day}, but the file has it running: give it version ${experiment.version + 1}, or move that folder away`
        : `${key} has already ended: on ${past.day}, ${past.kept} was kept (${archive}/${key})`,
    );
  }
  const arm = Object.hasOwn(arms, keep) ? arms[keep] : undefined;
  if (!arm) {
    throw new Refusal(
      `expected --keep to be an arm of ${key} but received ${keep}: there are ${Object.keys(arms).join(', ')}`,
    );
  }
  if (arm.enabled === false) {
    throw new Refusal(
      `${keep} shows no appeal, so that nothing of it can be written into ${id}: keep control, and if nobody is to be asked, take ${id} out of the file or give it a schedule.end`,
    );
  }
  const campaign = file.campaigns.find(candidate => candidate.id === id);
  const isChanged = !isDeepStrictEqual(
    JSON.stringify(campaign && applyArm(campaign, arm)),
    JSON.stringify(campaign),
  );
  if (!on && !isChanged && arm.overrides && Object.keys(arm.overrides).length > 0) {
    throw new Refusal(
      `${key} has already ended: ${id} shows what ${keep} showed, so that the report could not show its control`,
    );
  }
  const others = (file.experiments ?? []).filter(
    other => other.campaign === id && other.id !== experiment.id && other.on !== false,
  );
  if (isChanged && others.length > 0 && !anyway) {
    throw new Refusal(
      `${others.map(experimentKey).join(' and ')} runs in ${id} too, and its control would change under way: end it first, or say --anyway and give it a new version`,
    );
  }
}

/** Throws a `Refusal` when the verdict says that another arm is to be kept, or that this one does harm. */
export function refuseVerdict(results: Results, {keep, anyway}: Decision): void {
  if (anyway) return;
  const {verdict} = results;
  const {kind, word, text} = sentenceOf(results);
  // Numbers that cannot be used speak against nobody.
  if (kind === 'broken') return;
  const isDecided = ['better', 'worse', 'hardly-better'].includes(verdict.state);
  const isOther = isDecided && verdict.arm !== undefined && verdict.arm !== keep;
  const isLoser = verdict.comparisons.some(
    ({arm, crossed, difference}) => arm === keep && crossed !== undefined && difference < 0,
  );
  const isHarmful = word === 'look first' && verdict.arm === keep;
  if (isOther || isLoser || isHarmful) {
    throw new Refusal(`the verdict is against ${keep}: ${text} To keep it, say --anyway`);
  }
}
