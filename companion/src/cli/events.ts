/** Implements `events`, which lists Stripe events that failed and processes them again. */

import type {Command} from 'commander';
import {readConfig} from './config.js';
import {openLog} from './log.js';
import {open} from './open.js';
import {Refusal, refusalOf} from './refusal.js';

interface ListOptions {
  readonly config: string;
  readonly dead?: true;
  readonly limit: string;
}

/** Adds the commands. */
export function addEvents(program: Command): void {
  const events = program
    .command('events')
    .description('look at what Stripe told, and try it again');
  const config = ['-c, --config <file>', 'the configuration of `serve`'] as const;
  events
    .command('list')
    .description('list events, newest first: time, id, type, tries, outcome, what went wrong')
    .requiredOption(...config)
    .option(
      '--dead',
      'only those that could not be read, or were begun over an hour ago and never ended',
    )
    .option('--limit <count>', 'at most so many', '100')
    .action(list);
  events
    .command('replay <id>')
    .description('ask Stripe for an event of the last thirty days and work on it again')
    .requiredOption(...config)
    .action(replay);
}

async function list({config, dead, limit}: ListOptions): Promise<void> {
  if (!/^[1-9]\d{0,5}$/.test(limit))
    throw new Refusal(`expected --limit to be a number but received ${limit}`);
  const {store, close} = await open(await readConfig(config), openLog(console.error).problem);
  try {
    const rows = await store.webhookEvents({dead: dead === true, limit: Number(limit)});
    for (const {received, id, type, tries, outcome, problem} of rows) {
      const time = new Date(received).toISOString();
      console.info([time, id, type, tries, outcome ?? 'unfinished', problem ?? '-'].join('\t'));
    }
  } finally {
    await close();
  }
}

async function replay(id: string, {config}: {config: string}): Promise<void> {
  if (!/^evt_\w+$/.test(id)) throw new Refusal(`expected an event's id (evt_…) but received ${id}`);
  const {companion, close} = await open(await readConfig(config), openLog(console.error).problem);
  try {
    const outcome = await companion.replay(id);
    console.info(`${id}\t${outcome}`);
    if (outcome === 'unreadable') process.exitCode = 1;
  } catch (error) {
    throw refusalOf(`${id} could not be worked on`, error);
  } finally {
    await close();
  }
}
