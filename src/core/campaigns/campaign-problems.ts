/** Finds problems of a campaigns file that no schema can express. */

import {experimentProblems, type CampaignProblem} from '../experiments/experiment-problems.js';
import type {Experiment} from '../experiments/experiment.js';
import {isCurrency} from '../money/currencies.js';
import {minorUnits} from '../money/money.js';
import {frequencies, type Amounts, type Offer} from '../money/offer.js';
import type {Campaign, CampaignsFile} from './campaign.js';
import {momentOf} from './moment.js';
import {join, type Fail} from './read-by-schema.js';

function checkAmounts(amounts: Amounts, currency: string, path: string, fail: Fail): void {
  if (!isCurrency(currency)) fail(path, `${currency} is no currency that can be charged`);
  const {min, max, presets, preset} = amounts;
  const {step} = minorUnits(currency);
  const check = (key: string, value: number) => {
    if (value % step !== 0) fail(join(path, key), `${value} is no multiple of ${step}`);
    if (value < min) fail(join(path, key), `${value} is below min ${min}`);
    else if (value > max && key !== 'min') fail(join(path, key), `${value} is above max ${max}`);
  };
  check('min', min);
  check('max', max);
  presets.forEach((value, i) => {
    check(`presets[${i}]`, value);
    if (presets.indexOf(value) < i) fail(join(path, `presets[${i}]`), `${value} is there twice`);
  });
  if (!presets.includes(preset)) fail(join(path, 'preset'), `${preset} is none of the presets`);
}

/** Checks offers that the schema accepts, since dropping list items has moved the others. */
function checkOffer(
  offer: Offer,
  path: string,
  fail: Fail,
  isBroken: (path: string) => boolean,
): void {
  let isEmpty = !isBroken(path);
  for (const frequency of frequencies) {
    for (const [currency, amounts] of Object.entries(offer[frequency] ?? {})) {
      const amountsPath = join(join(path, frequency), currency);
      isEmpty = false;
      if (!isBroken(amountsPath)) checkAmounts(amounts, currency, amountsPath, fail);
    }
  }
  if (isEmpty) fail(path, 'offers nothing');
}

/** Finds problems of an offer that no schema can express: amounts that contradict each other or the currency. */
export function offerProblems(offer: Offer, path = 'offer'): readonly CampaignProblem[] {
  const problems: CampaignProblem[] = [];
  const fail: Fail = (place, problem) => void problems.push({path: place, problem});
  checkOffer(offer, path, fail, () => false);
  return problems;
}

function checkCurrency(currency: string, offer: Offer | undefined, path: string, fail: Fail): void {
  if (!isCurrency(currency)) fail(path, `${currency} is no currency that can be charged`);
  else if (
    offer &&
    !frequencies.some(frequency => Object.hasOwn(offer[frequency] ?? {}, currency))
  ) {
    fail(path, `${currency} is not offered`);
  }
}

function checkTimes({audience, schedule}: Campaign, path: string, fail: Fail): void {
  const {start, end} = schedule ?? {};
  const {min = 0, max = Infinity} = audience?.articles ?? {};
  const from = start === undefined ? -Infinity : momentOf(start, 0);
  const to = end === undefined ? Infinity : momentOf(end, 0, true);
  if (Number.isNaN(from)) fail(`${path}.schedule.start`, `${start} is no date`);
  if (Number.isNaN(to)) fail(`${path}.schedule.end`, `${end} is no date`);
  if (to <= from) fail(`${path}.schedule.end`, 'is not after start');
  if (max < min) fail(`${path}.audience.articles.max`, `${max} is below min ${min}`);
}

/** Finds problems that the schema cannot express: contradictions and unknown currencies. */
export function checkFile(
  file: CampaignsFile,
  fail: Fail,
  isBroken: (path: string) => boolean,
): void {
  const ids = new Set<string>();
  const check = ({offer, currency}: Partial<CampaignsFile>, path: string) => {
    if (offer) checkOffer(offer, join(path, 'offer'), fail, isBroken);
    if (currency) checkCurrency(currency, offer ?? file.offer, join(path, 'currency'), fail);
  };
  check(file, '');
  file.campaigns.forEach((campaign: Campaign | undefined, i) => {
    if (!campaign) return;
    const path = `campaigns[${i}]`;
    if (ids.has(campaign.id)) fail(`${path}.id`, `${campaign.id} is taken`);
    ids.add(campaign.id);
    checkTimes(campaign, path, fail);
    check(campaign, path);
  });
  file.experiments?.forEach((experiment: Experiment | undefined, i) => {
    for (const [name, {overrides}] of Object.entries(experiment?.arms ?? {})) {
      check(
        overrides?.offer ? {offer: overrides.offer} : {},
        `experiments[${i}].arms.${name}.overrides`,
      );
    }
  });
  const campaigns = file.campaigns.filter(Boolean);
  for (const {path, problem} of experimentProblems(file.experiments ?? [], campaigns)) {
    if (!isBroken(path)) fail(path, problem);
  }
}
