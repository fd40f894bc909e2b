/** Finds the experiments of a campaigns file, and the currency that they are judged in. */

import {
  type CampaignsFile,
  chooseCurrency,
  defaultOffer,
  type Experiment,
  holdbackOf,
} from 'reader-support/core';

/**
 * Returns the experiments of a file, including the holdback. The holdback has no metric of its own and
 * takes that of the first experiment that has one.
 */
export function experimentsOf({experiments = [], holdback = 0}: CampaignsFile): Experiment[] {
  const {metric} = experiments.find(experiment => experiment.metric) ?? {};
  const holdbackExperiment = {...holdbackOf(holdback), ...(metric && {metric})};
  return [...experiments, ...(holdback > 0 ? [holdbackExperiment] : [])];
}

/** The currency of a report, when its metric names none. */
export function currencyOf(file: CampaignsFile): string {
  const offer =
    file.offer ?? file.campaigns.find(campaign => campaign.offer)?.offer ?? defaultOffer;
  return chooseCurrency(offer, {locale: 'en', ...(file.currency && {configured: file.currency})});
}
