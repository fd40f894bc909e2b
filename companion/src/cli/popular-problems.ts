/** Finds what is wrong with the field `popular` of a campaigns file. */

import {
  formatMoney,
  frequencies,
  popularAmounts,
  type CampaignProblem,
  type CampaignsFile,
} from 'reader-support/core';
import {everyOffer, hasPopularPill, isPreset} from './popular-amounts.js';

/** Warns where a pill `popular` is never shown, because its proof is missing or too old. */
function warningOf(file: CampaignsFile, now: number): CampaignProblem[] {
  const {popular} = file;
  if (!hasPopularPill(file) || popularAmounts(popular, now)) return [];
  const problem = !popular
    ? 'is missing, so that no pill `popular` is shown: run `reader-support popular` every day'
    : Date.parse(popular.asOf) > now
      ? `${popular.asOf} is in the future, so that no pill \`popular\` is shown until then`
      : `${popular.asOf} is older than 30 days, so that no pill \`popular\` is shown: run \`reader-support popular\` every day`;
  return [{path: popular ? 'popular.asOf' : 'popular', problem, warning: true}];
}

/**
 * Finds amounts that are called popular and are no preset of any offer of the file, and as warnings pills
 * `popular` that are not shown at a time (epoch ms).
 */
export function popularProblems(file: CampaignsFile, now: number): CampaignProblem[] {
  const offers = everyOffer(file);
  const unknown = frequencies.flatMap(frequency =>
    Object.entries(file.popular?.[frequency] ?? {}).flatMap(([currency, minor = 0]) => {
      if (isPreset(offers, frequency, currency, minor)) return [];
      const amount = formatMoney({minor, currency}, 'en');
      const problem = `${amount} is no preset of an offer: run \`reader-support popular\`, or take it out`;
      return [{path: `popular.${frequency}.${currency}`, problem}];
    }),
  );
  return [...unknown, ...warningOf(file, now)];
}
