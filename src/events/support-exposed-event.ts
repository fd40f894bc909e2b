/** Apart from the other events, because it comes with the code of experiments, which few pages load. */

import {SupportEvent} from './support-event.js';

/** The reader was put into an arm and is counted there, once. Dispatched on the document. */
export class SupportExposedEvent extends SupportEvent {
  readonly campaign: string;
  /** `autumn-appeal@1`: the experiment and its version. */
  readonly experiment: string;
  readonly arm: string;
  /** What a gift will name; absent without consent. */
  readonly exposure: string | undefined;
  /** Who put the reader there. */
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
