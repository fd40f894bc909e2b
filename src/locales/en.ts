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
  // The heading, where the editor writes none, and the name of the appeal's region.
  region: 'Support our journalism',
  close: 'Close',
  later: 'Remind me later',
  // `later` on a narrow bar: as short as it can be.
  'later-short': 'Later',
  // Opens a list of `already`, `never` and the like.
  more: 'More',
  // Said by the reader to the newsroom.
  already: 'I already support you',
  never: 'Don’t show me this again',
  // Stands before the five choices that follow.
  remind: 'Or ask again:',
  tomorrow: 'Tomorrow',
  'next-week': 'Next week',
  'next-month': 'Next month',
  'in-3-months': 'In three months',
  'after-10-more-articles': 'After ten more articles',
  // {date} is long: "November 25, 2026".
  reminded: 'We will remind you on {date}.',
  'reminded-articles': {
    one: 'We will remind you after {count} more article.',
    other: 'We will remind you after {count} more articles.',
  },
  quiet: 'We will not ask again before {date}.',
  undo: 'Undo',
  calendar: 'Add to calendar',
  // Closes the confirmation.
  done: 'Done',
  // From the card form to the amounts.
  back: 'Back',
  // The heading, unseen, of what the chosen frequency includes.
  benefits: 'What comes with it',
  expand: 'Other amounts',
  collapse: 'Make this smaller',
  'to-amounts': 'Back to the amounts',
  // Stands for {articles} in an editor's text: "You have read 8 articles".
  articles: {one: '{count} article', other: '{count} articles'},

  frequency: 'How often',
  once: 'Once',
  monthly: 'Monthly',
  annual: 'Yearly',
  // The amounts' label: alone, or as {amount} of the next three, "How much a month".
  amount: 'How much',
  // Stands for {amount} in `button-amount`, `give`, `button-again`, `proceed`, `pay-once`, `pay` and `thanks-amount`.
  'per-once': '{amount} once',
  'per-monthly': '{amount} a month',
  'per-annual': '{amount} a year',
  other: 'Other amount',
  'other-short': 'Other',
  // Beside the amount that many have chosen. It praises nothing: not "the most popular", not "the best".
  popular: 'Popular',
  range: 'Please enter an amount from {min} to {max}.',
  currency: 'Currency',
  // Where no amount has been typed yet.
  button: 'Support',
  'button-amount': 'Support with {amount}',
  // `button-amount` on a narrow bar: short.
  give: 'Give {amount}',
  // After a failure.
  'button-again': 'Try again with {amount}',
  // To the second of two steps on a phone.
  proceed: 'Next: {amount}',
  // Under "Give $5 a month", in small letters.
  until: 'until you cancel',
  'pay-once': 'You will pay {amount}.',
  pay: 'You will pay {amount} until you cancel.',
  next: 'Paid through Stripe.',
  'cancel-online': 'Cancel online',
  // On the button while the payment page opens.
  busy: 'One moment…',
  'new-tab': 'Continue in a new tab',

  thanks: 'Thank you for your support.',
  'thanks-amount': 'Thank you for {amount}.',
  unpaid: 'Your payment was not completed.',

  // Of a typed amount such as "1.5" where a comma is the decimal sign.
  ambiguous: 'This amount can be read in two ways.',
  'too-precise': 'This amount has too many decimals.',
  'offer-unavailable': 'This amount is no longer on offer. Please choose another.',
  'not-configured': 'Payments are not set up on this page yet.',
  // "Nothing was taken": no money has left the reader's account.
  offline: 'You seem to be offline. Nothing was taken. Please try again.',
  'provider-down': 'The payment page did not open. Nothing was taken. Please try again.',
  'script-blocked': 'Something in your browser blocked the payment form.',
  'rate-limited': 'Too many attempts. Please try again in a few minutes.',
  // The server did not accept the request.
  refused:
    'The payment could not be started. Nothing was taken. Please reload the page and try again.',
};
