/** What a paywall and a meter say, in English. The other languages have the same keys. */

import type {Message} from '../en.js';

export type PaywallWord =
  | 'left'
  | 'last'
  | 'heading'
  | 'used'
  | 'members'
  | 'register'
  | 'button'
  | 'sign-in'
  | 'month'
  | 'week'
  | 'day'
  | 'days';

export type PaywallWords = Readonly<Record<PaywallWord, Message>>;

export const words: PaywallWords = {
  // {period} is `month`, `week`, `day` or `days`.
  left: {
    one: '{count} of {of} free articles left {period}',
    other: '{count} of {of} free articles left {period}',
  },
  last: 'This is the last of your {of} free articles {period}',
  heading: 'Continue reading',
  // {of} articles were free.
  used: 'You have read your {of} free articles {period}.',
  members: 'The rest of this article is for members.',
  register: {
    one: 'Register to read {count} more article.',
    other: 'Register to read {count} more articles.',
  },
  button: 'Read on for {amount}',
  'sign-in': 'Already a member? Sign in',
  month: 'this month',
  week: 'this week',
  day: 'today',
  // Any other number of days.
  days: 'for now',
};
