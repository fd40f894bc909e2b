/** Finds problems of a campaigns file that no schema can express. */

import {experimentProblems, type CampaignProblem} from '../experiments/experiment-problems.js';
import type {Experiment} from '../experiments/experiment.js';
import {offerSold} from '../money/checkout-setting.js';
import {isCurrency} from '../money/currencies.js';
import {minorUnits} from '../money/money.js';
import {defaultOffer, frequencies, type Amounts, type Offer} from '../money/offer.js';
import {checkAppeal} from './appeal-problems.js';
import type {Campaign, CampaignsFile} from './campaign.js';
import {checkoutProblems} from './checkout-problems.js';
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

/** What in a file says what is sold and how it is paid: the file, a campaign or an arm; and its path. */
interface Seller {
  readonly sales: Pick<CampaignsFile, 'offer' | 'currency' | 'checkout'>;
  readonly path: string;
}

/** Finds problems that the schema cannot express: contradictions and unknown currencies. */
export function checkFile(
  file: CampaignsFile,
  fail: Fail,
  isBroken: (path: string) => boolean,
): void {
  const ids = new Set<string>();
  const all: Seller = {sales: file, path: ''};
  const reported = new Set<string>();
  /** Fails once for what several campaigns share. */
  const failOnce = (path: string, problem: string) => {
    if (!reported.has(path + problem)) fail(path, problem);
    reported.add(path + problem);
  };
  /** Checks what one seller says, and how it fits to what it has of those around it, the nearest first. */
  const check = (own: Seller, ...around: Seller[]) => {
    const nearest = (key: keyof Seller['sales']) => {
      const {sales, path} = [own, ...around].find(seller => seller.sales[key]) ?? own;
      return {...sales, path: join(path, key)};
    };
    const {offer, currency} = own.sales;
    const {offer: offered, path: offerPath} = nearest('offer');
    const {checkout, path: checkoutPath} = nearest('checkout');
    if (offer) checkOffer(offer, offerPath, fail, isBroken);
    if (currency) {
      checkCurrency(currency, offerSold(checkout, offered), join(own.path, 'currency'), fail);
    }
    // What campaigns sell is checked with each of them: the file alone need not sell anything.
    const isUsed = own !== all || file.campaigns.length === 0;
    if (isUsed && ![offerPath, checkoutPath, join(own.path, 'checkout')].some(isBroken)) {
      checkoutProblems(checkout, offered, checkoutPath, offerPath, failOnce);
    }
  };
  const {imageOrigins, popular} = file;
  if (popular && Number.isNaN(momentOf(popular.asOf, 0)))
    fail('popular.asOf', `${popular.asOf} is no date`);
  /** Returns what a campaign or its arm sells; `undefined` where a part of that is broken. */
  const soldBy = (campaign: Campaign, ...paths: string[]) => {
    const places = ['', ...paths].flatMap(path => [join(path, 'offer'), join(path, 'checkout')]);
    if (places.some(isBroken)) return undefined;
    const offered = campaign.offer ?? file.offer;
    return offerSold(campaign.checkout ?? file.checkout, offered) ?? defaultOffer;
  };
  check(all);
  file.campaigns.forEach((campaign: Campaign | undefined, i) => {
    if (!campaign) return;
    const path = `campaigns[${i}]`;
    if (ids.has(campaign.id)) fail(`${path}.id`, `${campaign.id} is taken`);
    ids.add(campaign.id);
    checkTimes(campaign, path, fail);
    check({sales: campaign, path}, all);
    checkAppeal(campaign, {offer: soldBy(campaign, path), imageOrigins}, path, fail);
  });
  file.experiments?.forEach((experiment: Experiment | undefined, i) => {
    const at = file.campaigns.findIndex(
      (campaign: Campaign | undefined) => campaign?.id === experiment?.campaign,
    );
    const campaign = file.campaigns[at];
    for (const [name, {overrides}] of Object.entries(experiment?.arms ?? {})) {
      if (!overrides) continue;
      const path = `experiments[${i}].arms.${name}.overrides`;
      if (campaign) {
        const offer = soldBy({...campaign, ...overrides}, `campaigns[${at}]`, path);
        const shown = overrides.frequencies ?? (overrides.offer && campaign.frequencies);
        checkAppeal(overrides, {offer, shown, imageOrigins}, path, fail);
      }
      if (!overrides.offer) continue;
      const around = campaign ? [{sales: campaign, path: `campaigns[${at}]`}, all] : [all];
      check({sales: {offer: overrides.offer}, path}, ...around);
    }
  });
  const campaigns = file.campaigns.filter(Boolean);
  for (const {path, problem} of experimentProblems(file.experiments ?? [], campaigns)) {
    if (!isBroken(path)) fail(path, problem);
  }
}
