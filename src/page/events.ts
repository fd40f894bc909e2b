/** The entry `reader-support/events`: counts what happens on a page. Apart from `start()`, which most pages need alone. */

export {
  toGa4,
  toPlausible,
  toSegment,
  toSnowplow,
  type ExportedEvent,
} from '../browser/analytics/exporters.js';
export {trackEvents, type TrackEventsOptions} from './track-events.js';
