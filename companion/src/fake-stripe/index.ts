/** Exports fakes for tests and demos: Stripe, and a companion's store. */

export {memoryEvents} from './memory-events.js';
export {memoryStore, type MemoryStore} from './memory-store.js';
export type {RecordedRequest} from './stripe-api.js';
export type {PlanChange} from './stripe-changes.js';
export {stripeFake, type StripeFake, type StripeFakeOptions} from './stripe-fake.js';
export type {Fault} from './stripe-faults.js';
export {stripeJsStub} from './stripe-js-stub.js';
export {signWebhook, type Delivery, type FakeEvent, type FakeWebhooks} from './stripe-webhooks.js';
