/** Deletes rows from every table when their retention ends. */

import type {Job} from './jobs.js';
import {wordFor} from '../http/error-word.js';
import type {SiteSettings} from '../http/settings.js';
import type {RetentionPolicy} from './retention-policy.js';

const hour = 3_600_000;

/** What is deleted from, and where a failure goes. */
interface RetentionSettings extends Pick<SiteSettings, 'log' | 'now'> {
  readonly store: {readonly upkeep?: readonly RetentionPolicy[]};
}

/** Creates the job that deletes expired rows of every table hourly. A table that fails does not stop the others. */
export function retentionJob({store, log, now}: RetentionSettings): Job {
  return {
    name: 'retention',
    every: hour,
    async run() {
      let deleted = 0;
      let failed: unknown;
      for (const {table, deleteExpired} of store.upkeep ?? []) {
        try {
          deleted += await deleteExpired(now());
        } catch (error) {
          log({at: 'companion', problem: 'failed', detail: {table, type: wordFor(error)}});
          failed = error;
        }
      }
      if (failed !== undefined) throw failed as Error;
      return deleted;
    },
  };
}
