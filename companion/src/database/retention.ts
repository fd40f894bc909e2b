/** Deletes rows from every table when their retention ends. */

import type {Job} from './jobs.js';
import type {Settings} from '../config/options.js';
import {wordFor} from '../gifts/receive.js';

const hour = 3_600_000;

/** Creates the job that sweeps every table hourly. A table that fails does not stop the others. */
export function retentionJob({store, log, now}: Settings): Job {
  return {
    name: 'retention',
    every: hour,
    async run() {
      let swept = 0;
      let failed: unknown;
      for (const {table, sweep} of store.upkeep ?? []) {
        try {
          swept += await sweep(now());
        } catch (error) {
          log({at: 'companion', problem: 'failed', detail: {table, type: wordFor(error)}});
          failed = error;
        }
      }
      if (failed !== undefined) throw failed as Error;
      return swept;
    },
  };
}
