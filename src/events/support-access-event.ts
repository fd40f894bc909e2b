import type {AccessVerdict} from '../core/meter/access.js';
import {SupportEvent} from './support-event.js';

/** The access state of a paywall's article changed, with the reason. */
export class SupportAccessEvent extends SupportEvent {
  readonly verdict: Partial<AccessVerdict>;
  constructor(verdict: Partial<AccessVerdict>) {
    super('support-access');
    this.verdict = verdict;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'support-access': SupportAccessEvent;
  }
}
