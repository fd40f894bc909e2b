/** Tells that a reader has given. */

import type {Money} from '../core/money/money.js';
import type {Frequency} from '../core/money/offer.js';
import {SupportEvent} from './support-event.js';

/** The reader came back from a payment. A hint for the page, never a proof: the proof is the webhook. */
export class SupportSupportedEvent extends SupportEvent {
  readonly frequency: Frequency | undefined;
  readonly amount: Money | undefined;
  constructor(frequency?: Frequency, amount?: Money) {
    super('support-supported');
    this.frequency = frequency;
    this.amount = amount;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'support-supported': SupportSupportedEvent;
  }
}
