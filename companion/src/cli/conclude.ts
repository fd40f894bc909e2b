/** Implements `conclude`, which ends an experiment: the winner stays, and the report is kept. */

import type {Command} from 'commander';
import {parse, type ParseError} from 'jsonc-parser';
import {everyCampaign, type CampaignsFile, type Experiment} from 'reader-support/core';
import {conclusionOf} from '../report/archive.js';
import {reportPage} from '../report/page.js';
import type {Results} from '../report/results.js';
import {sentenceOf} from '../report/sentence.js';
import {drawAppeal} from './appeal-markup.js';
import {archiveBeside, prepareFolder, readFolder} from './archive-folder.js';
import {campaignsFileOf, experimentOf, textOf} from './campaigns-file.js';
import {campaignsProblems} from './check-campaigns.js';
import {refuseDecision, refuseVerdict} from './conclude-refusals.js';
import {fileAfter, keepArm} from './keep-arm.js';
import {Refusal} from './refusal.js';
import {lookFrom, withSource, type SourceOptions} from './report-source.js';
import {printJson} from './report.js';
import {rewriteCampaigns} from './rewrite-campaigns.js';

interface ConcludeOptions extends SourceOptions {
  readonly keep: string;
  readonly note?: string;
  readonly archive?: string;
  readonly anyway?: true;
}

/** Adds the command. */
export function addConclude(program: Command): void {
  withSource(
    program
      .command('conclude <campaigns> <experiment>')
      .description(
        'end an experiment: write the arm that stays into the campaign, switch the experiment off, and keep its report',
      )
      .requiredOption('--keep <arm>', 'the arm that stays; `control` leaves the campaign as it is')
      .option('--note <text>', 'what was learned, for the history'),
  )
    .option(
      '--archive <folder>',
      'where ended experiments are kept; `experiments` beside the file when left out',
    )
    .option('--anyway', 'against the verdict, or while another experiment runs in the campaign')
    .action(conclude);
}

/** Reads a campaigns file that may have comments. */
function fileOf(place: string, text: string): CampaignsFile {
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\uFEFF/, ''), errors, {allowTrailingComma: true});
  if (errors.length > 0) throw new Refusal(`${place} cannot be read: it is no JSON`);
  return campaignsFileOf(place, value);
}

/** Refuses a campaigns file that `check` would refuse afterwards. */
async function refuseUnsound(place: string, file: CampaignsFile): Promise<void> {
  const problems = (await campaignsProblems(JSON.stringify(file), {})).filter(
    ({warning}) => !warning,
  );
  if (problems.length === 0) return;
  const lines = problems.map(({path, problem}) => `  ${path || 'the file'}: ${problem}`);
  throw new Refusal([`${place} would have problems afterwards:`, ...lines].join('\n'));
}

/** What the archive keeps, file by file. */
async function archivedFiles(
  results: Results,
  file: CampaignsFile,
  experiment: Experiment,
  {keep, note}: ConcludeOptions,
): Promise<Readonly<Record<string, string>>> {
  const day = new Date().toISOString().slice(0, 10);
  const conclusion = conclusionOf(results, file, experiment, {kept: keep, day, note});
  const label = `Ended on ${day}: ${keep} was kept.${note === undefined ? '' : ` ${note}`}`;
  return {
    'conclusion.json': `${JSON.stringify(conclusion, null, 2)}\n`,
    'report.html': await reportPage(results, {file, experiment, label, draw: drawAppeal}),
    'report.json': printJson(results),
  };
}

async function conclude(place: string, name: string, options: ConcludeOptions): Promise<void> {
  const {keep} = options;
  const archive = options.archive ?? archiveBeside(place);
  const text = await textOf(place);
  const file = fileOf(place, text);
  const experiment = experimentOf(file, name);
  if (experiment.campaign === everyCampaign) {
    throw new Refusal(
      'the holdback has no arm to keep: change `holdback` in the campaigns file, or take it out',
    );
  }
  const {id, version} = experiment;
  const key = `${id}@${version}`;
  const past = await readFolder(archive, key);
  refuseDecision({file, experiment, past, archive}, options);
  // What is judged and drawn is the experiment as it was, at its end.
  const ended = {...experiment, on: false};
  const {results, keep: keepLooks} = await lookFrom(options, {file, experiment: ended});
  refuseVerdict(results, options);
  await refuseUnsound(place, fileAfter(file, experiment, keep));
  const folder = await prepareFolder(
    archive,
    key,
    await archivedFiles(results, file, ended, options),
  );
  try {
    const rewrite = (now: string) => {
      if (now !== text) {
        throw new Refusal(`${place} was changed meanwhile, and stays as it is: try again`);
      }
      return keepArm(now, file, experiment, keep);
    };
    const isWritten = await rewriteCampaigns(place, rewrite, () => folder.commit());
    if (!isWritten) await folder.commit();
  } catch (error) {
    await folder.discard();
    throw error;
  }
  await keepLooks();
  console.info(sentenceOf(results).text);
  console.info(
    keep === 'control'
      ? `${place}: ${key} has ended, and ${experiment.campaign} stays as it is.`
      : `${place}: ${key} has ended, and ${experiment.campaign} is now ${keep}.`,
  );
  console.info(`${archive}/${key} has the report.`);
}
