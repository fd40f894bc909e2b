/** Provides an in-memory event store for tests and demos. */

import {
  utcDayOf,
  type EventStore,
  type EventSum,
  type Exposure,
  eventCountsOf,
} from '../events/index.js';

/** Creates an empty event store. It fits the companion's `Store.events`. */
export function memoryEvents(): EventStore {
  const keys = new Map<string, string>();
  const sums = new Map<string, EventSum>();
  const exposures = new Map<string, Exposure>();

  // Async like every other store.
  /* eslint-disable @typescript-eslint/require-await */
  return {
    async add(groups, now) {
      const today = utcDayOf(now);
      const known = new Map(groups.filter(({key}) => !keys.has(key)).map(one => [one.key, one]));
      for (const key of known.keys()) keys.set(key, today);
      const tally = eventCountsOf([...known.values()], today);
      for (const sum of tally.sums) {
        const {count: more, ...names} = sum;
        const key = Object.values(names).join('\n');
        const count = (sums.get(key)?.count ?? 0) + more;
        sums.set(key, {...names, count});
      }
      for (const one of tally.exposures) if (!exposures.has(one.id)) exposures.set(one.id, one);
      return new Set(known.keys());
    },
    async sums(since, until) {
      return [...sums.values()]
        .filter(one => one.day >= since && one.day <= until)
        .sort((a, b) => (a.day < b.day ? -1 : 1));
    },
    async exposures(experiment) {
      return [...exposures.values()]
        .filter(one => one.experiment === experiment)
        .sort((a, b) => (a.id < b.id ? -1 : 1));
    },
  };
  /* eslint-enable @typescript-eslint/require-await */
}
