/** Exports every event. Present-tense events can be cancelled; all events bubble and cross shadow roots. */

export {SupportAccessEvent} from './support-access-event.js';
export {
  SupportCloseEvent,
  SupportClosedEvent,
  SupportRemindEvent,
  SupportRemindedEvent,
  SupportSeenEvent,
  SupportShowEvent,
  SupportShownEvent,
} from './support-appeal-events.js';
export {
  SupportCheckoutEvent,
  SupportCheckoutFailedEvent,
  SupportChooseEvent,
} from './support-checkout-events.js';
export {SupportExposedEvent} from './support-exposed-event.js';
export {SupportSkippedEvent} from './support-skipped-event.js';
export {SupportSupportedEvent} from './support-supported-event.js';
