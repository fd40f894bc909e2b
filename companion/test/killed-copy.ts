/** A companion in a process of its own, which may be told to die in the middle of its work. */

import {listen} from '../src/http/listen.js';
import {createSupportServer, openDatabase, sqlStore, type Store} from '../src/companion.js';
import {offer, secret} from './fixtures.js';

/** What a copy is told at its start, as JSON in its first argument. */
export interface CopyGiven {
  readonly database: string;
  /** Where the double answers. */
  readonly apiBase: string;
  /** The chance to die before a step, and after one. */
  readonly deadliness: number;
}

const {database, apiBase, deadliness} = JSON.parse(process.argv[2] ?? '{}') as CopyGiven;

/** As the power cut does: no handler runs, no connection is closed. */
function perhapsDie(): void {
  if (Math.random() < deadliness) process.kill(process.pid, 'SIGKILL');
}

/** A step, with a chance to die before it and after it. */
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
