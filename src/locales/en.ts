/** Every word a reader sees, in English. The other languages have the same keys. */

import type {RemindChoice} from '../core/cadence/cadence.js';
import type {Frequency} from '../core/money/offer.js';

/** A text with `{placeholders}`, or one text per plural form of `{count}`. */
export type Message =
  string | ({readonly [rule in Intl.LDMLPluralRule]?: string} & {readonly other: string});

/** The names of the messages. */
export type MessageKey =
  // Around the appeal.
  | 'region'
  | 'close'
  | 'later'
  | 'later-short'
  | 'more'
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
  | 'benefits'
  | 'expand'
  | 'collapse'
  | 'to-amounts'
  | 'articles'
  // The ask. What is said per frequency is put into `button-amount`, `pay` and `thanks-amount`.
  | 'frequency'
  | Frequency
  | 'amount'
  | `per-${Frequency}`
  | 'other'
  | 'other-short'
  | 'from'
  | 'popular'
  | 'range'
  | 'currency'
  | 'button'
  | 'button-amount'
  | 'give'
  | 'button-again'
  | 'proceed'
  | 'until'
  | 'pay-once'
  | 'pay'
  | 'next'
  | 'cancel-online'
  | 'busy'
  | 'new-tab'
  // The thanks.
  | 'thanks'
  | 'thanks-amount'
  | 'unpaid'
  // What can go wrong.
  | 'ambiguous'
  | 'too-precise'
  | 'offer-unavailable'
  | 'not-configured'
  | 'offline'
  | 'provider-down'
  | 'script-blocked'
  | 'rate-limited'
  | 'refused';

/** All messages of a language. */
export type Messages = Readonly<Record<MessageKey, Message>>;

export const messages: Messages = {
  region: 'Support our journalism',
  close: 'Close',
  later: 'Remind me later',
  'later-short': 'Later',
  more: 'More',
  already: 'I already support you',
  never: 'Don’t show me this again',
  remind: 'Or ask again:',
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
  benefits: 'What comes with it',
  expand: 'Other amounts',
  collapse: 'Make this smaller',
  'to-amounts': 'Back to the amounts',
  articles: {one: '{count} article', other: '{count} articles'},

  frequency: 'How often',
  once: 'Once',
  monthly: 'Monthly',
  annual: 'Yearly',
  amount: 'How much',
  'per-once': '{amount} once',
  'per-monthly': '{amount} a month',
  'per-annual': '{amount} a year',
  other: 'Other amount',
  'other-short': 'Other',
  from: 'from {min}',
  popular: 'Popular',
  range: 'Please enter an amount from {min} to {max}.',
  currency: 'Currency',
  button: 'Support',
  'button-amount': 'Support with {amount}',
  give: 'Give {amount}',
  'button-again': 'Try again with {amount}',
  proceed: 'Next: {amount}',
  until: 'until you cancel',
  'pay-once': 'You will pay {amount}.',
  pay: 'You will pay {amount} until you cancel.',
  next: 'Paid through Stripe.',
  'cancel-online': 'Cancel online',
  busy: 'One moment…',
  'new-tab': 'Continue in a new tab',

  thanks: 'Thank you for your support.',
  'thanks-amount': 'Thank you for {amount}.',
  unpaid: 'Your payment was not completed.',

  ambiguous: 'This amount can be read in two ways.',
  'too-precise': 'This amount has too many decimals.',
  'offer-unavailable': 'This amount is no longer on offer. Please choose another.',
  'not-configured': 'Payments are not set up on this page yet.',
  offline: 'You seem to be offline. Nothing was taken. Please try again.',
  'provider-down': 'The payment page did not open. Nothing was taken. Please try again.',
  'script-blocked': 'Something in your browser blocked the payment form.',
  'rate-limited': 'Too many attempts. Please try again in a few minutes.',
  refused:
    'The payment could not be started. Nothing was taken. Please reload the page and try again.',
};
