/** Campaigns that were written for 0.1.0, as the pages of these tests have them. */

import {setup} from './subject-companion.js';

export const campaigns: object = {
  publication: 'The Harbour Post',
  currency: 'USD',
  checkout: '/companion/checkout',
  companion: '/companion',
  consent: 'full',
  count: 'all',
  offer: setup.offer,
  campaigns: [
    {
      id: 'winter',
      format: 'inline',
      place: {selector: 'main', paragraph: 2},
      cadence: {later: [5, 11], close: 20, gapHours: 36, maxViews: 20},
      copy: {heading: 'As it is', body: ['Read on.']},
    },
  ],
};

/** The same with an experiment. */
export const experimental: object = {
  ...campaigns,
  experiments: [
    {
      id: 'hero',
      version: 1,
      campaign: 'winter',
      arms: {
        control: {weight: 0.25},
        short: {weight: 0.25, set: {copy: {heading: 'Short'}, cadence: {gapHours: 2}}},
        long: {weight: 0.25, set: {copy: {heading: 'A longer heading'}}},
        nothing: {weight: 0.25, show: false},
      },
    },
  ],
  holdback: 0.1,
};
