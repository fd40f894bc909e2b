/** Apart from the other events, because the loader dispatches no other. */

import type {Decision} from './core/decide.js';
import {SupportEvent} from './support-event.js';

/** Nothing was shown, and why. Dispatched on the document. */
export class SupportSkippedEvent extends SupportEvent {
  readonly because: string;
  readonly until: number;
  readonly trace: Decision['trace'];
  constructor({because, until, trace}: Decision & {readonly ask: false}) {
    super('support-skipped');
    this.because = because;
    this.until = until;
    this.trace = trace;
  }
}
