/** How long is the quiet after each kind of close? */

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
        case 'tomorrow':
          return {until: morningAfter(1, dayStartsAt, now, minutesEast)};
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
