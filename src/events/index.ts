/** Exports every event. Present-tense events can be cancelled; all events bubble and cross shadow roots. */

import type {CloseReason, RemindChoice} from '../core/cadence/cadence.js';
import type {CheckoutErrorCode, CheckoutIntent, CheckoutOutcome} from '../core/money/checkout.js';
import type {Money} from '../core/money/money.js';
import type {Frequency} from '../core/money/offer.js';
import type {
  SupportCloseEvent,
  SupportSeenEvent,
  SupportShowEvent,
  SupportShownEvent,
} from './support-appeal-events.js';
import {SupportEvent} from './support-event.js';
import type {SupportAccessEvent} from './support-access-event.js';
import type {SupportExposedEvent} from './support-exposed-event.js';
import type {SupportSkippedEvent} from './support-skipped-event.js';

export {
  SupportCloseEvent,
  SupportSeenEvent,
  SupportShowEvent,
  SupportShownEvent,
} from './support-appeal-events.js';
export {SupportAccessEvent} from './support-access-event.js';
export {SupportExposedEvent} from './support-exposed-event.js';
export {SupportSkippedEvent} from './support-skipped-event.js';

/** The reader chose a frequency or an amount; `amount` is absent while the typed text is not an amount. */
export class SupportChooseEvent extends SupportEvent {
  readonly frequency: Frequency;
  readonly amount: Money | undefined;
  constructor(frequency: Frequency, amount: Money | undefined) {
    super('support-choose');
    this.frequency = frequency;
    this.amount = amount;
  }
}

/**
 * The reader pressed the button. A listener responds with `respondWith()`, or takes over with
 * `preventDefault()`; otherwise the configured hook is called.
 */
export class SupportCheckoutEvent extends SupportEvent {
  readonly intent: CheckoutIntent;
  /** Aborted when the attempt ends: time-out, close, or the element's removal. */
  readonly signal: AbortSignal;
  /** The response of a listener, if there was one. */
  response: Promise<CheckoutOutcome> | undefined;
  constructor(intent: CheckoutIntent, signal: AbortSignal) {
    super('support-checkout', true);
    this.intent = intent;
    this.signal = signal;
    this.response = undefined;
  }

  /** Responds to the press. The first response counts. */
  respondWith(outcome: CheckoutOutcome | Promise<CheckoutOutcome>): void {
    this.response ??= Promise.resolve(outcome);
    this.preventDefault();
    this.stopImmediatePropagation();
  }
}

/** A checkout failed, and the reader has seen a message. */
export class SupportCheckoutFailedEvent extends SupportEvent {
  readonly code: CheckoutErrorCode;
  readonly intent: CheckoutIntent | undefined;
  constructor(code: CheckoutErrorCode, intent?: CheckoutIntent) {
    super('support-checkout-failed');
    this.code = code;
    this.intent = intent;
  }
}

/** The reader came back from a payment. A hint for the page: only the webhook is proof. */
export class SupportSupportedEvent extends SupportEvent {
  readonly frequency: Frequency | undefined;
  readonly amount: Money | undefined;
  constructor(frequency?: Frequency, amount?: Money) {
    super('support-supported');
    this.frequency = frequency;
    this.amount = amount;
  }
}

/** An appeal was closed; nothing asks again before `until` (epoch ms). */
export class SupportClosedEvent extends SupportEvent {
  readonly campaign: string;
  readonly reason: CloseReason;
  readonly until: number;
  constructor(campaign: string, reason: CloseReason, until: number) {
    super('support-closed');
    this.campaign = campaign;
    this.reason = reason;
    this.until = until;
  }
}

/** The reader picks when to be reminded. Cancelable. */
export class SupportRemindEvent extends SupportEvent {
  readonly campaign: string;
  readonly choice: RemindChoice;
  constructor(campaign: string, choice: RemindChoice) {
    super('support-remind', true);
    this.campaign = campaign;
    this.choice = choice;
  }
}

/** A reminder was set; `until` is epoch ms. A reminder counted in articles also ends then. */
export class SupportRemindedEvent extends SupportEvent {
  readonly campaign: string;
  readonly choice: RemindChoice;
  readonly until: number;
  constructor(campaign: string, choice: RemindChoice, until: number) {
    super('support-reminded');
    this.campaign = campaign;
    this.choice = choice;
    this.until = until;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'support-access': SupportAccessEvent;
    'support-show': SupportShowEvent;
    'support-shown': SupportShownEvent;
    'support-seen': SupportSeenEvent;
    'support-choose': SupportChooseEvent;
    'support-checkout': SupportCheckoutEvent;
    'support-checkout-failed': SupportCheckoutFailedEvent;
    'support-supported': SupportSupportedEvent;
    'support-close': SupportCloseEvent;
    'support-closed': SupportClosedEvent;
    'support-remind': SupportRemindEvent;
    'support-reminded': SupportRemindedEvent;
    'support-skipped': SupportSkippedEvent;
    'support-exposed': SupportExposedEvent;
  }
}
