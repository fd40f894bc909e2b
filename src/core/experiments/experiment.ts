/** Assigns readers to the arms of experiments. */

import type {Cadence} from '../cadence/cadence.js';
import type {Appearance} from '../campaigns/appearance.js';
import type {Copy} from '../copy/copy-fields.js';
import type {Offer} from '../money/offer.js';
import {ownProperties} from '../own-properties.js';

/** The fields of the campaign that an arm replaces. */
export interface Overrides extends Appearance {
  readonly minArticles?: number;
  readonly copy?: Copy;
  readonly copies?: Readonly<Record<string, Copy>>;
  /** Says that somebody has proved the claims of the copy beside it. */
  readonly claims?: 'reviewed';
  readonly offer?: Offer;
  readonly format?: 'inline' | 'bar' | 'dialog';
  readonly cadence?: Partial<Cadence>;
}

/** An arm of an experiment. The arm `control` is the unchanged campaign. */
export interface Arm {
  /** The share of readers, from 0 to 1. */
  readonly weight: number;
  readonly overrides?: Overrides;
  /** `false` shows no appeal. */
  readonly enabled?: boolean;
}

/** How success is measured: money, valued in a way that is declared before the start. */
export interface Metric {
  readonly currency: string;
  /** How many months of a monthly gift count. Default: 12. */
  readonly months?: number;
  /** The most one reader counts for, in minor units, so that one large gift does not decide. */
  readonly cap?: number;
  /** Exchange rates to `currency`, fixed for the whole experiment. */
  readonly rates?: Readonly<Record<string, number>>;
}

/** The expectations before the start, which fix the planned end. */
export interface Plan {
  /** Whole days. Default: 28. */
  readonly days?: number;
  /** The readers of all arms together. */
  readonly readers?: number;
  /** Gifts per reader without the change. */
  readonly giftRate?: number;
  /** The smallest lift worth detecting: 0.2 is 20 % more. */
  readonly lift?: number;
}

/** A test of a campaign's copy, offer, format or cadence. */
export interface Experiment {
  readonly id: string;
  /** To be increased whenever arms or weights change, which reassigns every reader. */
  readonly version: number;
  readonly campaign: string;
  /** `false` ends it: every reader sees the unchanged campaign. */
  readonly on?: boolean;
  /** The share of readers who take part. Default: all. Raising it moves nobody to another arm. */
  readonly coverage?: number;
  /** Experiments in disjoint slices of a layer never share a reader. */
  readonly layer?: {readonly name: string; readonly from: number; readonly to: number};
  readonly arms: Readonly<Record<string, Arm>>;
  readonly metric?: Metric;
  readonly plan?: Plan;
}

export type Assignment =
  | {readonly arm: string}
  | {readonly arm?: never; readonly reason: 'off' | 'outside-layer' | 'not-covered'};

/** From (included) and to (excluded). */
export type BucketRange = readonly [from: number, to: number];

/**
 * Returns the range of each arm. `coverage` shrinks every range at its end, so that raising it moves
 * nobody. As the specification requires, weights of the wrong number or sum are replaced by equal ones;
 * the parser refuses such campaigns files anyway.
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
  // Summed in floating point as in the specification: otherwise one bucket in 10,000 would change its arm.
  return sound.map(weight => {
    const from = start;
    start += weight;
    return [from, from + share * weight];
  });
}

/** Returns the index of the first range that contains the bucket, or −1. */
export function chooseArm(bucket: number, ranges: readonly BucketRange[]): number {
  return ranges.findIndex(([from, to]) => bucket >= from && bucket < to);
}

/** Returns the name an experiment is stored, sent and hashed under, which differs for each version. */
export function experimentKey({id, version}: Pick<Experiment, 'id' | 'version'>): string {
  return `${id}@${version}`;
}

/**
 * Assigns a reader to an arm. `bucketOf` returns the reader's bucket under a seed: `hash(seed, readerId)`,
 * or a stored random bucket. A `known` earlier arm is kept.
 */
export function assignArm(
  experiment: Experiment,
  bucketOf: (seed: string) => number,
  known?: string,
): Assignment {
  const {on = true, layer, coverage, arms} = experiment;
  if (!on) return {reason: 'off'};
  if (known !== undefined && Object.hasOwn(arms, known)) return {arm: known};
  if (layer) {
    const bucket = bucketOf(layer.name);
    if (bucket < layer.from || bucket >= layer.to) return {reason: 'outside-layer'};
  }
  const weights = Object.values(arms).map(({weight}) => weight);
  const ranges = bucketRanges(weights.length, coverage, weights);
  const arm = Object.keys(arms)[chooseArm(bucketOf(experimentKey(experiment)), ranges)];
  return arm === undefined ? {reason: 'not-covered'} : {arm};
}

/** Replaces a campaign's id in experiments over all campaigns. */
export const everyCampaign = '*';

/** The planned days of a holdback: its small share needs a quarter rather than four weeks. */
const holdbackDays = 90;

/**
 * Returns the holdback as an experiment over all campaigns, which measures what asking brings. Its
 * version is the share in ten-thousandths, so another share reassigns everybody.
 */
export function holdbackOf(share: number): Experiment {
  const arms = {held: {weight: share, enabled: false}, control: {weight: 1 - share}};
  const version = Math.round(share * 10_000);
  return ownProperties<Experiment>({
    ...{id: 'holdback', version, campaign: everyCampaign, arms},
    plan: {days: holdbackDays},
  });
}

/** Applies an arm to its campaign; `undefined` when the arm shows no appeal. */
export function applyArm<T extends Overrides>(campaign: T, arm: Arm | undefined): T | undefined {
  if (arm?.enabled === false) return undefined;
  const overrides = arm?.overrides;
  if (!overrides) return campaign;
  const copies = Object.entries(overrides.copies ?? {}).map(([language, copy]): [string, Copy] => [
    language,
    {...campaign.copies?.[language], ...copy},
  ]);
  return ownProperties({
    ...campaign,
    ...overrides,
    ...(overrides.copy && {copy: {...campaign.copy, ...overrides.copy}}),
    ...(overrides.copies && {copies: {...campaign.copies, ...Object.fromEntries<Copy>(copies)}}),
    ...(overrides.cadence && {cadence: {...campaign.cadence, ...overrides.cadence}}),
  });
}
