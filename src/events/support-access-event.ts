import type {AccessVerdict} from '../core/meter/access.js';
import {SupportEvent} from './support-event.js';

/** What a paywall does with its article has changed, and why. */
export class SupportAccessEvent extends SupportEvent {
  readonly verdict: Partial<AccessVerdict>;
  constructor(verdict: Partial<AccessVerdict>) {
    super('support-access');
    this.verdict = verdict;
  }
}
