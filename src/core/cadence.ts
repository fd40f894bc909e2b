/** May this reader be asked again, and if not, why and until when? */

import type {ReaderState} from './reader-state.js';

export type CloseReason =
  'later' | 'close' | 'already-supporting' | 'not-this-campaign' | 'supported' | 'timeout';

/** When a reader may ask to be reminded. */
export type RemindChoice =
  'tomorrow' | 'next-week' | 'next-month' | 'in-3-months' | 'after-10-more-articles';

/** How often one reader may be asked. Durations are days unless the name says otherwise. */
export interface Cadence {
  /** Views within the window, of all campaigns together. */
  readonly maxViews: number;
  readonly windowDays: number;
  /** Between two views of one campaign. */
  readonly gapHours: number;
  /** Between views of different campaigns. */
  readonly otherGapHours: number;
  /** After the first "later", the second, and every further one. */
  readonly later: readonly number[];
  /** After ✕; doubles each time. */
  readonly close: number;
  readonly closeMost: number;
  readonly alreadySupporting: number;
  /** When the campaign has no end of its own. */
  readonly notThisCampaign: number;
  readonly supportedOnce: number;
  readonly supportedRecurring: number;
  /** Hour of the day at which a reader's day begins. */
  readonly dayStartsAt: number;
}

export const defaultCadence: Cadence = {
  maxViews: 4,
  windowDays: 30,
  gapHours: 24,
  otherGapHours: 1,
  later: [3, 14, 60],
  close: 14,
  closeMost: 120,
  alreadySupporting: 28,
  notThisCampaign: 365,
  supportedOnce: 90,
  supportedRecurring: 365,
  dayStartsAt: 4,
};

/** Why nothing is asked. */
export type Because =
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
  | 'no-campaign';

/** A refusal always says why and until when, so that it can be logged, explained and tested. */
export type Verdict =
  | {readonly ask: true}
  | {
      readonly ask: false;
      readonly because: Because;
      /** Epoch ms; Infinity when only other facts, not time, can end it. */
      readonly until: number;
    };

const hour = 3_600_000;
const day = 24 * hour;

const reasons: Readonly<Record<CloseReason, Because>> = {
  later: 'snoozed',
  close: 'closed',
  timeout: 'closed',
  'already-supporting': 'already-supporting',
  'not-this-campaign': 'not-this-campaign',
  supported: 'supporter',
};

/** When the quiet after a close ends, seen from now: a clock set back loses no snooze and prolongs none. */
function endOf({at, until}: {readonly at: number; readonly until: number}, now: number): number {
  return at > now + hour ? now + Math.max(until - at, 0) : until;
}

/** Decides whether a reader may be asked again. Pure: the caller passes the time. */
export function mayAsk(
  cadence: Cadence,
  campaign: string,
  state: ReaderState,
  now: number,
): Verdict {
  let verdict: Verdict = {ask: true};
  // Of several reasons the one that lasts longest is told, so that `until` is true.
  const refuse = (because: Because, until: number) => {
    if (until > now && (verdict.ask || until > verdict.until))
      verdict = {ask: false, because, until};
  };
  const {supported, closes} = state;
  if (supported) refuse('supporter', endOf(supported, now));

  for (const close of closes) {
    const {reason, articles, read = [], undone} = close;
    if (undone || (reason === 'not-this-campaign' && close.campaign !== campaign)) continue;
    if (articles !== undefined && read.length >= articles) continue;
    const because =
      articles === undefined ? (reasons[reason] as Because | undefined) : 'articles-to-go';
    refuse(because ?? 'closed', endOf(close, now));
  }

  // A view stamped by a clock that ran ahead counts as one of now.
  const views = state.views.map(view => ({...view, at: Math.min(view.at, now)}));
  const inWindow = views.filter(({at}) => at > now - cadence.windowDays * day);
  const oldest = inWindow.at(-cadence.maxViews);
  if (cadence.maxViews === 0) refuse('seen-enough', Infinity);
  else if (oldest) refuse('seen-enough', oldest.at + cadence.windowDays * day);
  for (const view of views) {
    if (view.campaign === campaign) refuse('seen-recently', view.at + cadence.gapHours * hour);
    else refuse('asked-recently', view.at + cadence.otherGapHours * hour);
  }
  return verdict;
}
