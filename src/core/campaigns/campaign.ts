/** Describes a campaigns file. */

import type {Appearance} from './appearance.js';
import type {Audience, Schedule} from './audience.js';
import type {Cadence} from '../cadence/cadence.js';
import type {Consent} from '../consent/consent.js';
import type {Copy} from '../copy/copy-fields.js';
import type {Experiment} from '../experiments/experiment.js';
import type {CampaignProblem} from '../experiments/experiment-problems.js';
import type {CheckoutSetting} from '../money/checkout-setting.js';
import type {Offer} from '../money/offer.js';
import type {Popular} from '../money/popular.js';

export type {Copy} from '../copy/copy-fields.js';
export type {CampaignProblem} from '../experiments/experiment-problems.js';

/** Where an inline appeal stands: after the n-th paragraph of the selected element, or at its end. */
export interface CampaignPlace {
  readonly selector?: string;
  readonly paragraph?: number;
}

/** When an appeal appears: on whichever comes first. */
export interface Trigger {
  readonly seconds?: number;
  /** Percent of the page. */
  readonly scroll?: number;
  /** When the pointer leaves the window at the top. */
  readonly exit?: boolean;
}

/** One appeal with its place, audience, schedule and cadence. */
export interface Campaign extends Appearance {
  readonly id: string;
  /** Higher priorities go first. */
  readonly priority?: number;
  readonly format?: 'inline' | 'bar' | 'dialog';
  readonly place?: CampaignPlace;
  readonly trigger?: Trigger;
  readonly audience?: Audience;
  readonly schedule?: Schedule;
  readonly cadence?: Partial<Cadence>;
  readonly offer?: Offer;
  readonly currency?: string;
  /** From how many articles on the copy counts them; below, `copy.withoutCount` is shown. Default: 5. */
  readonly minArticles?: number;
  readonly copy?: Copy;
  /** Copy by the page's language. */
  readonly copies?: Readonly<Record<string, Copy>>;
  /** Says that somebody has proved the claims of the copy beside it. */
  readonly claims?: 'reviewed';
  readonly checkout?: CheckoutSetting;
}

export interface CampaignsFile {
  readonly publication?: string;
  readonly currency?: string;
  readonly checkout?: CheckoutSetting;
  /** The companion's URL. It counts events, and keeps a "not now" that browsers would delete. */
  readonly companion?: string;
  /**
   * Whether events without an action of the reader are counted without consent: `interactions` does not. Default:
   * `interactions`; `all` where the file has experiments, which must count everybody.
   */
  readonly count?: 'interactions' | 'all';
  readonly offer?: Offer;
  readonly consent?: Consent | 'tcf' | 'gpp';
  /** Selector of the site's consent dialog, where it is not modal. */
  readonly waitFor?: string;
  /** Selector of a sticky bar of the site's own, upon which a bar stands. */
  readonly stackAbove?: string;
  /** Origins the checkout may navigate to, besides Stripe's. */
  readonly origins?: readonly string[];
  /** Hosts that pictures may come from, besides the site's own. */
  readonly imageOrigins?: readonly string[];
  /** Where a supporter changes or stops a gift: https, or a path of the site. */
  readonly manage?: string;
  /** Names of the ways to pay that the Checkout shows, such as `Card` and `Apple Pay`. */
  readonly methods?: readonly string[];
  /** The amounts that most readers chose lately. The companion writes it. */
  readonly popular?: Popular;
  readonly campaigns: readonly Campaign[];
  /** Tests of campaigns' copy, offers, formats and cadences. */
  readonly experiments?: readonly Experiment[];
  /** The share of readers who are never asked, to measure what asking brings. */
  readonly holdback?: number;
}

export type ParsedCampaigns =
  | {readonly ok: true; readonly file: CampaignsFile}
  | {
      readonly ok: false;
      readonly problems: readonly CampaignProblem[];
      /** The valid part, for pages that must go on. */
      readonly file?: CampaignsFile;
    };
