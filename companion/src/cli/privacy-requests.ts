/** Implements `export` and `erase`, which show or erase what is stored about an address. */

import type {Command} from 'commander';
import type {PrivacyRequests} from '../companion.js';
import {readConfig} from './config.js';
import {openLog} from './log.js';
import {open} from './open.js';
import {refusalOf} from './refusal.js';

async function answer(
  {config}: {readonly config: string},
  ask: (rights: PrivacyRequests) => Promise<object>,
): Promise<void> {
  const {companion, close} = await open(await readConfig(config), openLog(console.error).problem);
  try {
    console.info(JSON.stringify(await ask(companion.privacyRequests), null, 2));
  } catch (error) {
    throw refusalOf('the request could not be answered', error);
  } finally {
    await close();
  }
}

function add(program: Command, name: 'export' | 'erase', what: string): void {
  program
    .command(`${name} <address>`)
    .description(what)
    .requiredOption('-c, --config <file>', 'the configuration of `serve`')
    .action(async (address: string, options: {config: string}) => {
      await answer(options, rights => rights[name](address));
    });
}

/** Adds `export`. */
export function addExport(program: Command): void {
  add(program, 'export', 'print everything that is kept about an e-mail address, as JSON');
}

/** Adds `erase`. */
export function addErase(program: Command): void {
  add(
    program,
    'erase',
    'forget an e-mail address, and print how many rows of each table that changed',
  );
}
