/** Gathers what others need of events: the one door by which other rooms come in. */

export {type EventStore, type EventSum, type Exposure, dayOf, tallyOf} from './event-store.js';
export type {EventOptions} from './events.js';
export type {ExperimentBooks} from './experiment-data.js';
export type {ReportOptions} from './report-route.js';
