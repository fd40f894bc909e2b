#!/usr/bin/env node
/** Runs the command line: collects the commands, one file each. */

import {Command} from 'commander';
import {addCheck} from './check.js';
import {addErase, addExport} from './privacy-requests.js';
import {addEvents} from './events.js';
import {addGuard} from './guard.js';
import {addKeys} from './keys.js';
import {addPlan} from './plan.js';
import {Refusal} from './refusal.js';
import {addReport} from './report.js';
import {addServe} from './serve.js';
import {addSimulate} from './simulate.js';

declare const __VERSION__: string;

const program = new Command('reader-support')
  .description(
    'The companion of reader-support: takes gifts, hears from Stripe, and keeps the books.',
  )
  .version(typeof __VERSION__ === 'undefined' ? 'development' : __VERSION__)
  .showHelpAfterError('(--help says what can be given)');

addServe(program);
addPlan(program);
addCheck(program);
addSimulate(program);
addReport(program);
addEvents(program);
addExport(program);
addErase(program);
addKeys(program);
addGuard(program);

try {
  await program.parseAsync();
} catch (error) {
  // Errors that the operator can fix print one line; anything else is a bug and keeps its stack.
  if (!(error instanceof Refusal)) throw error;
  console.error(`reader-support: ${error.message}`);
  process.exitCode = 1;
}
