/** Holds the default cadence, for campaigns that set none. */

import {viewCadence, type Cadence} from './cadence.js';

/** Durations are days unless the name says otherwise. */
export const defaultCadence: Cadence = {
  ...viewCadence,
  later: [3, 14, 60],
  close: 14,
  closeMost: 120,
  alreadySupporting: 28,
  notThisCampaign: 365,
  supportedOnce: 90,
  supportedRecurring: 365,
  dayStartsAt: 4,
};
