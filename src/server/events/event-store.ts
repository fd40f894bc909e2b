/** What is kept of what happened on the pages, and what must whoever keeps it promise? */

import type {ReaderEvent, ReaderEventName} from '../../core/experiments/reader-event.js';

/** Events that count together or not at all, under the name by which they are known again. */
export interface EventGroup {
  readonly key: string;
  readonly events: readonly ReaderEvent[];
}

/** How often one thing happened on one day. What an event did not name is `''`. */
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

/** One reader in one arm, by an id that only a gift may name again. */
export interface Exposure {
  readonly id: string;
  readonly experiment: string;
  readonly arm: string;
  /** In UTC: `2026-11-23`. */
  readonly day: string;
}

/** How long each thing is kept, in days. */
export interface EventRetention {
  /** The keys by which repeats are known. */
  readonly keys: number;
  readonly exposures: number;
  readonly sums: number;
}

/** Repeats come within seconds; a late gift within weeks; a year is compared with the one before. */
export const eventRetention: EventRetention = {keys: 2, exposures: 90, sums: 800};

/** The part of the companion's memory that counts events. Every method may reject. */
export interface EventStore {
  /** Counts the groups whose keys are new, on the day of `now` (epoch ms). Answers those keys. */
  add(groups: readonly EventGroup[], now: number): Promise<ReadonlySet<string>>;
  /** The sums of the days from `since` up to and including `until`, in order of day. */
  sums(since: string, until: string): Promise<readonly EventSum[]>;
  /** The exposures of one experiment, in order of id. */
  exposures(experiment: string): Promise<readonly Exposure[]>;
}

/** The day of a time, in UTC. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** The exposures and sums that groups amount to. Pure. */
export function tallyOf(
  groups: readonly EventGroup[],
  day: string,
): {readonly sums: EventSum[]; readonly exposures: Exposure[]} {
  const sums = new Map<string, EventSum>();
  const exposures = new Map<string, Exposure>();
  for (const {events} of groups) {
    for (const event of events) {
      const {name, campaign = '', experiment = '', arm = '', placement = '', count = 1} = event;
      const {exposure: id} = event;
      // Names hold no control character, so this cannot run two of them together.
      const key = [name, campaign, experiment, arm, placement].join('\n');
      const known = sums.get(key)?.count ?? 0;
      sums.set(key, {day, name, campaign, experiment, arm, placement, count: known + count});
      if (name === 'exposure' && id && !exposures.has(id))
        exposures.set(id, {id, experiment, arm, day});
    }
  }
  // In one order, so that copies which add the same rows at once wait for, and not on, each other.
  const inOrder = [...sums].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    sums: inOrder.map(([, sum]) => sum),
    exposures: [...exposures.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}
