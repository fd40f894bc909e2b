/** Tells what becomes of an appeal: shown, seen, closed, postponed. */

import type {CloseReason, RemindChoice} from '../core/cadence/cadence.js';
import {SupportEvent} from './support-event.js';

/** An appeal is about to become visible. Cancelable. */
export class SupportShowEvent extends SupportEvent {
  readonly campaign: string;
  constructor(campaign: string) {
    super('support-show', true);
    this.campaign = campaign;
  }
}

/** An appeal became visible. */
export class SupportShownEvent extends SupportEvent {
  readonly campaign: string;
  constructor(campaign: string) {
    super('support-shown');
    this.campaign = campaign;
  }
}

/** At least 40 % of an appeal was in view for a second: it counts as seen. */
export class SupportSeenEvent extends SupportEvent {
  readonly campaign: string;
  constructor(campaign: string) {
    super('support-seen');
    this.campaign = campaign;
  }
}

/** The reader is closing an appeal. Cancelable. */
export class SupportCloseEvent extends SupportEvent {
  readonly campaign: string;
  readonly reason: CloseReason;
  constructor(campaign: string, reason: CloseReason) {
    super('support-close', true);
    this.campaign = campaign;
    this.reason = reason;
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

/** A reminder was set; `until` is epoch ms. One that is counted in articles ends then all the same. */
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
    'support-show': SupportShowEvent;
    'support-shown': SupportShownEvent;
    'support-seen': SupportSeenEvent;
    'support-close': SupportCloseEvent;
    'support-closed': SupportClosedEvent;
    'support-remind': SupportRemindEvent;
    'support-reminded': SupportRemindedEvent;
  }
}
