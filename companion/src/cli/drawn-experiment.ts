/** Finds the experiment that a report is of, in the campaigns file or, once it has ended, in the archive. */

import {existsSync} from 'node:fs';
import {experimentKey, type CampaignsFile, type Experiment} from 'reader-support/core';
import {drawnOf} from '../report/archive.js';
import {archiveBeside, readArchive, readFolder} from './archive-folder.js';
import {experimentOf} from './campaigns-file.js';
import {Refusal} from './refusal.js';

/** Where a report looks for its experiment. */
export interface Place {
  readonly campaigns: string;
  readonly experiment?: string;
  readonly archive?: string;
}

/**
 * Resolves with an experiment and the file that draws it. An experiment that has ended is drawn from the
 * archive when that has it, also when the file no longer does.
 */
export async function drawnExperiment(
  file: CampaignsFile,
  {campaigns, experiment: name, archive: named}: Place,
): Promise<{readonly file: CampaignsFile; readonly experiment: Experiment}> {
  if (named !== undefined && !existsSync(named))
    throw new Refusal(`${named} cannot be read: there is no such folder`);
  const archive = named ?? archiveBeside(campaigns);
  let experiment: Experiment;
  try {
    experiment = experimentOf(file, name);
  } catch (error) {
    const past = name === undefined || !existsSync(archive) ? [] : await readArchive(archive);
    const match = past.find(
      ({conclusion: {experiment: key}}) => key === name || key.startsWith(`${name}@`),
    );
    const [ended] = match?.conclusion.file.experiments ?? [];
    if (!match || !ended) throw error;
    return drawnOf(file, {...ended, on: false}, match.conclusion);
  }
  // Only what has ended needs the archive, so that a broken folder stops no running report.
  if (experiment.on !== false) return {file, experiment};
  return drawnOf(file, experiment, await readFolder(archive, experimentKey(experiment)));
}
