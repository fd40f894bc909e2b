/** Implements `simulate`, which shows what a campaigns file would do to readers and to its experiments. */

import {closeSync, openSync, writeSync} from 'node:fs';
import type {Command} from 'commander';
import {isDay} from '../report/csv.js';
import {percentOf, plural} from '../report/format.js';
import {falseAlarms, simulatedDays} from '../report/false-alarms.js';
import {play} from '../report/simulation.js';
import {experimentKey} from 'reader-support/core';
import {experimentsOf} from '../companion.js';
import {mostGiftRate, mostLift, numberOf, readCampaignsFile, shareOf} from './campaigns-file.js';
import {Refusal, refusalOf} from './refusal.js';

interface SimulateOptions {
  readonly days: string;
  readonly readers: string;
  readonly rate: string;
  readonly lift: string;
  readonly seed: string;
  readonly from?: string;
  readonly out?: string;
}

/** Adds the command. */
export function addSimulate(program: Command): void {
  program
    .command('simulate <file>')
    .description('play a campaigns file with made-up readers')
    .option('--days <days>', 'how long', '28')
    .option('--readers <count>', 'how many come in that time', '20000')
    .option('--rate <share>', 'gifts per reader who is asked', '0.4%')
    .option('--lift <share>', 'how much more the other versions bring', '0')
    .option('--seed <number>', 'another course of chance', '1')
    .option('--from <day>', 'the first day')
    .option('--out <file>', 'write what happened, for `report --events`')
    .action(simulate);
}

function openFor(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (error) {
    throw refusalOf(`${path} cannot be written`, error);
  }
}

async function simulate(path: string, options: SimulateOptions): Promise<void> {
  const file = await readCampaignsFile(path);
  const days = Math.ceil(numberOf('--days', options.days));
  const readers = Math.round(numberOf('--readers', options.readers));
  const giftRate = shareOf('--rate', options.rate, mostGiftRate);
  const lift = shareOf('--lift', options.lift, mostLift, -1);
  const seed = Math.round(numberOf('--seed', options.seed, -1));
  if (options.from !== undefined && !isDay(options.from)) {
    throw new Refusal(
      `expected --from to be a day such as 2026-11-23 but received ${options.from}`,
    );
  }
  const today = new Date().toISOString().slice(0, 10);
  const from =
    Date.parse(options.from ?? today) - (options.from === undefined ? days : 0) * 86_400_000;

  const out = options.out === undefined ? undefined : openFor(options.out);
  const {asks, asksPerReader, arms} = play(
    file,
    {readers, days, seed, giftRate, lift, from},
    out === undefined ? undefined : line => writeSync(out, `${JSON.stringify(line)}\n`),
  );
  if (out !== undefined) closeSync(out);
  const [who, time] = [
    plural(readers, 'made-up reader', 'made-up readers'),
    plural(days, 'day', 'days'),
  ];
  console.info(`${who} in ${time}. Nothing of this happened.\n`);
  console.info(`Asks per reader: ${asksPerReader.toFixed(2)}`);
  for (const [times, number] of asks.entries()) {
    const name = times === asks.length - 1 ? `${times} or more` : String(times);
    console.info(`  ${name.padEnd(10)} ${percentOf(number / readers, 1)}`);
  }
  for (const experiment of experimentsOf(file)) {
    const name = experimentKey(experiment);
    const ownArms = arms.filter(({experiment: key}) => key === name);
    console.info(`\n${name}`);
    for (const {arm, readers: n, gifts} of ownArms) {
      console.info(
        `  ${arm}: ${plural(n, 'reader', 'readers')}, ${plural(gifts, 'gift', 'gifts')} (${percentOf(gifts / n, 1)})`,
      );
    }
    if (ownArms.length === 0) {
      console.info('  Nobody took part.');
      continue;
    }
    const exposed = ownArms.reduce((sum, {readers}) => sum + readers, 0);
    const tests = 500;
    const readersPerDay = exposed / days;
    const alarms = falseAlarms(experiment, {readersPerDay, giftRate, seed, tests});
    const looks = plural(simulatedDays(experiment, readersPerDay), 'day', 'days');
    console.info(
      `  Of ${tests} such tests in which nothing differs, looked at daily for ${looks}, ${percentOf(alarms, 1)} name a winner (give or take 2 %). 5 % is the most that is planned.`,
    );
  }
}
