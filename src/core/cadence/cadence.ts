/** Decides whether a reader may be asked again and, if not, why and until when. */

import {ownProperties} from '../own-properties.js';
import type {CloseReason, ReaderState} from './reader-state.js';

export type {CloseReason, RemindChoice} from './reader-state.js';

/** How often one reader may see an appeal. */
export interface ViewCadence {
  /** The most views within the window, of all campaigns together. */
  readonly maxViews: number;
  readonly windowDays: number;
  /** Hours between two views of one campaign. */
  readonly hoursBetweenViews: number;
  /** Hours between views of different campaigns. */
  readonly hoursBetweenCampaigns: number;
}

/** How often one reader may be asked. Durations are days unless the name says otherwise. */
export interface Cadence extends ViewCadence {
  /** Days after the first "later", the second, and every further one. */
  readonly laterDays: readonly number[];
  /** Days after ✕; doubles each time. */
  readonly closeDays: number;
  readonly closeDaysMax: number;
  readonly alreadySupportingDays: number;
  /** Days after "not this one", where the campaign has no end. */
  readonly notThisCampaignDays: number;
  readonly supportedOnceDays: number;
  readonly supportedRecurringDays: number;
  /** The hour at which a reader's day begins. */
  readonly dayStartsAtHour: number;
}

/**
 * Returns the caps on views that are given, over the defaults. Separate from the other defaults, because
 * every page view needs them. The words of 0.1.0, `gapHours` and `otherGapHours`, are honoured until 1.0.
 */
export function viewCadence(given: Partial<ViewCadence> | undefined): ViewCadence {
  const old: {gapHours?: number; otherGapHours?: number} = ownProperties({...(given as object)});
  const {gapHours = 24, otherGapHours = 1} = old;
  return {
    maxViews: 4,
    windowDays: 30,
    hoursBetweenViews: gapHours,
    hoursBetweenCampaigns: otherGapHours,
    ...given,
  };
}

/** Why the reader is not asked. */
export type SkipReason =
  | 'snoozed'
  | 'articles-to-go'
  | 'closed'
  | 'already-supporting'
  | 'not-this-campaign'
  | 'supporter'
  | 'seen-enough'
  | 'seen-recently'
  | 'asked-recently'
  | 'supporter-pending'
  | 'sensitive-page'
  | 'asked-on-this-page'
  | 'not-started'
  | 'ended'
  | 'audience'
  | 'no-place'
  | 'nothing-to-sell'
  | 'held-back'
  | 'no-campaign'
  | 'broken'
  /** The reader may be asked, but not yet, or nothing came of it. */
  | 'waiting-for-trigger'
  | 'waiting-for-dialog'
  | 'waiting-for-paywall'
  | 'waiting-for-turn'
  | 'no-turn';

/** The verdict. A refusal always has a reason and an end, so that it can be logged, explained and tested. */
export type CadenceVerdict =
  | {readonly ask: true; readonly reason?: undefined; readonly until?: undefined}
  | {
      readonly ask: false;
      readonly reason: SkipReason;
      /** Epoch ms; Infinity when time alone cannot end it. */
      readonly until: number;
    };

const hour = 3_600_000;
const day = 24 * hour;

/** What a close other than by ✕ is called. */
const reasons: Readonly<Partial<Record<CloseReason, SkipReason>>> = {
  later: 'snoozed',
  'already-supporting': 'already-supporting',
  'not-this-campaign': 'not-this-campaign',
  supported: 'supporter',
};

/** The longest snooze, whatever a record says. */
const longest = 400 * day;

interface Stamp {
  readonly at: number;
  readonly from?: number;
}

/**
 * Returns when something happened. A future stamp was made by a clock that has been set back since: it
 * counts from when that was noticed, so that it is neither lost nor lasts until then.
 */
function timeOf({at, from = at}: Stamp, now: number): number {
  return at > now + hour ? Math.min(from, now) : at;
}

/** Returns when the snooze after a close or a gift ends. */
export function endOfSnooze(snooze: Stamp & {readonly until: number}, now: number): number {
  return timeOf(snooze, now) + Math.min(Math.max(snooze.until - snooze.at, 0), longest);
}

/** Decides whether a reader may be asked again. Pure: the caller passes the time. */
export function mayAsk(
  cadence: ViewCadence,
  campaign: string,
  state: ReaderState,
  now: number,
): CadenceVerdict {
  let verdict: CadenceVerdict = {ask: true};
  // Of several reasons the one that lasts longest is returned, so that `until` is correct.
  const refuse = (refusal: SkipReason, until: number) => {
    if (until > now && (verdict.ask || until > verdict.until))
      verdict = {ask: false, reason: refusal, until};
  };
  const {supported, closes} = state;
  if (supported) refuse('supporter', endOfSnooze(supported, now));

  for (const close of closes) {
    const {reason, articles, read = [], undone} = close;
    if (undone || (reason === 'not-this-campaign' && close.campaign !== campaign)) continue;
    if (articles !== undefined && read.length >= articles) continue;
    // A reason that only a later version knows still counts.
    const refusal = (Object.hasOwn(reasons, reason) && reasons[reason]) || 'closed';
    refuse(articles === undefined ? refusal : 'articles-to-go', endOfSnooze(close, now));
  }

  const {maxViews, windowDays, hoursBetweenViews, hoursBetweenCampaigns} = cadence;
  const starts: number[] = [];
  for (const view of state.views) {
    const at = timeOf(view, now);
    starts.push(at);
    if (view.campaign === campaign) refuse('seen-recently', at + hoursBetweenViews * hour);
    else refuse('asked-recently', at + hoursBetweenCampaigns * hour);
  }
  // The view that must leave the window before another is allowed.
  const last = maxViews > 0 ? starts.sort((a, b) => b - a)[maxViews - 1] : Infinity;
  if (last !== undefined) refuse('seen-enough', last + windowDays * day);
  return verdict;
}
