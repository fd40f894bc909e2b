/** How often may one reader be asked, and how long is the quiet after each kind of close? */

import type {Frequency} from './offer.js';
import type {Close, ReaderState} from './reader-state.js';

export type CloseReason =
  'later' | 'close' | 'already-supporting' | 'not-this-campaign' | 'supported' | 'timeout';

/** When a reader may ask to be reminded. */
export type RemindChoice =
  'tomorrow' | 'next-week' | 'next-month' | 'in-3-months' | 'after-10-more-articles';

export const remindChoices: readonly RemindChoice[] = [
  'tomorrow',
  'next-week',
  'next-month',
  'in-3-months',
  'after-10-more-articles',
];

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

/** The hour at which the reader's day begins, so many days after the day it is now. */
function morningAfter(days: number, dayStartsAt: number, now: number, minutesEast: number): number {
  const offset = minutesEast * 60_000 - dayStartsAt * hour;
  return (Math.floor((now + offset) / day) + days) * day - offset;
}

/** So many days ahead as there are in the coming months, by the calendar. */
function daysOfMonths(months: number, now: number, minutesEast: number): number {
  const here = new Date(now + minutesEast * 60_000);
  const [year, month, date] = [here.getUTCFullYear(), here.getUTCMonth(), here.getUTCDate()];
  // The 31st of a shorter month is its last day.
  const last = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  const then = Date.UTC(year, month + months, Math.min(date, last));
  return Math.round((then - Date.UTC(year, month, date)) / day);
}

/** What a reader did to close an ask. */
export interface Closing {
  readonly campaign: string;
  readonly reason: CloseReason;
  /** What was picked after "later". */
  readonly choice?: RemindChoice;
  /** ISO date or date-time. */
  readonly campaignEnds?: string;
  /** What was given, when it was. */
  readonly frequency?: Frequency;
}

/** When the quiet after a close ends; with `articles`, also when so many more were read. */
export function quietAfter(
  cadence: Cadence,
  state: ReaderState,
  closing: Closing,
  now: number,
  minutesEast: number,
): {readonly until: number; readonly articles?: number} {
  const {reason, choice, campaignEnds, frequency} = closing;
  const {dayStartsAt} = cadence;
  const before = state.closes.filter(one => one.reason === reason && !one.undone).length;
  const inDays = (days: number) => ({until: now + days * day});
  switch (reason) {
    case 'later':
      switch (choice) {
        case 'after-10-more-articles':
          // Someone who reads seldom is asked again one day all the same.
          return {...inDays(180), articles: 10};
        case 'tomorrow': {
          const until = morningAfter(1, dayStartsAt, now, minutesEast);
          // At three in the morning "tomorrow" is not an hour away.
          return {until: until - now < 6 * hour ? until + day : until};
        }
        case 'next-week':
          return {until: morningAfter(7, dayStartsAt, now, minutesEast)};
        case 'next-month':
        case 'in-3-months': {
          const days = daysOfMonths(
            choice === 'next-month' ? 1 : 3,
            now - dayStartsAt * hour,
            minutesEast,
          );
          return {until: morningAfter(days, dayStartsAt, now, minutesEast)};
        }
        default:
          return inDays(cadence.later[Math.min(before, cadence.later.length - 1)] ?? 3);
      }
    case 'already-supporting':
      return inDays(cadence.alreadySupporting);
    case 'supported':
      return inDays(frequency === 'once' ? cadence.supportedOnce : cadence.supportedRecurring);
    case 'not-this-campaign': {
      const ends = campaignEnds === undefined ? NaN : momentOf(campaignEnds, minutesEast, true);
      return ends > now ? {until: ends} : inDays(cadence.notThisCampaign);
    }
    default:
      return inDays(Math.min(cadence.close * 2 ** before, cadence.closeMost));
  }
}

/**
 * The moment an ISO 8601 date or date-time stands for, in epoch ms; NaN when it is none. Without a
 * zone it is the reader's own time; a date alone is its first moment, or its last as an `end`.
 */
export function momentOf(text: string, minutesEast: number, isEnd = false): number {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/.exec(
    text,
  );
  if (!match) return NaN;
  const [, date, time, zone] = match;
  const moment = Date.parse(`${date}T${time ?? '00:00'}${zone ?? 'Z'}`);
  // JavaScript reads the 30th of February as the 2nd of March.
  if (new Date(`${date}T00:00Z`).getUTCDate() !== Number(date?.slice(8))) return NaN;
  return moment - (zone ? 0 : minutesEast * 60_000) + (isEnd && !time ? day : 0);
}

/** Closes that still wait for articles to be read. */
export function articlesToGo(closes: readonly Close[], now: number): boolean {
  return closes.some(
    ({articles, read = [], undone, until}) =>
      articles !== undefined && !undone && read.length < articles && until > now,
  );
}
