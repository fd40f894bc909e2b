/** Declares what a session is started with, and what it hands to the parts that are fetched later. */

import type {ConsentSetting} from '../browser/consent/consent-signal.js';
import type {KnownFacts} from '../browser/facts.js';
import type {Campaign, CampaignsFile} from '../core/campaigns/campaign.js';
import type {Decision} from '../core/campaigns/decide.js';
import type {Experiment} from '../core/experiments/experiment.js';
import type {Attribution} from '../core/money/checkout.js';

/** What `start()` needs to know. */
export interface StartOptions extends KnownFacts {
  /** The campaigns file: its value, the address it is read from, or `#id` of a JSON script element. */
  readonly campaigns?: CampaignsFile | string | URL | undefined;
  /** Defines the elements, when an ask is due: `() => import('reader-support/define/all')`. */
  readonly load?: () => Promise<unknown>;
  /** Where a press goes: an address of the companion, or a checkout hook. Campaigns may say otherwise. */
  readonly checkout?: unknown;
  /** Overrides the campaigns file's `consent`. */
  readonly consent?: ConsentSetting;
  /**
   * The site's own id of the reader, if there is one. It travels with a gift and is never stored. In
   * experiments it keeps the reader in one arm on every device; ASCII, as other languages hash bytes.
   */
  readonly readerId?: string;
  /** Lets an outside system put readers into arms. 400 ms, then the control is shown and nobody is counted. */
  readonly assign?: Assign;
}

/** Gives the name of an arm, or nothing: then the reader takes no part. */
export type Assign = (
  experiment: Experiment,
  reader: {readonly id?: string},
) => string | undefined | Promise<string | undefined>;

/** One page view in which something is to be shown. */
export interface PageView {
  readonly options: StartOptions;
  readonly file: CampaignsFile;
  readonly signal: AbortSignal;
  /** Decides again: much may have happened while an appeal waited. */
  readonly judge: () => Decision;
}

/** One page view and what is to be shown in it. */
export interface Showing extends PageView {
  readonly campaign: Campaign;
}

/** What an experiment adds to what is shown. */
export interface Versioned extends Showing {
  readonly attribution?: Attribution | undefined;
  readonly arm?: string | undefined;
}
