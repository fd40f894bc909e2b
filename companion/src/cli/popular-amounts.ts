/** Finds the amounts that most readers chose, among the presets that a campaigns file offers. */

import {
  applyArm,
  defaultOffer,
  formatMoney,
  frequencies,
  type Campaign,
  type CampaignsFile,
  type CopyTexts,
  type Frequency,
  type Offer,
} from 'reader-support/core';
import type {ChosenAmount} from '../companion.js';
import {plural} from '../report/format.js';

/** How many gifts of a frequency and currency prove anything. */
export const leastGifts = 100;

/** What the gifts of one frequency and currency say. */
export interface PopularFinding {
  readonly frequency: Frequency;
  readonly currency: string;
  /** The amount that most readers chose, in minor units, if there is one. */
  readonly minor?: number;
  /** The finding in words. */
  readonly text: string;
}

const isPopularPill = ({amounts = {}}: CopyTexts): boolean =>
  Object.values(amounts)
    .flatMap(byCurrency => Object.values(byCurrency))
    .flatMap(byAmount => Object.values(byAmount))
    .some(({pill}) => pill === 'popular');

/** Whether a campaign has the pill `popular`, in any language, with or without a count. */
const hasPill = ({copy, copies = {}}: Campaign): boolean =>
  [copy, ...Object.values(copies)].some(
    words => words && (isPopularPill(words) || isPopularPill(words.withoutCount ?? {})),
  );

/** Every campaign as it is, and with each arm of its experiments. */
function shownCampaigns({campaigns, experiments = []}: CampaignsFile): Campaign[] {
  const withArms = experiments.flatMap(({campaign: id, arms}) => {
    const campaign = campaigns.find(candidate => candidate.id === id);
    return Object.values(arms).flatMap(arm => (campaign && applyArm(campaign, arm)) ?? []);
  });
  return [...campaigns, ...withArms];
}

/** Whether any appeal of the file has the pill `popular`. */
export const hasPopularPill = (file: CampaignsFile): boolean => shownCampaigns(file).some(hasPill);

/** Every offer of the file. */
export const everyOffer = (file: CampaignsFile): Offer[] => [
  file.offer ?? defaultOffer,
  ...shownCampaigns(file).flatMap(({offer}) => offer ?? []),
];

/** The offers whose presets may be popular: the file's, and those of appeals with the pill. */
const offersWithPill = (file: CampaignsFile): Offer[] => [
  file.offer ?? defaultOffer,
  ...shownCampaigns(file).flatMap(campaign => (hasPill(campaign) && campaign.offer) || []),
];

/** Whether an amount is a preset of one of the offers. */
export const isPreset = (
  offers: readonly Offer[],
  frequency: Frequency,
  currency: string,
  minor: number,
): boolean => offers.some(offer => offer[frequency]?.[currency]?.presets.includes(minor));

function findingOf(
  frequency: Frequency,
  currency: string,
  chosen: readonly ChosenAmount[],
  offers: readonly Offer[],
): PopularFinding {
  const gifts = chosen.reduce((sum, amount) => sum + amount.gifts, 0);
  const [first, second] = chosen.toSorted((a, b) => b.gifts - a.gifts);
  const amountOf = ({minor}: ChosenAmount) => formatMoney({minor, currency}, 'en');
  const finding = (text: string) => ({
    frequency,
    currency,
    text: `${frequency} ${currency}: ${text}`,
  });
  if (!first || gifts < leastGifts)
    return finding(`${plural(gifts, 'gift', 'gifts')}, ${leastGifts} are needed`);
  if (second?.gifts === first.gifts)
    return finding(
      `${amountOf(first)} and ${amountOf(second)} were chosen equally often, ${first.gifts} times of ${gifts}`,
    );
  const share = `${amountOf(first)} was chosen most often, ${first.gifts} times of ${gifts}`;
  return isPreset(offers, frequency, currency, first.minor)
    ? {...finding(share), minor: first.minor}
    : finding(`${share}, but is no preset`);
}

/**
 * Finds, for every frequency and currency that is offered or was given in, the amount that more readers
 * chose than any other.
 */
export function findPopular(
  file: CampaignsFile,
  chosen: readonly ChosenAmount[],
): readonly PopularFinding[] {
  const offers = offersWithPill(file);
  return frequencies.flatMap(frequency => {
    const gifts = chosen.filter(amount => amount.frequency === frequency);
    const currencies = new Set([
      ...offers.flatMap(offer => Object.keys(offer[frequency] ?? {})),
      ...gifts.map(({currency}) => currency),
    ]);
    return [...currencies].map(currency =>
      findingOf(
        frequency,
        currency,
        gifts.filter(amount => amount.currency === currency),
        offers,
      ),
    );
  });
}
