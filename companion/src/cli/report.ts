/** Implements `report`, which says which version of an experiment brought more, and how certain that is. */

import {writeFile} from 'node:fs/promises';
import type {Command} from 'commander';
import {experimentKey} from 'reader-support/core';
import {isDay, printCsv, readCsv} from '../report/csv.js';
import type {Tally} from '../report/aggregate.js';
import {inputText} from '../report/input-count.js';
import {foldFile} from '../report/log.js';
import {reportPage} from '../report/page.js';
import type {Look} from '../report/looks.js';
import {resultsOf} from '../report/results.js';
import {sentenceOf} from '../report/sentence.js';
import {printText} from '../report/text.js';
import {scaleOf, type Scale} from '../report/gift-value.js';
import {currencyOf, sqlStore, countsOf} from '../companion.js';
import {drawAppeal} from './appeal-markup.js';
import {experimentOf, readCampaignsFile, textOf} from './campaigns-file.js';
import {readLooks, writeLooks} from './looks-file.js';
import {openForReading} from './open-for-reading.js';
import {Refusal, refusalOf} from './refusal.js';

interface ReportOptions {
  readonly campaigns: string;
  readonly experiment?: string;
  readonly database?: string;
  readonly events?: string;
  readonly sums?: string;
  readonly format: string;
  readonly out?: string;
  readonly label?: string;
  readonly until?: string;
  readonly looks?: string;
  readonly hook?: true;
}

/** Adds the command. */
export function addReport(program: Command): void {
  program
    .command('report')
    .description('say which version of an experiment brought more, and how sure that is')
    .requiredOption('--campaigns <file>', 'the campaigns file with the experiment')
    .option('--experiment <id>', 'which one, when there are several; `holdback` for the held back')
    .option('--database <url>', "the companion's database; DATABASE_URL when left out")
    .option('--events <file>', 'events and gifts as lines of JSON, instead')
    .option('--sums <file>', 'daily sums as CSV, instead')
    .option('--format <format>', 'html, text, json or csv', 'text')
    .option('--out <file>', 'where to; standard output when left out')
    .option('--label <text>', 'stands over the page')
    .option('--until <day>', 'as if it were the morning after this day: 2026-11-23')
    .option(
      '--looks <file>',
      'keeps what looks found, so that what was found stays found; for --events and --sums',
    )
    .option('--hook', 'an outside system assigns, with weights of its own: no split check')
    .action(report);
}

/** What a source knows of an experiment, and what earlier looks at it found. */
interface Source extends Tally {
  readonly looks?: readonly Look[] | undefined;
}

async function readSource(
  options: ReportOptions,
  experiment: string,
  scale: Scale,
): Promise<Source> {
  const {events, sums} = options;
  if ([events, sums, options.database].filter(source => source !== undefined).length > 1) {
    throw new Refusal('expected one of --database, --events and --sums but received several');
  }
  const only = (name: string) => (name === experiment ? scale : undefined);
  try {
    if (events !== undefined) return await foldFile(events, only);
    if (sums !== undefined) {
      return {
        rows: readCsv(await textOf(sums), {capOf: name => only(name)?.cap}),
        leftOut: {unexposed: 0, unrated: {}},
      };
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const {message, code} = error as Error & {code?: string};
    if (code === 'ENOENT')
      throw new Refusal(`${events ?? ''} cannot be read: there is no such file`);
    if (sums !== undefined) throw new Refusal(`${sums}: ${message}`);
    throw refusalOf(`${events ?? ''} cannot be read`, error);
  }
  const url = options.database ?? process.env['DATABASE_URL'];
  if (url === undefined) {
    throw new Refusal(
      'expected --database, --events or --sums (or DATABASE_URL) but received none',
    );
  }
  const database = await openForReading(url);
  try {
    const store = sqlStore(database);
    const tally = await countsOf(store, experiment, scale);
    // A database that only an older version has used keeps no looks.
    return {...tally, looks: await store.looks.of(experiment).catch(() => undefined)};
  } catch (error) {
    throw refusalOf(
      'the database cannot be read: has this version of the companion ever used it?',
      error,
    );
  } finally {
    await database.close();
  }
}

async function report(options: ReportOptions): Promise<void> {
  const {format, out, label, until} = options;
  if (!['html', 'text', 'json', 'csv'].includes(format)) {
    throw new Refusal(`expected --format to be html, text, json or csv but received ${format}`);
  }
  if (until !== undefined && !isDay(until)) {
    throw new Refusal(`expected --until to be a day such as 2026-11-23 but received ${until}`);
  }
  const file = await readCampaignsFile(options.campaigns);
  const experiment = experimentOf(file, options.experiment);
  const currency = currencyOf(file);
  const scale = scaleOf(experiment.metric, currency);
  if (options.looks !== undefined && options.events === undefined && options.sums === undefined) {
    throw new Refusal(
      'expected --looks beside --events or --sums: the companion keeps looks in its database',
    );
  }
  const source = await readSource(options, experimentKey(experiment), scale);
  const {rows, leftOut, input} = source;
  if (input) console.error(inputText(input));
  const keys = new Set(rows.map(row => row.experiment));
  if (keys.size > 0 && !keys.has(experimentKey(experiment))) {
    throw new Refusal(
      `expected readers of ${experimentKey(experiment)} but received those of ${[...keys].join(', ')}: are the name and the version right?`,
    );
  }
  const tally = {
    rows: rows.filter(({day}) => until === undefined || day <= until),
    leftOut,
    ...(input && {input}),
  };
  const now = until === undefined ? Date.now() : Date.parse(until) + 86_400_000;
  const kept = options.looks === undefined ? undefined : await readLooks(options.looks);
  const results = resultsOf(experiment, tally, {
    ...{now, currency, weightless: options.hook === true},
    looks: kept ?? source.looks,
  });
  if (results.early !== undefined) console.error(results.early);
  const print = {
    text: () => printText(results),
    json: () => `${JSON.stringify({...results, sentence: sentenceOf(results)}, null, 2)}\n`,
    csv: () => printCsv(tally.rows.filter(row => row.experiment === results.experiment)),
    html: () => reportPage(results, {file, experiment, label, draw: drawAppeal}),
  };
  const text = await print[format as keyof typeof print]();
  if (options.looks !== undefined && kept && results.newLooks.length > 0) {
    await writeLooks(options.looks, [...kept, ...results.newLooks]);
  }
  if (out === undefined) process.stdout.write(text);
  else {
    await writeFile(out, text).catch((error: unknown) => {
      throw refusalOf(`${out} cannot be written`, error);
    });
    console.info(sentenceOf(results).text);
  }
}
