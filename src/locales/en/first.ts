/** What English says before a reader does anything: part of what shows an appeal. */

import type {Messages} from '../en.js';

export const messages: Pick<
  Messages,
  | 'region'
  | 'close'
  | 'later'
  | 'already'
  | 'never'
  | 'articles'
  | 'frequency'
  | 'once'
  | 'monthly'
  | 'annual'
  | 'amount'
  | 'per-once'
  | 'per-monthly'
  | 'per-annual'
  | 'other'
  | 'currency'
  | 'button'
  | 'button-amount'
  | 'pay-once'
  | 'pay'
  | 'next'
  | 'busy'
  | 'offline'
  | 'provider-down'
> = {
  region: 'Support our journalism',
  close: 'Close',
  later: 'Remind me later',
  already: 'I already support you',
  never: 'Don’t show me this again',
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
  currency: 'Currency',
  button: 'Support',
  'button-amount': 'Support with {amount}',
  'pay-once': 'You will pay {amount}.',
  pay: 'You will pay {amount} until you stop.',
  next: 'Next: Stripe, our payment provider.',
  busy: 'One moment…',
  offline: 'You seem to be offline. Please try again.',
  'provider-down': 'The payment page cannot be reached just now. Please try again.',
};
