/** Computes how long the snooze after each kind of close lasts. */

import type {Cadence, CloseReason, RemindChoice} from './cadence.js';
import {momentOf} from '../campaigns/moment.js';
import type {Frequency} from '../money/offer.js';
import type {ReaderState} from './reader-state.js';

const hour = 3_600_000;
const day = 24 * hour;

export const remindChoices: readonly RemindChoice[] = [
  'tomorrow',
  'next-week',
  'next-month',
  'in-3-months',
  'after-10-more-articles',
];

/** Returns the start of the reader's day a number of days from now. Epoch ms. */
function morningAfter(
  days: number,
  dayStartsAtHour: number,
  now: number,
  utcOffsetMinutes: number,
): number {
  const offset = utcOffsetMinutes * 60_000 - dayStartsAtHour * hour;
  return (Math.floor((now + offset) / day) + days) * day - offset;
}

/** Returns the number of days in the coming calendar months. */
function daysOfMonths(months: number, now: number, utcOffsetMinutes: number): number {
  const here = new Date(now + utcOffsetMinutes * 60_000);
  const [year, month, date] = [here.getUTCFullYear(), here.getUTCMonth(), here.getUTCDate()];
  // In a shorter month the 31st becomes its last day.
  const last = new Date(Date.UTC(year, month + months + 1, 0)).getUTCDate();
  const then = Date.UTC(year, month + months, Math.min(date, last));
  return Math.round((then - Date.UTC(year, month, date)) / day);
}

/** How a reader closed an ask. */
export interface Closing {
  readonly campaign: string;
  readonly reason: CloseReason;
  /** The choice after "later". */
  readonly choice?: RemindChoice;
  /** ISO date or date-time. */
  readonly campaignEnds?: string;
  /** The frequency of the gift, when there was one. */
  readonly frequency?: Frequency;
}

/** Returns when the snooze after a close ends; with `articles`, also after this many more articles. */
export function snoozeAfter(
  cadence: Cadence,
  state: ReaderState,
  closing: Closing,
  now: number,
  utcOffsetMinutes: number,
): {readonly until: number; readonly articles?: number} {
  const {reason, choice, campaignEnds, frequency} = closing;
  const {dayStartsAtHour} = cadence;
  const before = state.closes.filter(close => close.reason === reason && !close.undone).length;
  const inDays = (days: number) => ({until: now + days * day});
  switch (reason) {
    case 'later':
      switch (choice) {
        case 'after-10-more-articles':
          // Readers who read few articles are asked again eventually.
          return {...inDays(180), articles: 10};
        case 'tomorrow':
          return {until: morningAfter(1, dayStartsAtHour, now, utcOffsetMinutes)};
        case 'next-week':
          return {until: morningAfter(7, dayStartsAtHour, now, utcOffsetMinutes)};
        case 'next-month':
        case 'in-3-months': {
          const days = daysOfMonths(
            choice === 'next-month' ? 1 : 3,
            now - dayStartsAtHour * hour,
            utcOffsetMinutes,
          );
          return {until: morningAfter(days, dayStartsAtHour, now, utcOffsetMinutes)};
        }
        default:
          return inDays(cadence.laterDays[Math.min(before, cadence.laterDays.length - 1)] ?? 3);
      }
    case 'already-supporting':
      return inDays(cadence.alreadySupportingDays);
    case 'supported':
      return inDays(
        frequency === 'once' ? cadence.supportedOnceDays : cadence.supportedRecurringDays,
      );
    case 'not-this-campaign': {
      const ends =
        campaignEnds === undefined ? NaN : momentOf(campaignEnds, utcOffsetMinutes, true);
      return ends > now ? {until: ends} : inDays(cadence.notThisCampaignDays);
    }
    default:
      return inDays(Math.min(cadence.closeDays * 2 ** before, cadence.closeDaysMax));
  }
}
