/** Looks at an experiment: adds up what the store knows, judges it, and writes down what is found. */

import {experimentKey, type CampaignsFile, type Experiment} from 'reader-support/core';
import type {Tally} from '../report/aggregate.js';
import {scaleOf} from '../report/gift-value.js';
import {resultsOf, type Results} from '../report/results.js';
import {countsOf, type ExperimentSource} from './experiment-data.js';
import {currencyOf} from './experiments-of.js';

/** Resolves with the results of one look and the sums they are of. */
export async function lookAt(
  store: ExperimentSource,
  {file, experiment, now}: {file: CampaignsFile; experiment: Experiment; now: number},
): Promise<{readonly results: Results; readonly tally: Tally}> {
  const currency = currencyOf(file);
  const name = experimentKey(experiment);
  const tally = await countsOf(store, name, scaleOf(experiment.metric, currency));
  const looks = await store.looks?.of(name);
  const results = resultsOf(experiment, tally, {now, currency, looks});
  await store.looks?.add(results.newLooks);
  return {results, tally};
}
