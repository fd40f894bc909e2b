/** Parses a line of an event log: an event or a gift, as the companion exports them. */

import type {Frequency, Money} from 'reader-support/core';
import type {ZodType} from 'zod';
import {
  eventLine,
  giftLine,
  problemOf,
  refundLine,
  shortened,
  subscriptionLine,
  type SourceFields,
} from './line-schema.js';

/** An event on a page. */
export interface Happening {
  readonly kind: 'event';
  /** The same for repeats of one event with this name, experiment and arm. */
  readonly key: string;
  readonly name: string;
  readonly experiment: string;
  readonly arm: string;
  readonly count: number;
  readonly exposure: string | undefined;
  /** Epoch ms. */
  readonly at: number;
}

/** The exposure that a payment is attributed to. */
export interface Origin {
  readonly experiment: string;
  readonly arm: string;
  readonly exposure: string | undefined;
}

/** One payment. */
export interface Payment {
  readonly kind: 'gift';
  readonly id: string;
  /** Of two reports of the same payment the higher rank wins. */
  readonly rank: number;
  readonly state: string;
  readonly frequency: Frequency;
  readonly amount: Money;
  readonly subscription: string | undefined;
  readonly renewal: boolean;
  readonly origins: readonly Origin[];
  readonly at: number;
}

/** The state of a recurring gift. */
export interface RecurringStanding {
  readonly kind: 'subscription';
  readonly id: string;
  readonly rank: number;
  readonly state: string;
  readonly origins: readonly Origin[];
  readonly at: number;
}

/** The total refunded of one payment. */
export interface Return {
  readonly kind: 'refund';
  readonly id: string;
  readonly rank: number;
  readonly gift: string;
  /** Minor units; more than any gift when a dispute was lost. */
  readonly minor: number;
  /** Unknown when it is that of the gift. */
  readonly currency: string | undefined;
  readonly at: number;
}

/** A refund, with its line in the log. */
export interface NumberedReturn extends Return {
  readonly line: number;
}

export type Fact = Happening | Payment | RecurringStanding | Return;

/** What a line says. */
export type Reading =
  /** Without a fact it concerns no experiment. */
  | {readonly isUnderstood: true; readonly fact?: Fact}
  | {readonly isUnderstood: false; readonly problem: string};

/** Returns the experiments a payment is attributed to: one of a campaign, and the holdback. */
function originsOf(source: SourceFields | null | undefined): Origin[] {
  const {experiment, arm, exposure, holdback, holdbackExposure} = source ?? {};
  const origins: Origin[] = [];
  if (experiment && arm) origins.push({experiment, arm, exposure: exposure ?? undefined});
  if (holdback) {
    const at = holdback.lastIndexOf(':');
    origins.push({
      experiment: holdback.slice(0, at),
      arm: holdback.slice(at + 1),
      exposure: holdbackExposure ?? undefined,
    });
  }
  return origins;
}

/** Reads a value by its schema, and makes a fact of what is understood. */
function readBy<Line>(
  schema: ZodType<Line>,
  value: unknown,
  factOf: (line: Line) => Fact | undefined,
): Reading {
  const {data, error} = schema.safeParse(value);
  if (error) return {isUnderstood: false, problem: problemOf(value, error)};
  const fact = factOf(data);
  return fact ? {isUnderstood: true, fact} : {isUnderstood: true};
}

const readEvent = (value: unknown): Reading =>
  readBy(eventLine, value, ({name, experiment, arm, placement, exposure, key, id, count, at}) =>
    experiment && arm
      ? {
          kind: 'event',
          // Events without ids share the key of their request.
          key: [key ?? id, placement, exposure].map(text => text ?? '').join('\n'),
          ...{name, experiment, arm, count: count ?? 1, exposure: exposure ?? undefined, at},
        }
      : undefined,
  );

const readGift = (value: unknown): Reading =>
  readBy(giftLine, value, ({source, rank, subscription, renewal, ...line}) => {
    const origins = originsOf(source);
    if (origins.length === 0) return undefined;
    return {
      ...line,
      rank: rank ?? 0,
      subscription: subscription ?? undefined,
      renewal: renewal ?? false,
      origins,
    };
  });

const readSubscription = (value: unknown): Reading =>
  readBy(subscriptionLine, value, ({kind, id, rank, state, source, at}) => {
    const origins = originsOf(source);
    if (origins.length === 0) return undefined;
    return {kind, id, rank: rank ?? 0, state, origins, at: at ?? 0};
  });

const readRefund = (value: unknown): Reading =>
  readBy(refundLine, value, ({kind, id, rank, gift, amount, dispute, at}) => ({
    ...{kind, id, rank: rank ?? 0, gift, at: at ?? 0},
    minor: dispute === 'lost' ? Number.MAX_SAFE_INTEGER : amount.minor,
    currency: amount.currency ?? undefined,
  }));

const readers = {gift: readGift, subscription: readSubscription, refund: readRefund};

/** Reads the value of one line. */
export function readLine(value: unknown): Reading {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const received = shortened(value);
    return {isUnderstood: false, problem: `expected an object but received ${received}`};
  }
  const {kind = null} = value as {readonly kind?: unknown};
  if (kind === null) return readEvent(value);
  if (typeof kind === 'string' && Object.hasOwn(readers, kind))
    return readers[kind as keyof typeof readers](value);
  const received = shortened(kind);
  return {
    isUnderstood: false,
    problem: `expected \`kind\` to be gift, subscription or refund, or left out, but received ${received}`,
  };
}

/** Returns the fact of one line; `undefined` when it is not understood or concerns no experiment. */
export function readFact(value: unknown): Fact | undefined {
  const reading = readLine(value);
  return reading.isUnderstood ? reading.fact : undefined;
}
