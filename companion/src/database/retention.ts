/** Deletes rows from every table when their retention ends. */

import type {Job} from './jobs.js';
import {wordFor} from '../http/error-word.js';
import type {SiteSettings} from '../http/settings.js';
import type {Upkeep} from './retention-policy.js';

const hour = 3_600_000;

/** What is swept, and where a failure goes. */
interface RetentionSettings extends Pick<SiteSettings, 'log' | 'now'> {
  readonly store: {readonly upkeep?: readonly Upkeep[]};
}

/** Creates the job that sweeps every table hourly. A table that fails does not stop the others. */
export function retentionJob({store, log, now}: RetentionSettings): Job {
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
