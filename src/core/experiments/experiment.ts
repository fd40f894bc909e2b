/** Which arm of an experiment is a reader in, if any? */

import type {Cadence} from '../cadence/cadence.js';
import type {Copy} from '../campaigns/campaign.js';
import type {Offer} from '../money/offer.js';

/** What an arm changes of its campaign; all else stays as it is. */
export interface Patch {
  readonly copy?: Copy;
  readonly copies?: Readonly<Record<string, Copy>>;
  readonly offer?: Offer;
  readonly format?: 'inline' | 'bar' | 'dialog';
  readonly cadence?: Partial<Cadence>;
}

/** One version in an experiment. The one called `control` is the campaign as it is. */
export interface Arm {
  /** Its share of the readers, from 0 to 1. */
  readonly weight: number;
  readonly set?: Patch;
  /** `false` shows nothing. */
  readonly show?: boolean;
}

/** What counts as a success: money, counted in a way that is declared before the start. */
export interface Goal {
  readonly currency: string;
  /** Months of a monthly gift that count. 12 when left out. */
  readonly months?: number;
  /** What one reader counts for at most, in minor units, so that one large gift does not decide. */
  readonly cap?: number;
  /** Units of `currency` for one unit of another, fixed for the whole experiment. */
  readonly rates?: Readonly<Record<string, number>>;
}

/** What was expected before the start: it fixes the planned end. */
export interface Plan {
  /** Whole days. 28 when left out. */
  readonly days?: number;
  /** Readers of all arms together. */
  readonly readers?: number;
  /** Gifts per reader without the change. */
  readonly giftRate?: number;
  /** The smallest lift worth knowing of: 0.2 is a fifth more. */
  readonly lift?: number;
}

/** A test of a campaign's copy, offer, format or cadence. */
export interface Experiment {
  readonly id: string;
  /** A new one whenever arms or weights change: it draws every reader anew. */
  readonly version: number;
  readonly campaign: string;
  /** `false` ends it: every reader sees the campaign as it is. */
  readonly on?: boolean;
  /** Share of the readers who take part. All when left out; raising it moves nobody. */
  readonly coverage?: number;
  /** Experiments in disjoint slices of one layer never meet in one reader. */
  readonly layer?: {readonly name: string; readonly from: number; readonly to: number};
  readonly arms: Readonly<Record<string, Arm>>;
  readonly goal?: Goal;
  readonly plan?: Plan;
}

export type Assignment =
  | {readonly arm: string}
  | {readonly arm?: never; readonly because: 'off' | 'outside-layer' | 'not-covered'};

/** From (included) and to (excluded). */
export type BucketRange = readonly [from: number, to: number];

/**
 * The range of each arm. `coverage` shrinks every range from its start, so that raising it moves
 * nobody. As the specification wants it, weights of the wrong number or sum become equal ones: a
 * campaigns file with such weights is refused before.
 */
export function bucketRanges(
  count: number,
  coverage = 1,
  weights?: readonly number[] | null,
): BucketRange[] {
  const share = Math.min(Math.max(coverage, 0), 1);
  const given = weights || [];
  const sum = given.reduce((total, weight) => total + weight, 0);
  const isSound = given.length === count && sum >= 0.99 && sum <= 1.01;
  const sound = isSound ? given : Array.from({length: Math.max(count, 0)}, () => 1 / count);
  let start = 0;
  // Sums in floating point, not in whole numbers: one point in 10,000 would fall into another arm.
  return sound.map(weight => {
    const from = start;
    start += weight;
    return [from, from + share * weight];
  });
}

/** The index of the first range with the point in it, or −1. */
export function chooseArm(point: number, ranges: readonly BucketRange[]): number {
  return ranges.findIndex(([from, to]) => point >= from && point < to);
}

/** Names an experiment's draw: readers are drawn anew for each version. */
export function seedOf({id, version}: Pick<Experiment, 'id' | 'version'>): string {
  return `${id}@${version}`;
}

/**
 * Puts a reader into an arm. `pointOf` gives the reader's point under a seed: `hash(seed, readerId)`,
 * or what was drawn once for this seed and stored. An arm the reader is `known` to be in stays.
 */
export function assignArm(
  experiment: Experiment,
  pointOf: (seed: string) => number,
  known?: string,
): Assignment {
  const {on = true, layer, coverage, arms} = experiment;
  if (!on) return {because: 'off'};
  if (known !== undefined && Object.hasOwn(arms, known)) return {arm: known};
  if (layer) {
    const point = pointOf(layer.name);
    if (point < layer.from || point >= layer.to) return {because: 'outside-layer'};
  }
  const weights = Object.values(arms).map(({weight}) => weight);
  const ranges = bucketRanges(weights.length, coverage, weights);
  const arm = Object.keys(arms)[chooseArm(pointOf(seedOf(experiment)), ranges)];
  return arm === undefined ? {because: 'not-covered'} : {arm};
}

/** In place of a campaign's name: the experiment is over all of them. */
export const everyCampaign = '*';

/** A quarter: so few are held back that four weeks say nothing. */
const holdbackDays = 90;

/**
 * The share of readers who are asked nothing, as an experiment of its own over all campaigns: what
 * asking itself earns. Its version is the share in ten-thousandths, so another share draws anew.
 */
export function holdbackOf(share: number): Experiment {
  const arms = {held: {weight: share, show: false}, control: {weight: 1 - share}};
  const version = Math.round(share * 10_000);
  return {id: 'holdback', version, campaign: everyCampaign, arms, plan: {days: holdbackDays}};
}

/** The campaign as an arm shows it; nothing, when the arm shows nothing. */
export function withArm<T extends Patch>(campaign: T, arm: Arm | undefined): T | undefined {
  if (arm?.show === false) return undefined;
  const {set} = arm ?? {};
  if (!set) return campaign;
  const copies = Object.entries(set.copies ?? {}).map(([language, copy]): [string, Copy] => [
    language,
    {...campaign.copies?.[language], ...copy},
  ]);
  return {
    ...campaign,
    ...set,
    ...(set.copy && {copy: {...campaign.copy, ...set.copy}}),
    ...(set.copies && {copies: {...campaign.copies, ...Object.fromEntries<Copy>(copies)}}),
    ...(set.cadence && {cadence: {...campaign.cadence, ...set.cadence}}),
  };
}
