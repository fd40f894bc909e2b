/** What English says once a reader has done something: fetched with what answers them. */

import type {Messages} from '../en.js';

export const messages: Pick<
  Messages,
  | 'remind'
  | 'tomorrow'
  | 'next-week'
  | 'next-month'
  | 'in-3-months'
  | 'after-10-more-articles'
  | 'reminded'
  | 'reminded-articles'
  | 'quiet'
  | 'undo'
  | 'calendar'
  | 'done'
  | 'back'
  | 'new-tab'
  | 'thanks'
  | 'thanks-amount'
  | 'unpaid'
  | 'range'
  | 'ambiguous'
  | 'too-precise'
  | 'offer-unavailable'
  | 'not-configured'
  | 'script-blocked'
  | 'rate-limited'
  | 'refused'
> = {
  remind: 'When may we ask again?',
  tomorrow: 'Tomorrow',
  'next-week': 'Next week',
  'next-month': 'Next month',
  'in-3-months': 'In three months',
  'after-10-more-articles': 'After ten more articles',
  reminded: 'We will remind you on {date}.',
  'reminded-articles': {
    one: 'We will remind you after {count} more article.',
    other: 'We will remind you after {count} more articles.',
  },
  quiet: 'We will not ask again before {date}.',
  undo: 'Undo',
  calendar: 'Add to calendar',
  done: 'Done',
  back: 'Back',
  'new-tab': 'Continue in a new tab',
  thanks: 'Thank you for your support.',
  'thanks-amount': 'Thank you for {amount}.',
  unpaid: 'Your payment was not completed.',
  range: 'Please enter an amount from {min} to {max}.',
  ambiguous: 'This amount can be read in two ways.',
  'too-precise': 'This amount has too many decimals.',
  'offer-unavailable': 'This amount is no longer on offer. Please choose another.',
  'not-configured': 'Payments are not set up on this page yet.',
  'script-blocked': 'Something in your browser blocked the payment form.',
  'rate-limited': 'Too many attempts. Please try again in a few minutes.',
  refused: 'The payment could not be started. Please reload the page and try again.',
};
