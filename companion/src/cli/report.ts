/** Implements `report`, which says which version of an experiment brought more, and how certain that is. */

import {writeFile} from 'node:fs/promises';
import type {Command} from 'commander';
import {isDay, printCsv} from '../report/csv.js';
import {reportPage} from '../report/page.js';
import type {Results} from '../report/results.js';
import {sentenceOf} from '../report/sentence.js';
import {printText} from '../report/text.js';
import {drawAppeal} from './appeal-markup.js';
import {readCampaignsFile} from './campaigns-file.js';
import {drawnExperiment} from './drawn-experiment.js';
import {Refusal, refusalOf} from './refusal.js';
import {lookFrom, withSource, type SourceOptions} from './report-source.js';

interface ReportOptions extends SourceOptions {
  readonly campaigns: string;
  readonly experiment?: string;
  readonly archive?: string;
  readonly format: string;
  readonly out?: string;
  readonly label?: string;
  readonly until?: string;
}

/** Adds the command. */
export function addReport(program: Command): void {
  withSource(
    program
      .command('report')
      .description('say which version of an experiment brought more, and how sure that is')
      .requiredOption('--campaigns <file>', 'the campaigns file with the experiment')
      .option(
        '--experiment <id>',
        'which one, when there are several; `holdback` for the held back',
      ),
  )
    .option('--format <format>', 'html, text, json or csv', 'text')
    .option('--out <file>', 'where to; standard output when left out')
    .option('--label <text>', 'stands over the page')
    .option('--until <day>', 'as if it were the morning after this day: 2026-11-23')
    .option(
      '--archive <folder>',
      'where `conclude` keeps ended experiments; `experiments` beside the file when left out',
    )
    .action(report);
}

/** Prints the results as JSON. */
export const printJson = (results: Results): string =>
  `${JSON.stringify({...results, sentence: sentenceOf(results)}, null, 2)}\n`;

async function report(options: ReportOptions): Promise<void> {
  const {format, out, label, until} = options;
  if (!['html', 'text', 'json', 'csv'].includes(format)) {
    throw new Refusal(`expected --format to be html, text, json or csv but received ${format}`);
  }
  if (until !== undefined && !isDay(until)) {
    throw new Refusal(`expected --until to be a day such as 2026-11-23 but received ${until}`);
  }
  const {file, experiment} = await drawnExperiment(
    await readCampaignsFile(options.campaigns),
    options,
  );
  const {results, tally, keep} = await lookFrom(options, {
    ...{file, experiment},
    ...(until !== undefined && {until}),
  });
  const print = {
    text: () => printText(results),
    json: () => printJson(results),
    csv: () => printCsv(tally.rows.filter(row => row.experiment === results.experiment)),
    html: () => reportPage(results, {file, experiment, label, draw: drawAppeal}),
  };
  const text = await print[format as keyof typeof print]();
  await keep();
  if (out === undefined) process.stdout.write(text);
  else {
    await writeFile(out, text).catch((error: unknown) => {
      throw refusalOf(`${out} cannot be written`, error);
    });
    console.info(sentenceOf(results).text);
  }
}
