/** Every rule, for servers and tests. Pure: no clock, no storage, no DOM. */

export * from './audience.js';
export * from './cadence.js';
export * from './calendar.js';
export * from './campaign.js';
export {campaignsSchema} from './campaign-schema.js';
export * from './checkout.js';
export * from './consent.js';
export * from './copy.js';
export * from './decide.js';
export * from './forecast.js';
export * from './gift.js';
export * from './moment.js';
export * from './money.js';
export * from './offer.js';
export * from './quiet.js';
export * from './reader-record.js';
export * from './reader-state.js';
