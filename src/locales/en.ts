/** Every word a reader sees, in English. The other languages have the same keys. */

import type {RemindChoice} from '../core/cadence/cadence.js';
import type {Frequency} from '../core/money/offer.js';
import {messages as first} from './en/first.js';
import {messages as later} from './en/later.js';

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
  // The ask. What is said per frequency is put into `button-amount`, `pay` and `thanks-amount`.
  | 'frequency'
  | Frequency
  | 'amount'
  | `per-${Frequency}`
  | 'other'
  | 'range'
  | 'currency'
  | 'button'
  | 'button-amount'
  | 'pay-once'
  | 'pay'
  | 'next'
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

export const messages: Messages = {...first, ...later};
