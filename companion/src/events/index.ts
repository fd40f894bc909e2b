/** Gathers what others need of events: the one door by which other rooms come in. */

export {
  type EventStore,
  type EventSum,
  type Exposure,
  utcDayOf,
  eventCountsOf,
} from './event-store.js';
export type {EventOptions} from './events.js';
export type {ExperimentData} from './experiment-data.js';
export type {LookStore} from './look-store.js';
export type {NoticeStore} from './notice-store.js';
export type {ReportOptions} from './report-route.js';
