/** Holds the default cadence, for campaigns that set none. */

import {viewCadence, type Cadence} from './cadence.js';

/** Durations are days unless the name says otherwise. */
export const defaultCadence: Cadence = {
  ...viewCadence(undefined),
  laterDays: [3, 14, 60],
  closeDays: 14,
  closeDaysMax: 120,
  alreadySupportingDays: 28,
  notThisCampaignDays: 365,
  supportedOnceDays: 90,
  supportedRecurringDays: 365,
  dayStartsAtHour: 4,
};
