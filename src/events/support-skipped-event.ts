/** Declares the event for a page view without an appeal, separate because the loader dispatches no other. */

import type {Decision} from '../core/campaigns/decide.js';
import {SupportEvent} from './support-event.js';

/** No appeal was shown, with the reason. Dispatched on the document. */
export class SupportSkippedEvent extends SupportEvent {
  declare readonly reason: string;
  declare readonly until: number;
  declare readonly trace: Decision['trace'];
  constructor({reason, until, trace}: Decision & {readonly ask: false}) {
    super('support-skipped');
    Object.assign(this, {reason, until, trace});
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'support-skipped': SupportSkippedEvent;
  }
}
