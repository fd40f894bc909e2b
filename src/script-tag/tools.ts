/** What the script tag loads when a page calls for it: counting, names for analytics tools, and reports. */

import {page} from '../browser/page.js';
import {beginTracking, type TrackEventsOptions} from '../page/track-events.js';

export {storageReport} from '../browser/storage/storage-report.js';
export {forecast} from '../core/campaigns/forecast.js';
export {toGa4, toPlausible, toSegment, toSnowplow} from '../page/events.js';

/** As npm's, but also counts what the interface has kept since the page called for it. */
export function trackEvents(options: TrackEventsOptions): () => void {
  const shared = page();
  const {early} = shared;
  // Other calls that wait for this file come in the same task.
  setTimeout(() => delete shared.early);
  return beginTracking(options, early);
}
