/** Tells what a reader does in the form, and what becomes of a press. */

import type {CheckoutErrorCode, CheckoutIntent, CheckoutOutcome} from '../core/money/checkout.js';
import type {Money} from '../core/money/money.js';
import type {Frequency} from '../core/money/offer.js';
import {SupportEvent} from './support-event.js';

/** The reader chose a frequency or an amount; `amount` is absent while what was typed is no amount. */
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
 * The reader pressed the button. A listener answers it with `respondWith()`, or takes over with
 * `preventDefault()`; otherwise the configured hook is called.
 */
export class SupportCheckoutEvent extends SupportEvent {
  readonly intent: CheckoutIntent;
  /** Aborted when the attempt ends: time-out, close, or the element's removal. */
  readonly signal: AbortSignal;
  /** What a listener answered, if one did. */
  response: Promise<CheckoutOutcome> | undefined;
  constructor(intent: CheckoutIntent, signal: AbortSignal) {
    super('support-checkout', true);
    this.intent = intent;
    this.signal = signal;
    this.response = undefined;
  }

  /** Answers the press. The first answer counts. */
  respondWith(outcome: CheckoutOutcome | Promise<CheckoutOutcome>): void {
    this.response ??= Promise.resolve(outcome);
    this.preventDefault();
    this.stopImmediatePropagation();
  }
}

/** A checkout ended in an error; the reader has been told in words. */
export class SupportCheckoutFailedEvent extends SupportEvent {
  readonly code: CheckoutErrorCode;
  readonly intent: CheckoutIntent | undefined;
  constructor(code: CheckoutErrorCode, intent?: CheckoutIntent) {
    super('support-checkout-failed');
    this.code = code;
    this.intent = intent;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'support-choose': SupportChooseEvent;
    'support-checkout': SupportCheckoutEvent;
    'support-checkout-failed': SupportCheckoutFailedEvent;
  }
}
