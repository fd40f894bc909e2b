/** Every word a reader sees, in English. The other languages have the same keys. */

import type {RemindChoice} from '../core/cadence.js';
import type {Frequency} from '../core/offer.js';

/** A text with `{placeholders}`, or one text per plural form of `{count}`. */
export type Message =
  string | ({readonly [rule in Intl.LDMLPluralRule]?: string} & {readonly other: string});

/** The names of the messages. */
export type MessageKey =
  // Around the appeal.
  | 'region'
  | 'close'
  | 'later'
  | 'already'
  | 'never'
  | 'remind'
  | RemindChoice
  | 'reminded'
  | 'reminded-articles'
  | 'quiet'
  | 'undo'
  | 'calendar'
  | 'done'
  | 'back'
  | 'articles'
  // The ask.
  | 'frequency'
  | Frequency
  | `amount-${Frequency}`
  | 'other'
  | 'range'
  | 'currency'
  | 'button'
  | `button-${Frequency}`
  | `pay-${Frequency}`
  | 'next'
  | 'busy'
  | 'new-tab'
  // The thanks.
  | 'thanks'
  | `thanks-${Frequency}`
  | 'unpaid'
  // What can go wrong.
  | 'empty'
  | 'not-a-number'
  | 'ambiguous'
  | 'too-precise'
  | 'amount-too-small'
  | 'amount-too-large'
  | 'currency-unsupported'
  | 'offer-unavailable'
  | 'not-configured'
  | 'offline'
  | 'timeout'
  | 'provider-down'
  | 'script-blocked'
  | 'challenge-required'
  | 'rate-limited'
  | 'refused';

/** All messages of a language. */
export type Messages = Readonly<Record<MessageKey, Message>>;

export const messages: Messages = {
  region: 'Support our journalism',
  close: 'Close',
  later: 'Remind me later',
  already: 'I already support you',
  never: 'Don’t show me this again',
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
  articles: {one: '{count} article', other: '{count} articles'},

  frequency: 'How often?',
  once: 'Once',
  monthly: 'Monthly',
  annual: 'Yearly',
  'amount-once': 'How much?',
  'amount-monthly': 'How much a month?',
  'amount-annual': 'How much a year?',
  other: 'Other amount',
  range: 'From {min} to {max}.',
  currency: 'Currency',
  button: 'Support',
  'button-once': 'Support with {amount} once',
  'button-monthly': 'Support with {amount} a month',
  'button-annual': 'Support with {amount} a year',
  'pay-once': 'You will pay {amount} once.',
  'pay-monthly': 'You will pay {amount} every month until you stop.',
  'pay-annual': 'You will pay {amount} every year until you stop.',
  next: 'Next: Stripe, our payment provider.',
  busy: 'One moment…',
  'new-tab': 'Continue in a new tab',

  thanks: 'Thank you for your support.',
  'thanks-once': 'Thank you for {amount}.',
  'thanks-monthly': 'Thank you for {amount} a month.',
  'thanks-annual': 'Thank you for {amount} a year.',
  unpaid: 'Your payment was not completed.',

  empty: 'Please enter an amount.',
  'not-a-number': 'Please enter the amount in figures.',
  ambiguous: 'This amount can be read in two ways. Please write it another way.',
  'too-precise': 'This amount has too many decimals.',
  'amount-too-small': 'This amount is too small.',
  'amount-too-large': 'This amount is too large.',
  'currency-unsupported': 'We cannot accept this currency.',
  'offer-unavailable': 'This amount is no longer on offer. Please choose another.',
  'not-configured': 'Payments are not set up on this page yet.',
  offline: 'You seem to be offline. Please try again once you are connected.',
  timeout: 'The payment page did not answer in time. Please try again.',
  'provider-down':
    'The payment page cannot be reached just now. Please try again in a few minutes.',
  'script-blocked': 'Something in your browser blocked the payment form.',
  'challenge-required': 'We could not rule out a robot. Please reload the page and try again.',
  'rate-limited': 'Too many attempts. Please try again in a few minutes.',
  refused: 'The payment could not be started.',
};
