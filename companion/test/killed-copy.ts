/** Runs a companion in its own process, which can be made to crash between any two steps. */

import {listen} from '../src/http/listen.js';
import {createSupportServer, openDatabase, sqlStore, type Store} from '../src/companion.js';
import {offer, secret} from './fixtures.js';

/** The options of a process, as JSON in its first argument. */
export interface CopyGiven {
  readonly database: string;
  /** The URL of the fake. */
  readonly apiBase: string;
  /** The probabilities of crashing before and after a step. */
  readonly deadliness: number;
}

const {database, apiBase, deadliness} = JSON.parse(process.argv[2] ?? '{}') as CopyGiven;

/** Crashes like a power cut: no handler runs, no connection is closed. */
function perhapsDie(): void {
  if (Math.random() < deadliness) process.kill(process.pid, 'SIGKILL');
}

/** Runs a step, and may crash before or after it. */
function deadly<Args extends unknown[], Result>(step: (...args: Args) => Promise<Result>) {
  return async (...args: Args): Promise<Result> => {
    perhapsDie();
    const result = await step(...args);
    perhapsDie();
    return result;
  };
}

const {claim, find, write, done} = sqlStore(await openDatabase(database));
const store: Store = {
  claim: deadly(claim),
  find: deadly(find as never),
  write: deadly(write),
  done: deadly(done),
};
const companion = createSupportServer({
  stripe: {secretKey: 'sk_test_of_a_copy', apiBase},
  site: 'https://www.example.org',
  offers: [offer],
  webhookSecrets: [secret],
  store,
  log: () => undefined,
});
const {url} = await listen(companion, {port: 0});
process.send?.(url);
