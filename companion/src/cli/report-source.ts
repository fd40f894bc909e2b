/** Looks at an experiment for a command: reads what a source knows, judges it, and keeps what is found. */

import type {Command} from 'commander';
import {experimentKey, type CampaignsFile, type Experiment} from 'reader-support/core';
import type {Tally} from '../report/aggregate.js';
import {readCsv} from '../report/csv.js';
import {scaleOf, type Scale} from '../report/gift-value.js';
import {inputText} from '../report/input-count.js';
import {foldFile} from '../report/log.js';
import type {Look} from '../report/looks.js';
import {resultsOf, type Results} from '../report/results.js';
import {currencyOf, sqlStore, countsOf} from '../companion.js';
import {textOf} from './campaigns-file.js';
import {readLooks, writeLooks} from './looks-file.js';
import {openForReading} from './open-for-reading.js';
import {Refusal, refusalOf} from './refusal.js';

/** Where the numbers of a report come from. */
export interface SourceOptions {
  readonly database?: string;
  readonly events?: string;
  readonly sums?: string;
  readonly looks?: string;
  readonly hook?: true;
}

/** Adds the options that say where the numbers come from. */
export function withSource(command: Command): Command {
  return command
    .option('--database <url>', "the companion's database; DATABASE_URL when left out")
    .option('--events <file>', 'events and gifts as lines of JSON, instead')
    .option('--sums <file>', 'daily sums as CSV, instead')
    .option(
      '--looks <file>',
      'keeps what looks found, so that what was found stays found; for --events and --sums',
    )
    .option('--hook', 'an outside system assigns, with weights of its own: no split check');
}

/** What a source knows of an experiment, and what earlier looks at it found. */
interface Source extends Tally {
  readonly looks?: readonly Look[] | undefined;
}

async function readSource(
  options: SourceOptions,
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

/** What a look found. */
export interface SourceLook {
  readonly results: Results;
  /** The sums that were judged. */
  readonly tally: Tally;
  /** Writes down what this look found, where `--looks` names a file. */
  keep(): Promise<void>;
}

/** Looks at an experiment, as if it were the morning after the day `until`. */
export async function lookFrom(
  options: SourceOptions,
  {file, experiment, until}: {file: CampaignsFile; experiment: Experiment; until?: string},
): Promise<SourceLook> {
  const currency = currencyOf(file);
  const key = experimentKey(experiment);
  if (options.looks !== undefined && options.events === undefined && options.sums === undefined) {
    throw new Refusal(
      'expected --looks beside --events or --sums: the companion keeps looks in its database',
    );
  }
  const source = await readSource(options, key, scaleOf(experiment.metric, currency));
  const {rows, leftOut, input} = source;
  if (input) console.error(inputText(input));
  const keys = new Set(rows.map(row => row.experiment));
  if (keys.size > 0 && !keys.has(key)) {
    throw new Refusal(
      `expected readers of ${key} but received those of ${[...keys].join(', ')}: are the name and the version right?`,
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
  return {
    results,
    tally,
    async keep() {
      if (options.looks !== undefined && kept && results.newLooks.length > 0)
        await writeLooks(options.looks, [...kept, ...results.newLooks]);
    },
  };
}
