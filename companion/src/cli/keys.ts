/** Implements `keys`, which generates a key for signing passes. */

import type {Command} from 'commander';
import {generatePassKey} from '../companion.js';

/** Adds the command. */
export function addKeys(program: Command): void {
  program
    .command('keys')
    .description('print a new key to sign passes with, as JSON for PASS_KEYS; keep it secret')
    .action(async () => {
      console.info(JSON.stringify(await generatePassKey()));
    });
}
