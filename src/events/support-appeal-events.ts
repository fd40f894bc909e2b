/** Declares the events that an appeal dispatches before the reader acts, separate to keep the loader small. */

import type {CloseReason} from '../core/cadence/cadence.js';
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
