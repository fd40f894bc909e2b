/** Declares the event store: what is kept of page events, and what an implementation must guarantee. */

import type {ReaderEvent, ReaderEventName} from 'reader-support/core';

/** Events that are counted together or not at all, with the key by which a repeat is recognized. */
export interface EventGroup {
  readonly key: string;
  readonly events: readonly ReaderEvent[];
}

/** How often one kind of event happened on one day. Fields that the event left out are `''`. */
export interface EventSum {
  /** In UTC: `2026-11-23`. */
  readonly day: string;
  readonly name: ReaderEventName;
  readonly campaign: string;
  readonly experiment: string;
  readonly arm: string;
  readonly placement: string;
  readonly count: number;
}

/** One reader in one arm, under an id that only a gift can refer to. */
export interface Exposure {
  readonly id: string;
  readonly experiment: string;
  readonly arm: string;
  /** In UTC: `2026-11-23`. */
  readonly day: string;
}

/** How long each kind of row is kept, in days. */
export interface EventRetention {
  /** The keys by which repeats are recognized. */
  readonly keys: number;
  readonly exposures: number;
  readonly sums: number;
}

/** Repeats arrive within seconds, late gifts within weeks, and newsrooms compare a year with the last one. */
export const eventRetention: EventRetention = {keys: 2, exposures: 90, sums: 800};

/** The part of the companion's store that counts events. Every method may reject. */
export interface EventStore {
  /** Counts the groups whose keys are new, on the day of `now` (epoch ms). Resolves with those keys. */
  add(groups: readonly EventGroup[], now: number): Promise<ReadonlySet<string>>;
  /** Resolves with the sums of the days from `since` to `until`, both included, in order of day. */
  sums(since: string, until: string): Promise<readonly EventSum[]>;
  /** Resolves with the exposures of one experiment, in order of id. */
  exposures(experiment: string): Promise<readonly Exposure[]>;
}

/** Returns the UTC day of a time in epoch ms. */
export function utcDayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Adds groups up to exposures and sums. Pure. */
export function eventCountsOf(
  groups: readonly EventGroup[],
  day: string,
): {readonly sums: EventSum[]; readonly exposures: Exposure[]} {
  const sums = new Map<string, EventSum>();
  const exposures = new Map<string, Exposure>();
  for (const {events} of groups) {
    for (const event of events) {
      const {name, campaign = '', experiment = '', arm = '', placement = '', count = 1} = event;
      const {exposure: id} = event;
      // Names contain no control characters, so no two keys can collide.
      const key = [name, campaign, experiment, arm, placement].join('\n');
      const previous = sums.get(key)?.count ?? 0;
      sums.set(key, {day, name, campaign, experiment, arm, placement, count: previous + count});
      if (name === 'exposure' && id && !exposures.has(id))
        exposures.set(id, {id, experiment, arm, day});
    }
  }
  // Sorted, so that processes that add the same rows at once cannot deadlock.
  const inOrder = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    sums: inOrder.map(([, sum]) => sum),
    exposures: [...exposures.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
