/** Gathers the commands of the command line, of which each stands in a file of its own. */

import {Command} from 'commander';
import {companionVersion} from '../config/require-same-version.js';
import {addCheck} from './check.js';
import {addConclude} from './conclude.js';
import {addDoctor} from './doctor.js';
import {addErase, addExport} from './privacy-requests.js';
import {addEvents} from './events.js';
import {addGuard} from './guard.js';
import {addHistory} from './history.js';
import {addInit} from './init.js';
import {addKeys} from './keys.js';
import {addPlan} from './plan.js';
import {Refusal} from './refusal.js';
import {addPopular} from './popular.js';
import {addReport} from './report.js';
import {addServe} from './serve.js';
import {addSimulate} from './simulate.js';

/** Runs the command that was typed. */
export async function runProgram(): Promise<void> {
  const program = new Command('reader-support')
    .description(
      'The companion of reader-support: takes gifts, hears from Stripe, and keeps the books.',
    )
    .version(companionVersion)
    .showHelpAfterError('(--help says what can be given)');

  addInit(program);
  addServe(program);
  addDoctor(program);
  addPlan(program);
  addCheck(program);
  addSimulate(program);
  addReport(program);
  addConclude(program);
  addHistory(program);
  addPopular(program);
  addEvents(program);
  addExport(program);
  addErase(program);
  addKeys(program);
  addGuard(program);

  try {
    await program.parseAsync();
  } catch (error) {
    // What an operator can mend is said in a line; anything else is a fault of ours and shows where.
    if (!(error instanceof Refusal)) throw error;
    console.error(`reader-support: ${error.message}`);
    process.exitCode = 1;
  }
}
