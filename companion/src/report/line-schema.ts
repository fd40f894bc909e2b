/** Declares the lines of an event log: events, gifts, subscriptions and refunds. */

import * as z from 'zod';
import {
  frequencies,
  isCurrency,
  readerEventNames,
  type Frequency,
  type Gift,
  type GiftRefund,
  type Money,
  type ReaderEventName,
  type Subscription,
} from 'reader-support/core';

/** A field that may be left out, or be null as databases write it. */
type Maybe<Value> = Value | null | undefined;

/** Where a gift came from: an experiment, a holdback, both or neither. */
export interface SourceFields {
  readonly experiment?: Maybe<string>;
  readonly arm?: Maybe<string>;
  readonly exposure?: Maybe<string>;
  readonly holdback?: Maybe<string>;
  readonly holdbackExposure?: Maybe<string>;
}

/** An event on a page, or `count` equal ones. */
export interface EventLine {
  readonly name: ReaderEventName;
  readonly experiment?: Maybe<string>;
  readonly arm?: Maybe<string>;
  readonly placement?: Maybe<string>;
  readonly exposure?: Maybe<string>;
  readonly key?: Maybe<string>;
  readonly id?: Maybe<string>;
  readonly count?: Maybe<number>;
  readonly at: number;
}

/** One payment. */
export interface GiftLine {
  readonly kind: 'gift';
  readonly id: string;
  readonly rank?: Maybe<number>;
  readonly state: Gift['state'];
  readonly frequency: Frequency;
  readonly amount: Money;
  readonly subscription?: Maybe<string>;
  readonly renewal?: Maybe<boolean>;
  readonly source?: Maybe<SourceFields>;
  readonly at: number;
}

/** The state of a recurring gift. */
export interface SubscriptionLine {
  readonly kind: 'subscription';
  readonly id: string;
  readonly rank?: Maybe<number>;
  readonly state: Subscription['state'];
  readonly source?: Maybe<SourceFields>;
  readonly at?: Maybe<number>;
}

/** The total refunded of one payment. */
export interface RefundLine {
  readonly kind: 'refund';
  readonly id: string;
  readonly rank?: Maybe<number>;
  readonly gift: string;
  readonly amount: {readonly minor: number; readonly currency?: Maybe<string>};
  readonly dispute?: Maybe<NonNullable<GiftRefund['dispute']>>;
  readonly at?: Maybe<number>;
}

