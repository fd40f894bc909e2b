/** Checks a campaigns file beyond parsing: its copy, and changes to running experiments. */

import {existsSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {
  type CampaignProblem,
  type CampaignsFile,
  changeProblems,
  parseCampaigns,
  renamedInCampaigns,
  withNewWords,
  wordProblems,
} from 'reader-support/core';
import {campaignsFileOf, textOf} from './campaigns-file.js';
import {experimentWarnings} from './experiment-warnings.js';
import {popularProblems} from './popular-problems.js';

/** What a file is compared with. */
export interface Earlier {
  /** The path of the published file. */
  readonly against?: string;
  /** The path of the last check's record, which is updated when there are no problems but warnings. */
  readonly lock?: string;
}

/** The file of before. It may have been published or noted with the words of an older version. */
async function readEarlier(path: string): Promise<CampaignsFile> {
  const text = await textOf(path);
  let value: unknown = text;
  try {
    value = withNewWords(JSON.parse(text.replace(/^\uFEFF/, '')), renamedInCampaigns);
  } catch {
    // The parser says where it is no JSON.
  }
  return campaignsFileOf(path, value);
}

/** Finds problems in the text of a campaigns file. Running experiments must not change. */
export async function campaignsProblems(
  text: string,
  {against, lock}: Earlier,
  now: number = Date.now(),
): Promise<readonly CampaignProblem[]> {
  const parsed = parseCampaigns(text);
  if (!parsed.ok) return parsed.problems;
  const earlier = against ?? (lock !== undefined && existsSync(lock) ? lock : undefined);
  const problems = [
    ...wordProblems(parsed.file),
    ...popularProblems(parsed.file, now),
    ...experimentWarnings(parsed.file),
    ...(earlier === undefined ? [] : changeProblems(await readEarlier(earlier), parsed.file)),
  ];
  const isSound = problems.every(({warning}) => warning);
  if (isSound && lock !== undefined) await writeFile(lock, text);
  return problems;
}
