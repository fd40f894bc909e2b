/** Declares the exposure event, separate because it loads with experiments, which few pages have. */

import {SupportEvent} from './support-event.js';

/** The reader was assigned to an arm and is counted there once. Dispatched on the document. */
export class SupportExposedEvent extends SupportEvent {
  readonly campaign: string;
  /** `autumn-appeal@1`: the experiment and its version. */
  readonly experiment: string;
  readonly arm: string;
  /** The exposure id that a gift refers to; absent without consent. */
  readonly exposure: string | undefined;
  /** Who assigned the reader: a random draw, the reader id or the site's hook. */
  readonly by: 'draw' | 'reader' | 'hook';
  constructor(
    campaign: string,
    experiment: string,
    arm: string,
    exposure: string | undefined,
    by: 'draw' | 'reader' | 'hook',
  ) {
    super('support-exposed');
    this.campaign = campaign;
    this.experiment = experiment;
    this.arm = arm;
    this.exposure = exposure;
    this.by = by;
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'support-exposed': SupportExposedEvent;
  }
}