const iso = /^(\d{4}-\d\d-\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/;

/** Parses epoch ms, or ISO 8601 (UTC where it names no zone); NaN for anything else. */
function timeOf(value: number | string): number {
  if (typeof value === 'number') return value;
  const [text, day = '', zone] = iso.exec(value) ?? [];
  if (text === undefined) return NaN;
  // Some engines take the 31st of any month.
  const date = Date.parse(day);
  if (Number.isNaN(date) || !new Date(date).toISOString().startsWith(day)) return NaN;
  return Date.parse(zone || !text.includes('T') ? text : `${text}Z`);
}

// JavaScript has no later dates. Times up to 1973 are assumed to be seconds and rejected.
const isTime = (time: number): boolean => time >= 1e11 && time <= 8.64e15;

/** A name that the newsroom chose. */
const name = z.string({error: 'a name'}).regex(/^[^\p{Cc}]+$/u, {error: 'a name'});
const id = z.string({error: 'a text'}).min(1, {error: 'a text'});

const time = z
  .union([z.number(), z.string()], {error: 'a time in ms, or such as 2026-11-23T10:00:00Z'})
  .refine(value => isTime(timeOf(value)), {
    error: 'a time in ms, or such as 2026-11-23T10:00:00Z',
  })
  .transform(timeOf)
  .describe('Epoch ms or ISO 8601; UTC where it names no zone.');

const wholeNumber = 'a whole number, 0 or more';
const whole = z.int({error: wholeNumber}).min(0, {error: wholeNumber});

const currency = z
  .string({error: 'an ISO 4217 code such as EUR'})
  .regex(/^[A-Z]{3}$/, {error: 'an ISO 4217 code such as EUR'})
  .refine(isCurrency, {error: 'an ISO 4217 code such as EUR'});

const minor = whole.describe('Minor units as Stripe counts them: 500 is €5.00 and ¥500.');
const money = 'an object with `minor` and `currency`';

const rank = z
  .number({error: 'a number'})
  .nullish()
  .describe(
    'Of two reports with the same id the higher rank counts, then the earlier. Default: 0.',
  );

const source = z
  .object(
    {
      experiment: name.nullish().describe('The experiment and its version: `autumn-appeal@1`.'),
      arm: name.nullish(),
      exposure: id.nullish().describe('The `exposure` of the reader’s event.'),
      holdback: z
        .string({error: 'a holdback and its arm such as holdback@500:control'})
        .regex(/^.+:[^:]+$/s, {error: 'a holdback and its arm such as holdback@500:control'})
        .nullish(),
      holdbackExposure: id.nullish(),
    },
    {error: 'an object'},
  )
  .refine(({experiment, arm}) => experiment == null || arm != null, {
    path: ['arm'],
    error: 'the arm of the experiment',
  })
  .nullish();

export const eventLine: z.ZodType<EventLine> = z
  .object({
    kind: z.null().optional(),
    name: z.enum(readerEventNames, {error: 'the name of an event'}),
    experiment: name.nullish().describe('The experiment and its version: `autumn-appeal@1`.'),
    arm: name.nullish(),
    placement: name.nullish(),
    exposure: id.nullish().describe('The reader’s exposure, which a gift refers to.'),
    key: id.nullish().describe('The same for repeats, which count once.'),
    id: id.nullish().describe('Stands in for `key`.'),
    count: z
      .int({error: 'a whole number from 1'})
      .min(1, {error: 'a whole number from 1'})
      .nullish()
      .describe('Default: 1.'),
    at: time,
  })
  .refine(({name: event, experiment}) => event !== 'exposure' || experiment != null, {
    path: ['experiment'],
    error: 'the experiment of the exposure',
  })
  .refine(({experiment, arm}) => experiment == null || arm != null, {
    path: ['arm'],
    error: 'the arm of the experiment',
  })
  .refine(
    ({experiment, key, id, exposure}) => experiment == null || (key ?? id ?? exposure) != null,
    {path: ['key'], error: 'a text, by which repeats are known'},
  );

export const giftLine: z.ZodType<GiftLine> = z.object({
  kind: z.literal('gift'),
  id,
  rank,
  state: z.enum(['pending', 'failed', 'paid'], {error: 'pending, failed or paid'}),
  frequency: z.enum(frequencies as readonly [Frequency, ...Frequency[]], {
    error: 'monthly, annual or once',
  }),
  amount: z.object({minor, currency}, {error: money}),
  subscription: id.nullish().describe('The same for all payments of a recurring gift.'),
  renewal: z.boolean({error: 'true or false'}).nullish().describe('Default: false.'),
  source,
  at: time,
});

export const subscriptionLine: z.ZodType<SubscriptionLine> = z.object({
  kind: z.literal('subscription'),
  id,
  rank,
  state: z.enum(['pending', 'active', 'past-due', 'paused', 'ended'], {
    error: 'pending, active, past-due, paused or ended',
  }),
  source,
  // Their rank decides which report counts, so they need no time.
  at: time.nullish(),
});

export const refundLine: z.ZodType<RefundLine> = z.object({
  kind: z.literal('refund'),
  id,
  rank,
  gift: id.describe('The `id` of the gift.'),
  amount: z
    .object(
      {minor, currency: currency.nullish().describe('That of the gift when left out.')},
      {error: money},
    )
    .describe('The sum refunded so far.'),
  dispute: z
    .enum(['open', 'won', 'lost'], {error: 'open, won or lost'})
    .nullish()
    .describe('A lost dispute takes the whole gift.'),
  at: time.nullish(),
});

/** Returns the JSON Schema of every line that a report reads. Other fields are ignored. */
export function reportLineSchema(): object {
  const lines = z.union([eventLine, giftLine, subscriptionLine, refundLine]);
  return z.toJSONSchema(lines, {io: 'input'});
}

/** Writes a value as JSON that is short enough for a message. */
export function shortened(value: unknown): string {
  return JSON.stringify(value).slice(0, 60);
}

/** Says what is wrong with a line, by the first problem of its schema. */
export function problemOf(line: unknown, {issues}: z.ZodError): string {
  const [{path, message} = {path: [], message: 'a line of the report’s format'}] = issues;
  const value = path.reduce<unknown>(
    (inner, key) => (Object(inner) as Record<PropertyKey, unknown>)[key],
    line,
  );
  const received = value === undefined ? 'nothing' : shortened(value);
  return `expected \`${path.join('.')}\` to be ${message} but received ${received}`;
}
