/** Implements `serve`, which runs the companion as a process until it is told to stop. */

import type {Command} from 'commander';
import {listen} from '../http/listen.js';
import {runJobs} from '../companion.js';
import {readConfig} from './config.js';
import {openLog} from './log.js';
import {open} from './open.js';
import {refusalOf} from './refusal.js';

/** Adds the command. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('answer readers, hear from Stripe, and do what is due')
    .requiredOption('-c, --config <file>', 'the configuration: a .json file or a JavaScript module')
    .action(async ({config}: {config: string}) => await serve(config));
}

/** Resolves at SIGTERM or SIGINT; a second signal exits at once. */
function stopSignal(write: ReturnType<typeof openLog>['write']): Promise<void> {
  return new Promise<void>(resolve => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        write({level: 'info', name: 'serve/stopping', at: 'serve', stopping: signal});
        resolve();
      });
  });
}

/** Runs until it is told to stop. */
async function serve(file: string): Promise<void> {
  const {write, problem, flush} = openLog();
  // From the start: the first process of a container has no other answer to a signal.
  const stopping = stopSignal(write);
  const config = await readConfig(file);
  const {companion, close} = await open(config, problem);
  const listening = await listen(companion, {
    ...config.listen,
    answered: answer => write({level: 'info', name: 'request', at: 'request', ...answer}),
  }).catch(async (error: unknown) => {
    await close();
    throw refusalOf('the port cannot be listened on', error);
  });
  const jobs = runJobs(companion.jobs, turn => {
    if (turn.failed !== undefined) write({level: 'error', name: 'job/failed', at: 'job', ...turn});
    else if (turn.done) write({level: 'info', name: 'job/done', at: 'job', ...turn});
  });
  write({level: 'info', name: 'serve/listening', at: 'serve', url: listening.url});

  await stopping;
  // Requests end first, then the jobs, and the database last, because both need it.
  await listening.stop();
  await companion.settled();
  await jobs.stop();
  await close();
  flush();
  write({level: 'info', name: 'serve/stopped', at: 'serve', stopped: true});
}
